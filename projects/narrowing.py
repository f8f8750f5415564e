"""The panel beside the list: every facet with its values, and what is chosen already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest

from django.utils.translation import gettext

from pyroaring import BitMap
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from .facets import FACETS, Facet, Option, most_frequent_first
from .filters import ProjectFilters
from .kept import Place
from .listing import Listing

# So many values of a facet stand beside the list; the others have a page of their own.
SHOWN = 10
# Of more values than these it is not counted how many are left.
MANY = 1_000
# From 0 to 100, how alike two spellings have to be.
LIKENESS = 65


@dataclass(slots=True)
class Choice:
    """A value that can be chosen; following `url` gives `count` entries.

    Where it is chosen already, `url` takes it back. Where it can be left out, too, following
    `exclude_url` gives `exclude_count` entries.
    """

    label: str
    count: int
    url: str
    is_chosen: bool
    # A value that belongs to the one before it, as a licence to its group.
    is_within: bool
    exclude_url: str = ""
    exclude_count: int = 0


@dataclass(frozen=True)
class Group:
    """A facet and what can be chosen in it."""

    name: str
    label: str
    choices: list[Choice]
    is_open: bool
    # How many values there are beside those shown, if that was counted.
    others: int | None
    # Whether the numbers are only what was counted of more.
    is_cut: bool
    # Whether the values are words of the catalogue.
    is_worded: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value; following `url` takes it away, which gives `count` entries."""

    label: str
    url: str
    is_excluded: bool
    count: int
    # Whether the value is words of the catalogue.
    is_worded: bool = False


@dataclass(frozen=True)
class Unknown:
    """A value that nothing public has, with the nearest one that something has."""

    facet: str
    value: str
    nearest: str
    url: str

    @property
    def sentence(self) -> str:
        sentence = gettext("Nothing is listed under “%(facet)s: %(value)s”.")
        return sentence % {"facet": self.facet, "value": self.value}


