"""Importing in the admin: files come in, and what they left open is decided."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from people.editing import EditorAdmin, ReadOnly
from projects.permissions import PUBLISH

from ..records import FixtureError, as_written
from . import decisions, uploads
from .forms import UploadForm
from .merging import PUBLISHING
from .models import ImportConflict, ImportedRow

PERMISSION = "showcase.import_catalogue"


class DecidingAdmin(ReadOnly, EditorAdmin):
    """A list of what imports left open; rows are made by imports and settled by actions."""

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_import_permission(self, request):
        return request.user.has_perm(PERMISSION)

    def has_publish_permission(self, request):
        return self.has_import_permission(request) and request.user.has_perm(PUBLISH)

    def has_module_permission(self, request):
        return self.has_import_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.has_import_permission(request)

    def decide(self, request, decision, chosen, words):
        """Settle all that was chosen, or none of it."""
        count = len(chosen)
        try:
            decision(chosen, request.user)
        except decisions.DecisionError as error:
            self.message_user(request, f"Nothing was decided. {error}", messages.ERROR)
        else:
            self.message_user(request, f"{words}: {count}.", messages.SUCCESS)


@admin.register(ImportConflict)
class ImportConflictAdmin(DecidingAdmin):
    fields = [
        "row",
        "field",
        "stored_value",
        "new_value",
        "base_value",
        "found_at",
    ]
    list_display = ["row", "field", "stored_value", "new_value", "base_value", "found_at"]
    list_filter = ["row__model", "field"]
    list_select_related = ["row"]
    list_per_page = 50
    search_fields = ["row__key", "field"]
    actions = ["take_new", "keep_stored"]

    @admin.display(description="stored")
    def stored_value(self, conflict):
        return as_written(conflict.stored)

    @admin.display(description="new")
    def new_value(self, conflict):
        return as_written(conflict.new)

    @admin.display(description="last imported")
    def base_value(self, conflict):
        return as_written(conflict.base)

    @admin.action(description="Take the new value", permissions=["import"])
    def take_new(self, request, queryset):
        if not self.has_publish_permission(request):
            queryset = queryset.exclude(row__model="projects.project", field__in=PUBLISHING)
        chosen = list(queryset.select_related("row"))
        self.decide(request, decisions.take_new, chosen, "Taken as new")

    @admin.action(description="Keep the stored value", permissions=["import"])
    def keep_stored(self, request, queryset):
        self.decide(request, decisions.keep_stored, list(queryset), "Kept as stored")


@admin.register(ImportedRow)
class ImportedRowAdmin(DecidingAdmin):
    fields = ["model", "key", "origin", "imported_at", "gone_at"]
    list_display = ["__str__", "proposal", "origin", "gone_at"]
    list_filter = ["model", "origin"]
    search_fields = ["key", "origin"]
    actions = ["withdraw_or_remove", "keep_rows"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(gone_at__isnull=False)

    def get_urls(self):
        site = self.admin_site.admin_view
        return [
            path("import/", site(self.upload_view), name="showcase_import"),
            path("import/<int:pk>/", site(self.confirm_view), name="showcase_import_confirm"),
            *super().get_urls(),
        ]

    @admin.display
    def proposal(self, row):
        return "withdrawal" if row.model == "projects.project" else "removal"

    @admin.action(description="Withdraw projects, remove other rows", permissions=["publish"])
    def withdraw_or_remove(self, request, queryset):
        self.decide(request, decisions.withdraw_or_remove, list(queryset), "Withdrawn or removed")

    @admin.action(description="Keep for good", permissions=["import"])
    def keep_rows(self, request, queryset):
        self.decide(request, decisions.keep_rows, list(queryset), "Kept")

    def upload_view(self, request):
        """Take files, and go on to what importing them would do."""
        self.refuse_others(request)
        may_publish = self.has_publish_permission(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = UploadForm(*sent, may_publish=may_publish)
        if form.is_valid():
            try:
                upload = uploads.keep(
                    request.user,
                    form.contents(),
                    as_stated=form.cleaned_data.get("as_stated", False),
                )
            except FixtureError as error:
                form.add_error("chosen", str(error))
            else:
                return redirect("admin:showcase_import_confirm", upload.pk)
        return self.page(request, "upload", "Import files", form=form)

    def confirm_view(self, request, pk):
        """Show what importing would do, and do it when it is confirmed."""
        self.refuse_others(request)
        upload = get_object_or_404(uploads.waiting(request.user), pk=pk)
        if request.method == "POST":
            try:
                uploads.confirm(upload)
            except FixtureError as error:
                self.message_user(request, f"Nothing was imported. {error}", messages.ERROR)
            except uploads.ChangedError as error:
                upload.report = error.report.as_json()
                upload.save(update_fields=["report"])
                self.message_user(request, CHANGED, messages.ERROR)
            else:
                self.message_user(request, "The files were imported.", messages.SUCCESS)
                return redirect("admin:showcase_importconflict_changelist")
        return self.page(request, "confirm", "What importing would do", report=upload.report)

    def refuse_others(self, request):
        if not self.has_import_permission(request):
            raise PermissionDenied

    def page(self, request, name, title, **context):
        each = self.admin_site.each_context(request)
        return render(
            request,
            f"admin/showcase/importedrow/{name}.html",
            {**each, "title": title, "opts": self.opts, **context},
        )


CHANGED = (
    "Nothing was imported: the catalogue has changed since, and importing would do something else "
    "now. Look at the new report, then confirm again."
)
