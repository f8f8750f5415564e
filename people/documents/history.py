"""The admin of things with a history: who changed what, what it was before, and the way back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import router
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from reversion.models import Revision, Version

from ..natural_keys import NaturalKeyModel
from .differences import differences
from .document import Document, Key, document_of, is_thing, things_of
from .restoring import restore
from .revisions import (
    deleted,
    document_in,
    document_now,
    keep,
    keep_found,
    key_of,
    revision,
    undo,
    versions_of,
)
from .signing import fingerprint

REASON_MAX_LENGTH = 300
PER_PAGE = 20


def reason_of(request):
    """Return why somebody changes something, as they say on the form."""
    words = request.POST.get("_reason", "").replace("\0", "").split()
    return " ".join(words)[:REASON_MAX_LENGTH]


class HistoryAdmin(admin.ModelAdmin):
    """Keeps every change, whichever form it came through, as a document of the thing."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        own = [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:version>/", view(self.restore_view), name=f"{name}_restore"),
            path(
                "<int:number>/history/<int:version>/",
                view(self.revision_view),
                name=f"{name}_revision",
            ),
        ]
        return [*(own if is_thing(self.model) else []), *super().get_urls()]

    # Keeping

    def save_model(self, request, obj, form, change):
        before = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        keep_found(*(thing for thing in things_of(before or obj) if thing.pk))
        super().save_model(request, obj, form, change)

    def log_addition(self, request, obj, message):
        self._keep(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._keep(request, obj)
        return super().log_change(request, obj, message)

    def log_change_of_document(self, request, obj):
        """Log a change that is kept already, of which no form tells the fields."""
        return super().log_change(request, obj, reason_of(request) or [{"changed": {}}])

    def delete_model(self, request, obj):
        """Delete a row, and keep all things as they were that lose something by it."""
        losing = losing_by(obj)
        reason = deletion_reason(key_of(obj), str(obj))
        keep_found(*things_of(obj), *losing)
        super().delete_model(request, obj)
        if losing:
            # By these words the losses are found again, if the row comes back.
            with revision(request.user, reason):
                keep(*losing)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            self.delete_model(request, row)

    def _keep(self, request, obj):
        with revision(request.user, reason_of(request)):
            keep(*things_of(obj))

    # Pages

    def history_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, unquote(object_id))
        if thing is None or not is_thing(self.model):
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        versions = Paginator(versions_of(self.model, thing.pk), PER_PAGE)
        page = versions.get_page(request.GET.get("page"))
        context = {"title": f"History of “{thing}”", "original": thing, "page": page}
        return self._page(request, "admin/history.html", context)

    def revision_view(self, request, number, version):
        """Show what a revision changed, and bring its state back when told to."""
        thing = get_object_or_404(self.get_queryset(request), pk=number)
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        found = get_object_or_404(versions_of(self.model, number), pk=version)
        document = document_in(found.revision, key_of(thing))
        may_change = self.has_change_permission(request, thing)
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            if request.POST.get("seen") == fingerprint(document_of(thing)):
                return self._bring_back(request, document, found)
            messages.error(
                request, "Somebody changed it while you looked: see below what would change now."
            )
        earlier = versions_of(self.model, number).filter(pk__lt=found.pk).first()
        before = document_in(earlier.revision, key_of(thing)) if earlier else None
        context = {
            "title": f"Revision of “{thing}”",
            "original": thing,
            "version": found,
            "changes": differences(before, document) if before else [],
            "is_first": before is None,
            "changes_back": differences(document_now(key_of(thing)), document),
            "may_change": may_change,
            "seen": fingerprint(document_of(thing)),
        }
        return self._page(request, "admin/revision.html", context)

    def deleted_view(self, request):
        # Some see only a part of what is there: what is gone is nobody's any more.
        if not self.has_change_permission(request):
            raise PermissionDenied
        page = Paginator(deleted(self.model), PER_PAGE).get_page(request.GET.get("page"))
        context = {"title": f"Deleted {self.opts.verbose_name_plural}", "page": page}
        return self._page(request, "admin/deleted.html", context)

    def restore_view(self, request, version):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        found = get_object_or_404(Version.objects.get_deleted(self.model), pk=version)
        key = Key(self.opts.label_lower, int(found.object_id))
        document = document_in(found.revision, key)
        if request.method == "POST":
            return self._bring_back(request, document, found)
        context = {
            "title": f"Bring back “{document.title}”",
            "changes_back": differences(Document(), document),
        }
        return self._page(request, "admin/restore.html", context)

    def check_change(self, request, before, after):
        """Raise ValidationError if this user may not make one document of the other."""

    def _bring_back(self, request, document, found):
        moment = found.revision.date_created
        reason = reason_of(request) or f"Brought back as of {moment:%Y-%m-%d %H:%M}."
        try:
            self.check_change(request, document_now(document.thing), document)
            present = list(self.model._base_manager.filter(pk=document.thing.number))
            with revision(request.user, reason, *present):
                thing = restore(document)
                keep(thing)
                if not present:
                    give_back(document)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
            return HttpResponseRedirect(request.path)
        self.log_change_of_document(request, thing)
        messages.success(request, f"“{thing}” is as it was on {moment:%Y-%m-%d at %H:%M}.")
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[thing.pk]))

    def _page(self, request, template, context):
        request.current_app = self.admin_site.name
        shared = {"opts": self.opts, "module_name": self.opts.verbose_name_plural}
        context = {**self.admin_site.each_context(request), **shared, **context}
        return TemplateResponse(request, template, context)


def losing_by(obj):
    """Return the things that lose something if a row is deleted: an entry its tag, for example."""
    collector = NestedObjects(using=router.db_for_write(type(obj)), origin=[obj])
    collector.collect([obj])
    going = {row for rows in collector.data.values() for row in rows}
    losing = {thing for row in going for thing in things_beside(row)}
    return sorted(losing - going, key=lambda thing: (thing._meta.label, thing.pk))


def things_beside(row):
    """Return in whose documents a row is; one of a mere list is in that of either end."""
    if isinstance(row, NaturalKeyModel):
        return things_of(row)
    ends = (getattr(row, key.name) for key in row._meta.concrete_fields if key.is_relation)
    return [end for end in ends if isinstance(end, NaturalKeyModel) and is_thing(type(end))]


def deletion_reason(key, title):
    return f"Deleted {key.model_class._meta.verbose_name} “{title}” (number {key.number})."


def give_back(document):
    """Give back to others what they lost when the thing of a document was deleted."""
    key = document.thing
    lost = Revision.objects.filter(comment=deletion_reason(key, document.title)).first()
    if lost:
        undo(lost)