class Narrowing:
    """What a page shows around a list whose page has a path; no path means that very page."""

    def __init__(self, listing: Listing, path: str = ""):
        self.path = path
        self.listing = listing
        self.filters = listing.filters
        self.snapshot = listing.snapshot

    @cached_property
    def kept(self) -> Place | None:
        """Where all of this is kept once it is rendered; what words find is not."""
        if self.filters.q:
            return None
        return self.snapshot.panels.place((self.path, self.filters.query_string()), self._among())

    def _among(self) -> list[BitMap]:
        """Return all that is counted among."""
        chosen = self.filters.included
        asked = [self.filters]
        asked += [self.filters.without(name) for name, _ in chosen]
        asked += [self.filters.removing(name, value) for name, value in chosen]
        return [self.listing.among(filters) for filters in asked]

    @cached_property
    def groups(self) -> list[Group]:
        """Facets that still have something to choose, with exact counts."""
        groups = (self._group(facet) for facet in FACETS.values())
        return [group for group in groups if group.choices]

    @cached_property
    def chips(self) -> list[Chip]:
        return list(self._chips())

    @cached_property
    def words(self) -> Chip | None:
        """What takes the words away and leaves what is chosen."""
        if not self.filters.q:
            return None
        rest = replace(self.filters, q="")
        count = len(self.snapshot.select(rest.included, rest.excluded))
        words = gettext("“%(words)s”") % {"words": self.filters.q}
        return Chip(words, self.address(rest), is_excluded=False, count=count)

    @property
    def cleared(self) -> ProjectFilters:
        """The filters that ask for everything."""
        return ProjectFilters(carried=self.filters.carried)

    @cached_property
    def unknown(self) -> list[Unknown]:
        """Chosen values that no published project has."""
        return [
            self._nearest(name, value)
            for name, value in (*self.filters.included, *self.filters.excluded)
            if not self.snapshot.having(name, value) & self.snapshot.public
        ]

    def choices(self, facet: Facet, options: list[Option] | None = None) -> list[Choice]:
        """Return some of a facet's values, or every one that still finds something."""
        options = self.options(facet, self.filters) if options is None else options
        choose = self._choose(facet)
        return [self._either(facet, option, choose(option)) for option in options]

    def address(self, filters: ProjectFilters) -> str:
        # An empty reference would mean "this very page", query string and all.
        return f"{self.path}{filters.query_string()}" or "."

    def _group(self, facet: Facet) -> Group:
        chosen = self.filters.values(facet.name)
        counts, is_all = self._foremost(facet, chosen)
        options = self._arranged(facet, foremost(facet, counts, chosen))
        shown = [
            option
            for place, option in enumerate(options)
            if place < SHOWN or option.value in chosen
        ]
        return Group(
            facet.name,
            str(facet.label),
            list(map(self._choose(facet), shown)),
            is_open=bool(chosen),
            others=len(counts) - len(shown) if is_all else None,
            is_cut=self.is_cut(facet),
            is_worded=facet.is_worded,
        )

    def _foremost(self, facet: Facet, chosen: list[str]) -> tuple[Mapping[str, int], bool]:
        """Return the counts of a facet's values, and whether all of them: that may take long."""
        if (
            facet.arrange is not most_frequent_first
            or len(self.snapshot.postings[facet.name]) <= MANY
        ):
            return self._counts(facet, self.filters), True
        among = self.listing.among(counted_with(facet, self.filters))
        counts = dict(self.snapshot.foremost(facet.name, among, SHOWN))
        for value in chosen:
            if number := self.snapshot.having(facet.name, value).intersection_cardinality(among):
                counts[value] = number
        return counts, False

    def options(self, facet: Facet, filters: ProjectFilters) -> list[Option]:
        """Return the values of a facet that find something with some filters, and how much."""
        return self._arranged(facet, self._counts(facet, filters))

    def is_cut(self, facet: Facet) -> bool:
        """Tell whether more is found than was counted for a facet."""
        return self.listing.is_cut(counted_with(facet, self.filters))

    def _counts(self, facet: Facet, filters: ProjectFilters) -> Mapping[str, int]:
        among = self.listing.among(counted_with(facet, filters))
        return self.snapshot.counts(facet.name, among)

    def _arranged(self, facet: Facet, counts: Mapping[str, int]) -> list[Option]:
        return facet.arrange(
            Option(value, self.snapshot.spelling(facet.name, value), count)
            for value, count in counts.items()
        )

    def _choose(self, facet: Facet) -> Callable[[Option], Choice]:
        """Return what makes choices of a facet's options."""
        chosen, adding = self.filters.values(facet.name), self.filters.adder(facet.name)
        # A value that widens adds to what is there what it has beyond it.
        is_widening = bool(chosen) and not facet.needs_all

        def choice(option: Option) -> Choice:
            if is_chosen := option.value in chosen:
                change = self.filters.removing(facet.name, option.value)
                count, url = len(self.listing.among(change)), self.address(change)
            else:
                count, url = option.count, f"{self.path}{adding(option.value)}"
                if is_widening:
                    count += len(self.listing) - self._here(facet, option)
            return Choice(option.label, count, url, is_chosen, option.is_within)

        return choice

    def _either(self, facet: Facet, option: Option, choice: Choice) -> Choice:
        """Return a choice with what it gives to leave the value out."""
        without = self.filters.excluding(facet.name, option.value)
        if choice.is_chosen:
            left = len(self.listing.among(without))
        else:
            left = len(self.listing) - self._here(facet, option)
        return replace(choice, exclude_url=self.address(without), exclude_count=left)

    def _here(self, facet: Facet, option: Option) -> int:
        """Return how many of the entries that are listed have a value."""
        having = self.snapshot.having(facet.name, option.value)
        return having.intersection_cardinality(self.listing.projects)

    def _chips(self) -> Iterator[Chip]:
        for pairs, is_excluded in ((self.filters.included, False), (self.filters.excluded, True)):
            for name, value in pairs:
                rest = self.filters.removing(name, value)
                label = self.snapshot.label(name, value)
                yield Chip(
                    label,
                    self.address(rest),
                    is_excluded,
                    len(self.listing.among(rest)),
                    FACETS[name].is_worded,
                )

    def _nearest(self, name: str, value: str) -> Unknown:
        public = self.snapshot.counts(name, self.snapshot.public)
        labels = {known: self.snapshot.label(name, known) for known in public}
        without = self.filters.removing(name, value)
        unknown = Unknown(str(FACETS[name].label), value, "", self.address(without))
        for spelling in (labels, {known: known for known in labels}):
            best = process.extractOne(
                value, spelling, scorer=fuzz.ratio, processor=default_process, score_cutoff=LIKENESS
            )
            if best:
                nearest = self.address(without.adding(name, best[2]))
                return replace(unknown, nearest=labels[best[2]], url=nearest)
        return unknown


def foremost(facet: Facet, counts: Mapping[str, int], chosen: list[str]) -> Mapping[str, int]:
    """Return the counts that may stand beside a list: to spell and sort them all takes long."""
    if facet.arrange is not most_frequent_first or len(counts) <= SHOWN:
        return counts
    least = nlargest(SHOWN, counts.values())[-1]
    return {value: n for value, n in counts.items() if n >= least or value in chosen}


def counted_with(facet: Facet, filters: ProjectFilters) -> ProjectFilters:
    """Return the filters with which the values of a facet are counted.

    Those that widen are counted as if none of them were chosen yet.
    """
    return filters if facet.needs_all else filters.without(facet.name)
