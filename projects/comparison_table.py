"""Entries side by side: a column each, and a row for everything that a visitor weighs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .comparison import Comparison
from .licences import Certainty
from .models import Alternative, Contribution, Project

NOT_RECORDED, NOT_KNOWN = _("not recorded"), _("not known here")


@dataclass(frozen=True)
class Line:
    """A statement in a cell. Two are equal when they say the same, whatever is added to it."""

    text: str = ""
    day: date | None = None
    about: str = field(default="", compare=False)
    url: str = field(default="", compare=False)
    badge: str = field(default="", compare=False)
    as_of: date | None = field(default=None, compare=False)
    note: str = field(default="", compare=False)
    # Whether the text is words of the catalogue, and no name.
    is_content: bool = field(default=False, compare=False)

    @property
    def is_elsewhere(self) -> bool:
        """Whether its address leads out of this site."""
        return not self.url.startswith("/")


type Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """What is told of each column under one heading, and what stands where nothing is."""

    label: str | Promise
    entries: tuple[Cell, ...]
    others: tuple[Cell, ...]
    entry_gap: str | Promise = NOT_RECORDED
    other_gap: str | Promise = NOT_KNOWN

    @property
    def is_same(self) -> bool:
        """Whether the entries do not differ here."""
        return len(set(self.entries)) == 1


@dataclass(frozen=True)
class Column:
    """An entry, or another tool, and the comparison without it."""

    name: str
    url: str
    without: Comparison
    is_entry: bool


class ComparisonTable:
    """The columns of some entries, of tools outside the catalogue that were chosen, and the rows.

    `outside` has every such tool that can be chosen, by its name in lower case, with what each of
    the entries says of it.
    """

    def __init__(self, comparison: Comparison, projects: list[Project]):
        self.projects = projects
        self.outside = outside_alternatives(projects)
        asked = dict.fromkeys(name.casefold() for name in comparison.alternatives)
        self.chosen = [self.outside[name] for name in asked if name in self.outside]
        self.comparison = comparison.beside([said[0].name for said in self.chosen])

    def __bool__(self) -> bool:
        return bool(self.projects) and len(self.columns) > 1

    @property
    def can_differ(self) -> bool:
        return len(self.projects) > 1

    @cached_property
    def columns(self) -> list[Column]:
        entries = [
            Column(project.name, project.get_absolute_url(), self._without(project), is_entry=True)
            for project in self.projects
        ]
        return entries + [self._other_column(said) for said in self.chosen]

    @cached_property
    def rows(self) -> list[Row]:
        """How the entries differ from the other tools, then all that is told, or what differs."""
        only_differences = self.comparison.only_differences and self.can_differ
        rows = [row for row in self._told if not (only_differences and row.is_same)]
        return [self._difference, *rows] if self.chosen else rows

    @property
    def same_count(self) -> int:
        """The number of rows in which the entries do not differ."""
        return sum(row.is_same for row in self._told)

    @cached_property
    def _told(self) -> list[Row]:
        """A row for every question that has an answer for any of the entries."""
        nothing: tuple[Cell, ...] = ((),) * len(self.chosen)
        rows = (
            Row(label, tuple(tuple(cell(project)) for project in self.projects), nothing)
            for label, cell in ROWS
        )
        return [row for row in rows if any(row.entries)]

    @property
    def _difference(self) -> Row:
        others = tuple(
            tuple(Line(row.difference, about=row.project.name, is_content=True) for row in said)
            for said in self.chosen
        )
        nothing: tuple[Cell, ...] = ((),) * len(self.projects)
        return Row(_("How the entries differ from it"), nothing, others, entry_gap="")

    def _without(self, project: Project) -> Comparison:
        """Return the comparison without an entry, and without tools that only it speaks of."""
        rest = outside_alternatives(other for other in self.projects if other != project)
        names = [name for name in self.comparison.alternatives if name.casefold() in rest]
        return self.comparison.removing(project.slug).beside(names)

    def _other_column(self, said: list[Alternative]) -> Column:
        name = said[0].name
        url = next((row.url for row in said if row.url), "")
        names = [other for other in self.comparison.alternatives if other != name]
        return Column(name, url, self.comparison.beside(names), is_entry=False)


def outside_alternatives(projects: Iterable[Project]) -> dict[str, list[Alternative]]:
    """Return what the entries say of each tool that has no entry of its own."""
    outside: dict[str, list[Alternative]] = {}
    for project in projects:
        for row in project.alternatives.all():
            if not row.other_id:
                outside.setdefault(row.name.casefold(), []).append(row)
    return outside


def _status(project: Project) -> list[Line]:
    status = Line(
        project.get_status_display(),
        badge=project.status,
        as_of=project.status_as_of,
        note=project.status_note,
    )
    return [status]


def _licence(project: Project) -> list[Line]:
    licence = project.licence or gettext("not known")
    if project.licence_certainty != Certainty.STATED:
        licence = f"{licence} ({project.get_licence_certainty_display()})"
    return [Line(licence, note=project.licence_note)]


def _origins(project):
    return [
        Line(
            f"{relation.get_verb_display()} {relation.object_product.name}",
            url=relation.object_product.get_absolute_url(),
        )
        for relation in project.origins
    ]


def _people(project: Project) -> list[Line]:
    people = [
        Line(person.name, url=person.get_absolute_url() if person.is_listed else "")
        for person in project.people
    ]
    if project.credits_note and not people:
        return [Line(gettext("told on its page"), url=project.get_absolute_url())]
    return people


def _newest_release(project):
    return [Line(release.version, day=release.date) for release in project.newest_releases]


def _contributions(project: Project) -> list[Line]:
    return [
        Line(_state(row), about=row.upstream.name, as_of=row.state_as_of)
        for row in project.contributions.all()
    ]


def _state(contribution: Contribution) -> str:
    state = contribution.get_state_display()
    if not contribution.shipped_in:
        return state
    shipped = gettext("%(state)s in %(release)s")
    return shipped % {"state": state, "release": contribution.shipped_in}


def _alternatives(project: Project) -> list[Line]:
    return [
        Line(row.name, url=row.other.get_absolute_url() if row.other else row.url)
        for row in project.alternatives.all()
    ]


def _tags(project: Project) -> list[Line]:
    return [
        Line(row.tag.name, url=row.tag.get_absolute_url(), is_content=True)
        for row in project.tag_items.all()
    ]


def _kinds(project: Project) -> list[Line]:
    return [Line(row.kind.name, is_content=True) for row in project.kind_items.all()]


def _languages(project: Project) -> list[Line]:
    address = reverse("projects:project_list")
    return [
        Line(row.language.name, url=f"{address}?language={row.language.slug}")
        for row in project.language_items.all()
    ]


def _lines(name: str) -> Callable[[Project], list[Line]]:
    return lambda project: [
        Line(line, is_content=True) for line in getattr(project, name).splitlines() if line.strip()
    ]


def _day(name: str) -> Callable[[Project], list[Line]]:
    return lambda project: [Line(day=day)] if (day := getattr(project, name)) else []


ROWS: tuple[tuple[str | Promise, Callable[[Project], list[Line]]], ...] = (
    (_("What it does"), _lines("tagline")),
    (_("Kind"), _kinds),
    (_("Status"), _status),
    (_("Licence"), _licence),
    (_("Written in"), _languages),
    (_("Came from"), _origins),
    (_("Made by"), _people),
    (_("Use it when"), _lines("use_when")),
    (_("Do not use it when"), _lines("avoid_when")),
    (_("What it can do"), _lines("capabilities")),
    (_("What it needs"), _lines("requirements")),
    (_("Newest release as read"), _newest_release),
    (_("First released"), _day("first_released_on")),
    (_("Upstream"), _contributions),
    (_("Alternatives"), _alternatives),
    (_("Tags"), _tags),
    (_("Last checked"), _day("reviewed_on")),
)
