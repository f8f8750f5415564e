"""The properties by which the list of projects can be narrowed, one facet each.

A facet turns chosen values into a condition and lists the values that are left, with the number of
projects behind each. Values are slugs; those of `licence` are SPDX identifiers in lower case.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from .licences import Certainty, licence_ids
from .models import (
    Contribution,
    Credit,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    TaggedProject,
)

type Option = tuple[str, str, int]


@dataclass(frozen=True)
class RelatedFacet:
    """A facet whose values are rows that projects are joined to."""

    name: str
    label: str
    rows: Callable[[], QuerySet]
    project: str
    value: str
    # Several tags narrow the list; several values of any other facet widen it.
    needs_all: bool = False

    def condition(self, values: Iterable[str]) -> Q:
        """Return the condition that projects have one, or all, of the values."""
        if not self.needs_all:
            return self._having(list(values))
        condition = Q()
        for value in values:
            condition &= self._having([value])
        return condition

    def _having(self, values: list[str]) -> Q:
        rows = self.rows().filter(**{f"{self.value}__slug__in": values})
        return Q(pk__in=rows.values(self.project))

    def options(self, projects: QuerySet) -> list[Option]:
        """Return (value, label, number of projects) for these projects, most frequent first."""
        slug, label = f"{self.value}__slug", f"{self.value}__name"
        counted = (
            self.rows()
            .filter(**{f"{self.project}__in": projects.order_by().values("pk")})
            .order_by()
            .values_list(slug, label)
            .annotate(number=Count(self.project, distinct=True))
        )
        return sorted(counted, key=lambda option: (-option[2], option[1].casefold()))


@dataclass(frozen=True)
class StatusFacet:
    """The status of a project, a choice of its own."""

    name: str = "status"
    label: str = "Status"
    needs_all: bool = False

    def condition(self, values: Iterable[str]) -> Q:
        return Q(status__in=list(values))

    def options(self, projects: QuerySet) -> list[Option]:
        counted = dict(
            projects.order_by().values_list("status").annotate(number=Count("pk", distinct=True))
        )
        return [(s.value, str(s.label), counted[s]) for s in Project.Status if counted.get(s)]


UNCLEAR = "unclear"


@dataclass(frozen=True)
class LicenceFacet:
    """Each licence that an expression names, and one value for all that is not certain."""

    name: str = "licence"
    label: str = "Licence"
    needs_all: bool = False

    def condition(self, values: Iterable[str]) -> Q:
        condition = Q(pk__in=[])
        for value in values:
            condition |= self._unclear() if value == UNCLEAR else self._naming(value)
        return condition

    def _unclear(self) -> Q:
        return ~Q(licence_certainty=Certainty.STATED) | Q(licence="")

    def _naming(self, licence: str) -> Q:
        # "or" is a word of many expressions and no licence in any.
        if licence_ids(licence.upper()) != [licence.upper()]:
            return Q(pk__in=[])
        # "MIT" must not find "MIT-0": compare whole words of the expression.
        text, space = CharField(), Value(" ")
        bare = Replace("licence", Value("("), space, output_field=text)
        bare = Replace(bare, Value(")"), space, output_field=text)
        words = Concat(space, bare, space, output_field=text)
        named = Project.objects.alias(words=words).filter(words__icontains=f" {licence} ")
        return Q(pk__in=named.values("pk"))

    def options(self, projects: QuerySet) -> list[Option]:
        plain = projects.order_by()
        counted: Counter[str] = Counter()
        for licence, number in plain.values_list("licence").annotate(number=Count("pk")):
            counted.update(dict.fromkeys(set(licence_ids(licence)), number))
        options = [(licence.lower(), licence, number) for licence, number in counted.items()]
        options.sort(key=lambda option: (-option[2], option[0]))
        if number := plain.filter(self._unclear()).count():
            options.append((UNCLEAR, "unclear or unknown", number))
        return options


type Facet = RelatedFacet | StatusFacet | LicenceFacet

FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        RelatedFacet("kind", "Kind", ProjectKind.objects.all, project="project", value="kind"),
        RelatedFacet(
            "tag",
            "Tag",
            TaggedProject.objects.all,
            project="content_object",
            value="tag",
            needs_all=True,
        ),
        RelatedFacet(
            "language",
            "Language",
            ProjectLanguage.objects.all,
            project="project",
            value="language",
        ),
        LicenceFacet(),
        RelatedFacet(
            "product",
            "Came from",
            lambda: Relation.objects.origins().filter(subject_project__isnull=False),
            project="subject_project",
            value="object_product",
        ),
        StatusFacet(),
        RelatedFacet(
            "person",
            "Made by",
            lambda: Credit.objects.filter(project__isnull=False, person__is_listed=True),
            project="project",
            value="person",
        ),
        RelatedFacet(
            "upstream",
            "Contributed to",
            Contribution.objects.all,
            project="project",
            value="upstream",
        ),
    )
}
