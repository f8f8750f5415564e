"""From the list of entries to what is done to them: choose, look, confirm."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from people.documents.restoring import restore
from people.documents.revisions import keep, newest_revision, revision
from people.documents.together import TogetherAdmin, wait_for_turn

from .operations import OPERATIONS
from .preview import Plan, planned, rehearsed

ENTRIES_MAX = 200
SALT = "projects.admin.bulk.entries"


class BulkAdmin(TogetherAdmin):
    actions = ["change_together"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("together/", view, name="projects_project_bulk"), *super().get_urls()]

    @admin.action(permissions=["change"], description="Change together, after a preview")
    def change_together(self, request, queryset):
        numbers = list(queryset.order_by().values_list("pk", flat=True)[: ENTRIES_MAX + 1])
        if len(numbers) <= ENTRIES_MAX:
            return Pages(self, request).choose(numbers)
        messages.error(
            request,
            f"At most {ENTRIES_MAX:,} entries are changed at once, and you chose more: "
            "narrow the list with the filters or the search.",
        )
        return None

    def bulk_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return Pages(self, request).answer()


class Pages:
    """Answers what the form of one of these pages sent."""

    def __init__(self, model_admin, request):
        self.model_admin = model_admin
        self.request = request

    def answer(self):
        sent = self.request.POST
        if plan := Plan.read(sent.get("plan", "")):
            return self.confirm(plan)
        numbers = unsigned_numbers(sent.get("entries", ""))
        if not numbers:
            messages.error(self.request, "Nothing was changed: choose entries in the list first.")
            return HttpResponseRedirect(reverse("admin:projects_project_changelist"))
        kind = OPERATIONS.get(sent.get("operation", ""))
        if kind is None:
            return self.choose(numbers)
        self._demand(kind)
        operation = kind(sent)
        if operation.is_valid():
            return self.preview(operation, numbers)
        return self.choose(numbers, operation)

    def choose(self, numbers, chosen=None):
        """Show every operation that the user may do, with its fields."""
        forms = [
            chosen if chosen and chosen.name == kind.name else kind()
            for kind in OPERATIONS.values()
            if self.request.user.has_perm(kind.permission)
        ]
        context = {
            "title": "Change entries together",
            "projects": self._projects(numbers),
            "entries": signed_numbers(numbers),
            "forms": forms,
        }
        return self._page("admin/bulk/choose.html", context)

    def preview(self, operation, numbers, errors=()):
        steps = rehearsed(operation, self._projects(numbers), self._refusal)
        context = {
            "title": f"{operation.title}: what would change",
            "sentence": operation.sentence(),
            "errors": errors,
            "changing": [it for it in steps if it.is_change],
            "refused": [it for it in steps if it.refusals],
            "same": [it for it in steps if not (it.is_change or it.refusals)],
            "plan": Plan.of(operation, steps).signed(),
            "entries": signed_numbers(numbers),
        }
        return self._page("admin/bulk/preview.html", context)

    def confirm(self, plan):
        self._demand(type(plan.operation))
        numbers = list(plan.shown)
        if not plan.operation.is_valid():
            # A tag or a person is gone since.
            return self.choose(numbers, plan.operation)
        try:
            with transaction.atomic():
                done = self._carry_out(plan)
        except ValidationError as error:
            return self.preview(plan.operation, numbers, error.messages)
        messages.success(self.request, f"Changed: {len(done):,}.")
        url = reverse("admin:reversion_revision_change", args=[newest_revision(done[0]).pk])
        return HttpResponseRedirect(url)

    def _carry_out(self, plan):
        """Do what was shown, all of it in one revision. Raises ValidationError."""
        user, sentence = self.request.user, plan.operation.sentence()
        projects = list(self._projects(plan.shown))
        wait_for_turn(*projects)
        steps = planned(plan.operation, projects)
        self._refuse_outdated(plan, steps)
        with revision(user, sentence, *projects):
            keep(*(restore(step.after, step.before) for step in steps))
        LogEntry.objects.log_actions(user.pk, projects, CHANGE, sentence)
        return projects

    def _refuse_outdated(self, plan, steps):
        names = [
            f"“{it.project}”"
            for it in steps
            if it.fingerprint != plan.shown[it.project.pk] or self._refusal(it.project)
        ]
        if gone := len(plan.shown) - len(steps):
            names.append(f"{gone:,} that are gone")
        if names or not steps:
            listed = ", ".join(names) or "no entry"
            raise ValidationError(
                f"Nothing was changed, because these are not as you saw them: {listed}. "
                "Look at the new preview."
            )

    def _refusal(self, project):
        """Say why the user cannot change an entry just like that, if so."""
        may_change = self.model_admin.has_change_permission(self.request, project)
        return "" if may_change else "You may not change this entry."

    def _projects(self, numbers):
        found = self.model_admin.get_queryset(self.request).filter(pk__in=list(numbers))
        return found.order_by("name", "slug")

    def _demand(self, kind):
        if not self.request.user.has_perm(kind.permission):
            raise PermissionDenied

    def _page(self, template, context):
        site = self.model_admin.admin_site
        self.request.current_app = site.name
        shared = {**site.each_context(self.request), "opts": self.model_admin.opts}
        return TemplateResponse(self.request, template, {**shared, **context})


def signed_numbers(numbers):
    return signing.dumps(list(numbers), salt=SALT, compress=True)


def unsigned_numbers(text):
    """Return the numbers of the entries in a form; none if it carries none of ours."""
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return []
