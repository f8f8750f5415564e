"""What a visitor gathers to compare, looked up: the tray above the cards, the comparison's page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.translation import gettext

from rapidfuzz import fuzz, process

from people.languages import as_content

from .comparison import MAX, Comparison
from .comparison_table import ComparisonTable
from .filters import ProjectFilters
from .listing import Listing
from .models import Project
from .similar import similar_to

# So many entries are offered for the words of the form, and are near enough to be looked at.
OFFERS_MAX = 8
# From 0 to 100, how alike a wrong slug and the right one have to be.
LIKENESS = 60


class Tray:
    """The entries of a comparison that a visitor may see, in its order."""

    def __init__(self, asked: Comparison, projects: QuerySet):
        found = projects.in_bulk(asked.slugs, field_name="slug")
        self.asked = asked
        self.comparison = asked.keeping(found)
        self.projects: list[Project] = [found[slug] for slug in self.comparison.slugs]
        self.missing = [slug for slug in asked.slugs if slug not in found]

    def __bool__(self) -> bool:
        return bool(self.projects)

    @property
    def is_asked(self) -> bool:
        """Whether there is something to show: entries, or why one is not there."""
        return bool(self.asked.slugs or self.asked.ignored)

    @property
    def slugs(self) -> tuple[str, ...]:
        return self.comparison.slugs

    @property
    def sentences(self) -> list[str]:
        """What could not be gathered, one sentence each."""
        missing = gettext("Nothing here is called “%(slug)s”: it is not compared.")
        return [*self.asked.ignored, *(missing % {"slug": slug} for slug in self.missing)]

    def others(self) -> Iterator[tuple[Project, tuple[str, ...]]]:
        """Yield each entry with the slugs of the others, which is how it is taken out."""
        for project in self.projects:
            yield project, self.comparison.removing(project.slug).slugs


def gathered(query: QueryDict) -> Tray:
    """Return the tray of a page with cards, which its address carries."""
    return Tray(Comparison.from_tray(query), Project.objects.published())


@dataclass(frozen=True)
class Missing:
    """A slug that nothing public has, with the nearest entry that has one."""

    slug: str
    nearest: Project | None
    instead: Comparison


@dataclass(frozen=True)
class Retired:
    """An entry that another took over from, and the comparison with that one in its place."""

    project: Project
    instead: Comparison
    is_successor_here: bool


@dataclass(frozen=True)
class Offer:
    """Something that could stand in a further column."""

    name: str
    adding: Comparison
    why: str = ""


class Comparing(Tray):
    """Everything on the page of a comparison."""

    def __init__(self, asked: Comparison, wanted: ProjectFilters):
        super().__init__(asked, Project.objects.published().for_comparison())
        self.wanted = wanted
        self.table = ComparisonTable(self.comparison, self.projects)
        self.comparison = self.table.comparison

    @cached_property
    def ignored(self) -> list[str]:
        """What could not be used, one sentence each."""
        ignored = [*self.asked.ignored, *self.wanted.ignored]
        known = {name.casefold() for name in self.comparison.alternatives}
        unknown = [name for name in self.asked.alternatives if name.casefold() not in known]
        sentence = gettext("None of these names an alternative called “%(name)s”.")
        return ignored + [sentence % {"name": name} for name in unknown]

    @cached_property
    def unknown(self) -> list[Missing]:
        return [self._missing(slug) for slug in self.missing]

    @cached_property
    def retired(self) -> list[Retired]:
        """Entries with a successor, which is what a visitor should look at."""
        return [
            Retired(
                project,
                self.comparison.replacing(project.slug, project.successor.slug),
                project.successor.slug in self.slugs,
            )
            for project in self.projects
            if project.successor
        ]

    @property
    def switched(self) -> Comparison:
        """The comparison with the other choice of rows."""
        return self.comparison.showing(only_differences=not self.comparison.only_differences)

    @cached_property
    def similar(self) -> list[Offer]:
        """What goes with the one entry that is there so far."""
        if len(self.projects) != 1:
            return []
        return [
            Offer(
                other.project.name,
                self.comparison.adding(other.project.slug),
                format_html_join(" ", "{}", ((reason,) for reason in other.reasons)),
            )
            for other in similar_to(self.projects[0])
        ]

    @cached_property
    def outside(self) -> list[Offer]:
        """Tools outside the catalogue that the entries name and that have no column yet."""
        chosen = self.comparison.alternatives
        if len(chosen) == MAX:
            return []
        return [
            Offer(said[0].name, self.comparison.beside([*chosen, said[0].name]))
            for said in self.table.outside.values()
            if said[0].name not in chosen
        ]

    @cached_property
    def found(self) -> list[Offer]:
        """Entries that fit the words of the form."""
        if not self.wanted or self.comparison.is_full:
            return []
        return [self._offer(project) for project in _best(self.wanted, without=self.slugs)]

    def _offer(self, project: Project) -> Offer:
        tagline = as_content(project.tagline)
        return Offer(project.name, self.comparison.adding(project.slug), tagline)

    def _missing(self, slug: str) -> Missing:
        nearest = _nearest(slug, self.slugs)
        if nearest is None:
            return Missing(slug, None, self.comparison)
        instead = self.asked.replacing(slug, nearest.slug).keeping({*self.slugs, nearest.slug})
        return Missing(slug, nearest, instead.beside(self.comparison.alternatives))


def _nearest(slug: str, present: Collection[str]) -> Project | None:
    """Return the entry whose slug differs least from one that nothing has."""
    wanted = ProjectFilters(slug.replace("-", " "))
    near = {project.slug: project for project in _best(wanted, without=present)}
    best = process.extractOne(slug, list(near), scorer=fuzz.ratio, score_cutoff=LIKENESS)
    return near[best[0]] if best else None


def _best(wanted: ProjectFilters, without: Collection[str]) -> list[Project]:
    """Return the few entries that fit best, in spite of typing errors."""
    fitting = Listing(wanted).corrected()[: OFFERS_MAX + len(without)]
    return [project for project in fitting if project.slug not in without][:OFFERS_MAX]
