"""Answering enquiries, with the entry that they are about beside them."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from people.editing import EditorAdmin
from projects.models import Project

from .models import Enquiry
from .persons import as_json

MESSAGE = ("kind", "project", "name", "email", "message", "consented_at", "received_at")
# What an entry says in words, in the order of its page.
TEXTS = (
    *("name", "tagline", "use_when", "avoid_when", "need", "description", "capabilities"),
    *("requirements", "how_to_get", "licence", "status", "status_note", "credits_note"),
)


class PresentEntry(NamedTuple):
    """An entry as it is now: what a correction is compared with."""

    project: Project
    texts: list[tuple[str, str]]
    edit_url: str


@admin.register(Enquiry)
class EnquiryAdmin(EditorAdmin):
    readonly_fields = MESSAGE
    fieldsets = [
        ("Message", {"fields": MESSAGE}),
        ("Answer", {"fields": ["state", "answer_note"]}),
    ]
    actions = ["take_along", "forget"]
    date_hierarchy = "received_at"
    list_display = ["__str__", "name", "project", "state", "received_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["project"]
    search_fields = ["name", "email", "message", "project__name"]

    def has_add_permission(self, request):
        """Enquiries come from visitors."""
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        enquiry = kwargs.get("obj")
        context["entry"] = enquiry and self.present_entry(request, enquiry.project)
        return super().render_change_form(request, context, *args, **kwargs)

    def present_entry(self, request, project):
        """Return an entry for who may see it, with the way to its form for who may change it."""
        projects: Any = self.admin_site.get_model_admin(Project)
        if project is None or not projects.has_view_permission(request, project):
            return None
        fields: list[Any] = [Project._meta.get_field(name) for name in TEXTS]
        texts = [(str(field.verbose_name), getattr(project, field.name)) for field in fields]
        may_change = projects.has_change_permission(request, project)
        edit_url = reverse("admin:projects_project_change", args=[project.pk]) if may_change else ""
        return PresentEntry(project, [text for text in texts if text[1]], edit_url)

    @admin.action(description="Take along all that the same persons wrote", permissions=["change"])
    def take_along(self, request, queryset):
        everything = Enquiry.objects.of_same_persons(queryset)
        name = f"enquiries-{timezone.localdate():%Y-%m-%d}.json"
        return HttpResponse(
            as_json(everything),
            content_type="application/json; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @admin.action(description="Forget all that the same persons wrote", permissions=["delete"])
    def forget(self, request, queryset):
        """Erase for good, when it was confirmed: nothing of it is kept in the history either."""
        everything = Enquiry.objects.of_same_persons(queryset)
        if "confirmed" not in request.POST:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": "Forget what somebody wrote",
                "chosen": queryset,
                "enquiries": everything,
            }
            return TemplateResponse(request, "admin/showcase/enquiry/forget.html", context)
        self.log_deletions(request, everything)
        _, numbers = everything.delete()
        number = numbers.get(Enquiry._meta.label, 0)
        self.message_user(request, f"Enquiries forgotten: {number}.", messages.SUCCESS)
        return None
