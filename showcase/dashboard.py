"""What the admin's first page tells an editor: what waits, what to fix next, what changed."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode

from projects.models import Project, WorkingCopy
from projects.permissions import APPROVE, PROPOSE

from .models import Enquiry, ImportConflict, ImportedRow, MissedSearch
from .quality.finding import most_urgent
from .quality.views import visible_rows

ENTRIES_SHOWN = 5
SHOWN = 8
VERBS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


class Row(NamedTuple):
    label: str
    url: str
    note: str


class Panel(NamedTuple):
    """A few rows, and where all of them are."""

    title: str
    rows: list[Row]
    url: str = ""
    nothing: str = "Nothing."


def panels(request: HttpRequest) -> Iterator[Panel]:
    """Yield what somebody may see, and nothing about what they may not."""
    for panel in PANELS:
        yield from panel(request)


def waiting_entries(request: HttpRequest) -> Iterator[Panel]:
    """What is not public yet: being written, being reviewed, waiting for its moment."""
    projects = admin.site.get_model_admin(Project)
    if not projects.has_view_permission(request):
        return
    address = reverse("admin:projects_project_changelist")
    now = timezone.now()
    for title, order, query in (
        ("Drafts", "-updated_at", {"state__exact": "draft"}),
        ("In review", "updated_at", {"state__exact": "in-review"}),
        (
            "Scheduled",
            "published_at",
            {"state__exact": "published", "published_at__gt": now.isoformat()},
        ),
    ):
        found = projects.get_queryset(request).filter(**query).order_by(order, "pk")
        rows = [_entry(project) for project in found[:ENTRIES_SHOWN]]
        number = f" ({found.count()})" if rows else ""
        yield Panel(f"{title}{number}", rows, f"{address}?{urlencode(query)}")


def own_things(request: HttpRequest) -> Iterator[Panel]:
    """The page of whoever signs in, and what they are credited for: they may propose changes."""
    person = getattr(request.user, "person", None)
    if person is None:
        return
    entries = Project.objects.published().filter(credits__person=person).distinct()
    things = [*([person] if person.is_listed else []), *entries.order_by("name", "slug")]
    yield Panel("Your page and entries", [_own(thing) for thing in things])


def waiting_copies(request: HttpRequest) -> Iterator[Panel]:
    """What is public and is to change: one's own, or all for those who approve."""
    copies = WorkingCopy.objects.open().visible_to(request.user).select_related("project", "person")
    may_decide = request.user.has_perm(APPROVE)
    if may_decide or request.user.has_perm(PROPOSE) or copies.exists():
        rows = [
            Row(
                str(copy.thing),
                reverse("admin:projects_workingcopy_change", args=[copy.pk]),
                f"{copy.get_state_display()}, {_day(copy.updated_at)}",
            )
            for copy in copies.order_by("state", "updated_at", "pk")[:SHOWN]
        ]
        address = reverse("admin:projects_workingcopy_changelist")
        yield Panel("Working copies", rows, address, "Nobody is changing what is public.")


def next_fixes(request: HttpRequest) -> Iterator[Panel]:
    if visible := visible_rows(request):
        fixes = most_urgent(visible, SHOWN)
        rows = [Row(fix.to_do, fix.url, fix.thing.name) for fix in fixes]
        yield Panel("Next fixes", rows, reverse("next_fixes"), "Nothing is left to fix.")


def imports(request: HttpRequest) -> Iterator[Panel]:
    """What imports left to be decided, and the way to the next one."""
    if not request.user.has_perm("showcase.import_catalogue"):
        return
    proposed = ImportedRow.objects.filter(gone_at__isnull=False)
    rows = [
        Row(name, reverse(f"admin:showcase_{model}_changelist"), str(number))
        for name, model, number in (
            ("Open decisions", "importconflict", ImportConflict.objects.count()),
            ("Proposed removals", "importedrow", proposed.count()),
        )
        if number
    ]
    address = reverse("admin:showcase_import")
    yield Panel("Import files", rows, address, "Nothing is left to decide.")


def new_enquiries(request: HttpRequest) -> Iterator[Panel]:
    """What visitors wrote and nobody answered, the one that waits longest first."""
    enquiries = admin.site.get_model_admin(Enquiry)
    if not enquiries.has_view_permission(request):
        return
    new = enquiries.get_queryset(request).filter(state=Enquiry.State.NEW).order_by("received_at")
    rows = [
        Row(
            enquiry.get_kind_display(),
            reverse("admin:showcase_enquiry_change", args=[enquiry.pk]),
            _day(enquiry.received_at),
        )
        for enquiry in new[:SHOWN]
    ]
    address = f"{reverse('admin:showcase_enquiry_changelist')}?state__exact=new"
    yield Panel("Enquiries", rows, address, "Everybody was answered.")


def missed_searches(request: HttpRequest) -> Iterator[Panel]:
    searches = admin.site.get_model_admin(MissedSearch)
    if searches.has_view_permission(request):
        rows = [
            Row(
                search.words,
                reverse("admin:showcase_missedsearch_change", args=[search.pk]),
                f"{search.count} \N{MULTIPLICATION SIGN}",
            )
            for search in searches.get_queryset(request)[:SHOWN]
        ]
        address = reverse("admin:showcase_missedsearch_changelist")
        yield Panel("Searches without result", rows, address)


def recent_changes(request: HttpRequest) -> Iterator[Panel]:
    """What anybody changed of the kinds of rows that one may see all of."""
    models = [
        model["model"]
        for app in admin.site.get_app_list(request)
        for model in app["models"]
        if request.user.has_perm(_change(model["model"]))
    ]
    if models:
        types = ContentType.objects.get_for_models(*models, for_concrete_models=False).values()
        entries = LogEntry.objects.filter(content_type__in=types)
        entries = entries.select_related("user", "content_type").order_by("-action_time", "-pk")
        yield Panel("Recent changes", [_change_made(entry) for entry in entries[:SHOWN]])


# In the order in which they stand on the page.
PANELS: list[Callable[[HttpRequest], Iterator[Panel]]] = [
    own_things,
    waiting_entries,
    waiting_copies,
    new_enquiries,
    imports,
    next_fixes,
    missed_searches,
    recent_changes,
]


def _entry(project: Project) -> Row:
    is_scheduled = project.state == Project.State.PUBLISHED
    moment = (is_scheduled and project.published_at) or project.updated_at
    url = reverse("admin:projects_project_change", args=[project.pk])
    return Row(project.name, url, _day(moment))


def _own(thing: Any) -> Row:
    options = thing._meta
    name = f"admin:{options.app_label}_{options.model_name}_copy"
    return Row(str(thing), reverse(name, args=[thing.pk]), str(options.verbose_name))


def _change_made(entry: LogEntry) -> Row:
    url = "" if entry.is_deletion() else entry.get_admin_url() or ""
    note = f"{VERBS[entry.action_flag]} by {entry.user}, {_day(entry.action_time)}"
    return Row(entry.object_repr, url, note)


def _change(model: type[Any]) -> str:
    return f"{model._meta.app_label}.change_{model._meta.model_name}"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATE_FORMAT")
