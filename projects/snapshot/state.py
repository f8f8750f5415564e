"""One state of the published catalogue. Immutable: a newer one shares what has not changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from heapq import heappop, heappush
from itertools import islice
from typing import Any, Self

from django.utils.functional import Promise

from pyroaring import BitMap

from ..facets import FACETS
from ..generation import NEVER, State
from ..packed import LAST
from ..search.vocabulary import Vocabulary
from .cards import KeptCards
from .facts import AllFacts
from .orders import Orders, in_every_order, renewed
from .panels import KeptPanels
from .values import ValuesOfProjects

type Postings = Mapping[str, Mapping[str, BitMap]]
type Chosen = Iterable[tuple[str, str]]

NOTHING = BitMap()
# Seconds by which clocks are put right without anybody's noticing.
SKEW = 1
# To look a project up takes as long as to ask so many values.
FEW = 3
# So many values of a facet are asked for what they have in common with a list.
LOOKED_AT = 2_000


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The published projects: their values, their labels and their orders, by primary key."""

    generation: State = NEVER
    public: BitMap = NOTHING
    # When it was found out what is public, in Unix time.
    moment: float = 0
    # Projects whose moment has not come, with that in Unix time, the earliest first.
    scheduled: tuple[tuple[float, int], ...] = ()
    # The values of public and of scheduled projects, by facet.
    postings: Postings = field(default_factory=lambda: {name: {} for name in FACETS})
    labels: Mapping[str, Mapping[str, str | Promise]] = field(
        default_factory=lambda: {name: {} for name in FACETS}
    )
    facts: AllFacts = field(default_factory=lambda: AllFacts.of({}))
    orders: Orders = field(default_factory=lambda: in_every_order(NOTHING, {}))
    # Which search document tells of which project.
    documents: Mapping[int, int] = field(default_factory=dict)
    # And which of another thing: its kind, by the name of its field on the document, and its key.
    others: Mapping[int, tuple[str, int]] = field(default_factory=dict)
    words: Vocabulary = field(default_factory=Vocabulary)
    # Cards that were rendered of it, or of older ones in which their entries were the same.
    cards: KeptCards = field(default_factory=KeptCards)
    # What was rendered beside its lists, and beside those of older ones.
    panels: KeptPanels = field(default_factory=KeptPanels)
    # The other way round, of the facets for which it was asked.
    values: dict[str, ValuesOfProjects] = field(default_factory=dict)
    # What was worked out from it and holds as long as it does.
    remembered: dict[Hashable, Any] = field(default_factory=dict)
    # How many public projects have which values, of the facets that were counted.
    _counts: dict[str, Mapping[str, int]] = field(default_factory=dict, init=False)

    def subject(self, document: int) -> tuple[str, int]:
        """Return the kind and the key of what a document tells of."""
        project = self.documents.get(document)
        return self.others[document] if project is None else ("project", project)

    def having(self, name: str, value: str) -> BitMap:
        """Return the projects, public or scheduled, that have a value."""
        return self.postings[name].get(value, NOTHING)

    def select(self, included: Chosen, excluded: Chosen) -> BitMap:
        """Return the public projects that have what is included and nothing that is excluded.

        Several values of a facet widen the choice, unless it needs all of them.
        """
        selected = self.public.copy()
        wanted: dict[str, list[BitMap]] = {}
        for name, value in included:
            wanted.setdefault(name, []).append(self.having(name, value))
        for name, having in wanted.items():
            if FACETS[name].needs_all:
                selected &= BitMap.intersection(*having)
            else:
                selected &= BitMap.union(*having)
        for name, value in excluded:
            selected -= self.having(name, value)
        return selected

    def counts(self, name: str, among: BitMap) -> Mapping[str, int]:
        """Return, of the values that some public projects have, how many of them do."""
        if among != self.public:
            return self._counted(name, among)
        # Each page of the whole list asks for these.
        if name not in self._counts:
            self._counts[name] = self._counted(name, among)
        return self._counts[name]

    def _counted(self, name: str, among: BitMap) -> Mapping[str, int]:
        return {
            value: number
            for value, having in self.postings[name].items()
            if (number := having.intersection_cardinality(among))
        }

    def foremost(self, name: str, among: BitMap, number: int) -> Iterator[tuple[str, int]]:
        """Yield (value, number of projects) for so many values that most of the projects have.

        Among those that as many projects have all are yielded, and so are some that fewer have. Of
        very many values only those are looked at that most of the catalogue has, unless the
        projects are few.
        """
        if len(among) * FEW <= len(self.postings[name]):
            yield from self._values_of(name).counts(among).items()
            return
        best: list[int] = []
        for value, having in islice(self.postings[name].items(), LOOKED_AT):
            if len(best) == number and len(having) < best[0]:
                return
            if found := having.intersection_cardinality(among):
                heappush(best, found)
                if len(best) > number:
                    heappop(best)
                yield value, found

    def _values_of(self, name: str) -> ValuesOfProjects:
        if name not in self.values:
            self.values[name] = ValuesOfProjects.of(self.postings[name])
        return self.values[name]

    def label(self, name: str, value: str) -> str:
        """Return how a value is written; of one that nothing public has, nothing is known."""
        if self.having(name, value).intersect(self.public):
            return self.spelling(name, value)
        return FACETS[name].spell(value)

    def spelling(self, name: str, value: str) -> str:
        """Return how a value is written that something public has."""
        # As text: some are kept as what they are in the language of whoever asks.
        return str(self.labels[name].get(value) or FACETS[name].spell(value))

    def first(self, number: int, among: BitMap, order: str) -> list[int]:
        """Return so many of some public projects, in one of the ORDERS."""
        return self.orders[order].first(number, among)

    def called(self, text: str) -> tuple[BitMap, BitMap]:
        """Return the public projects whose name a text is, and those whose name it begins."""
        ordered, text = self.orders["name"].projects, text.casefold()
        first = bisect_left(ordered, text, key=self.facts.name)
        after = bisect_right(ordered, text, first, key=self.facts.name)
        end = bisect_left(ordered, text + LAST, after, key=self.facts.name)
        return BitMap(ordered[first:after]), BitMap(ordered[after:end])

    def is_ahead_of(self, moment: datetime) -> bool:
        """Tell whether it may have something that is not due yet, as the clock was set back."""
        return moment.timestamp() < self.moment - SKEW

    def at(self, moment: datetime) -> Self:
        """Return the snapshot in which everything scheduled until a moment is public."""
        if not self.scheduled or self.scheduled[0][0] > moment.timestamp():
            return self
        due = BitMap([pk for when, pk in self.scheduled if when <= moment.timestamp()])
        public = self.public | due
        return replace(
            self,
            public=public,
            moment=moment.timestamp(),
            scheduled=self.scheduled[len(due) :],
            orders=renewed(self.orders, public, due, self.facts),
            remembered={},
        )
