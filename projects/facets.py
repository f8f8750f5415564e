"""The properties by which the list of projects can be narrowed, one facet each.

A facet tells which projects have which of its values. Values are slugs; those of `licence` are
SPDX identifiers in lower case and the groups that licences are sorted into.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import Person

from .licences import Certainty, Group, group_of, licence_ids, spell_licence
from .models import (
    Contribution,
    Credit,
    Kind,
    Language,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Tag,
    TaggedProject,
    Upstream,
)


@dataclass(slots=True)
class Option:
    """A value of a facet, how it is written, and how many projects have it."""

    value: str
    label: str
    count: int
    is_within: bool = False


type Arrange = Callable[[Iterable[Option]], list[Option]]


def most_frequent_first(options: Iterable[Option]) -> list[Option]:
    return sorted(
        options, key=lambda option: (-option.count, option.label.casefold(), option.value)
    )


def newest_first(options: Iterable[Option]) -> list[Option]:
    return sorted(options, key=lambda option: option.value, reverse=True)


def as_in_life(options: Iterable[Option]) -> list[Option]:
    """Return statuses in the order in which a project goes through them."""
    order = {value: place for place, value in enumerate(Project.Status.values)}
    return sorted(options, key=lambda option: order.get(option.value, len(order)))


def licences_under_groups(options: Iterable[Option]) -> list[Option]:
    """Return the groups of licences, each followed by its licences."""
    by_value = {option.value: option for option in options}
    groups = [by_value.pop(group.value, None) for group in Group]
    licences = most_frequent_first(by_value.values())
    arranged = []
    for group, option in zip(Group, groups, strict=True):
        arranged += [option] if option else []
        within = [licence for licence in licences if group_of(licence.label) == group]
        arranged += [replace(licence, is_within=True) for licence in within]
    return arranged


@dataclass(frozen=True)
class RelatedFacet:
    """A facet whose values are rows that projects are joined to."""

    name: str
    label: str | Promise
    values: type[Model]
    rows: Callable[[], QuerySet]
    project: str
    value: str
    # Several tags narrow the list; several values of any other facet widen it.
    needs_all: bool = False
    # Whether the values are words of the catalogue, and not names, which no language changes.
    is_worded: bool = False
    arrange: Arrange = most_frequent_first

    def pairs(self, projects: Mapping[str, object]) -> Iterable[tuple[int, str]]:
        """Return (key of a project, value) for the projects that a lookup finds."""
        rows = self.rows().filter(**{f"{self.project}__{k}": v for k, v in projects.items()})
        return rows.order_by().values_list(self.project, f"{self.value}__slug").iterator()

    def pairs_of(self, projects: Iterable[Project]) -> Iterable[tuple[int, str]]:
        """Return (key of a project, value) for projects that have been read."""
        return self.pairs({"pk__in": [project.pk for project in projects]})

    def labels(self) -> dict[str, str]:
        """Return how the values are written."""
        return dict(self.values._default_manager.values_list("slug", "name"))

    def spell(self, value: str) -> str:
        """Return how a value is written that is in no label."""
        return value


@dataclass(frozen=True)
class ColumnFacet:
    """A facet whose values are made from columns of the projects themselves."""

    name: str
    label: str | Promise
    columns: tuple[str, ...]
    values: Callable[..., Iterable[str]]
    known: Mapping[str, str | Promise] = field(default_factory=dict)
    spell: Callable[[str], str] = str
    needs_all: bool = False
    is_worded: bool = False
    arrange: Arrange = most_frequent_first

    def pairs(self, projects: Mapping[str, object]) -> Iterator[tuple[int, str]]:
        """Yield (key of a project, value) for the projects that a lookup finds."""
        rows = Project.objects.filter(**projects).order_by().values_list("pk", *self.columns)
        for project, *columns in rows.iterator():
            for value in self.values(*columns):
                yield project, value

    def pairs_of(self, projects: Iterable[Project]) -> Iterator[tuple[int, str]]:
        """Yield (key of a project, value) for projects that have been read; asks nothing."""
        for project in projects:
            for value in self.values(*(getattr(project, column) for column in self.columns)):
                yield project.pk, value

    def labels(self) -> dict[str, str | Promise]:
        """Return how the values are written that are known beforehand, in any language."""
        return dict(self.known)


def licences(expression: str, certainty: str) -> set[str]:
    """Return each licence that an expression names, and the groups it belongs to."""
    named = licence_ids(expression)
    groups = {group_of(licence).value for licence in named}
    if certainty != Certainty.STATED or not named:
        groups = {Group.UNCLEAR.value}
    return {licence.lower() for licence in named} | groups


def years(first_released_on: date | None) -> set[str]:
    return {str(first_released_on.year)} if first_released_on else set()


type Facet = RelatedFacet | ColumnFacet

FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        RelatedFacet(
            "kind",
            _("Kind"),
            Kind,
            ProjectKind.objects.all,
            project="project",
            value="kind",
            is_worded=True,
        ),
        RelatedFacet(
            "tag",
            _("Tag"),
            Tag,
            TaggedProject.objects.all,
            project="content_object",
            value="tag",
            needs_all=True,
            is_worded=True,
        ),
        RelatedFacet(
            "language",
            _("Language"),
            Language,
            ProjectLanguage.objects.all,
            project="project",
            value="language",
        ),
        ColumnFacet(
            "licence",
            _("Licence"),
            columns=("licence", "licence_certainty"),
            values=licences,
            known=dict(Group.choices),
            spell=spell_licence,
            arrange=licences_under_groups,
        ),
        RelatedFacet(
            "product",
            _("Came from"),
            Product,
            Relation.objects.origins,
            project="subject_project",
            value="object_product",
        ),
        ColumnFacet(
            "status",
            _("Status"),
            columns=("status",),
            values=lambda status: {status},
            known=dict(Project.Status.choices),
            arrange=as_in_life,
        ),
        RelatedFacet(
            "person",
            _("Made by"),
            Person,
            lambda: Credit.objects.filter(person__is_listed=True),
            project="project",
            value="person",
        ),
        RelatedFacet(
            "upstream",
            _("Contributed to"),
            Upstream,
            Contribution.objects.all,
            project="project",
            value="upstream",
        ),
        ColumnFacet(
            "year",
            _("First released"),
            columns=("first_released_on",),
            values=years,
            arrange=newest_first,
        ),
    )
}
