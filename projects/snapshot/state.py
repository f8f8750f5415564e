"""One state of the published catalogue. Immutable: a newer one shares what has not changed."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from pyroaring import BitMap

from ..facets import FACETS
from ..generation import NEVER, State

type Postings = Mapping[str, Mapping[str, BitMap]]
type Chosen = Iterable[tuple[str, str]]

NOTHING = BitMap()
# Sorting these few is cheaper than going through the whole order.
FEW = 0.2


class Facts(NamedTuple):
    """What a project is sorted by."""

    name: str
    slug: str
    is_featured: bool
    updated_at: datetime
    published_at: datetime
    last_released_on: date | None


def by_name(facts: Facts) -> tuple[str, str]:
    return facts.name, facts.slug


def by_default(facts: Facts) -> tuple[bool, float, str, str]:
    return not facts.is_featured, -facts.updated_at.timestamp(), facts.name, facts.slug


def by_publication(facts: Facts) -> tuple[float, str, str]:
    return -facts.published_at.timestamp(), facts.name, facts.slug


def by_release(facts: Facts) -> tuple[bool, int, str, str]:
    released = facts.last_released_on
    return released is None, -released.toordinal() if released else 0, facts.name, facts.slug


ORDERS: Mapping[str, Callable[[Facts], tuple[Any, ...]]] = {
    "": by_default,
    "name": by_name,
    "newest": by_publication,
    "released": by_release,
}


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The published projects: their values, their labels and their orders, by primary key."""

    generation: State = NEVER
    public: BitMap = NOTHING
    # Projects whose moment has not come, the earliest first.
    scheduled: tuple[tuple[datetime, int], ...] = ()
    # The values of public and of scheduled projects, by facet.
    postings: Postings = field(default_factory=lambda: {name: {} for name in FACETS})
    labels: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {name: {} for name in FACETS}
    )
    facts: Mapping[int, Facts] = field(default_factory=dict)
    # Which search document tells of which project.
    documents: Mapping[int, int] = field(default_factory=dict)
    # What was worked out from it and holds as long as it does.
    remembered: dict[Hashable, Any] = field(default_factory=dict)
    _orders: dict[str, tuple[list[int], dict[int, int]]] = field(default_factory=dict)

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

    def counts(self, name: str, among: BitMap) -> Iterator[tuple[str, int]]:
        """Yield (value, number of projects) for the values that some of the projects have."""
        for value, having in self.postings[name].items():
            if number := having.intersection_cardinality(among):
                yield value, number

    def label(self, name: str, value: str) -> str:
        """Return how a value is written; of one that nothing public has, nothing is known."""
        is_public = self.having(name, value).intersect(self.public)
        return (is_public and self.labels[name].get(value)) or FACETS[name].spell(value)

    def ordered(self, projects: BitMap, order: str) -> list[int]:
        """Return projects in one of the ORDERS."""
        everything, positions = self._order(order)
        if projects == self.public:
            return everything
        if len(projects) < FEW * len(everything):
            return sorted(projects, key=positions.__getitem__)
        return [project for project in everything if project in projects]

    def _order(self, name: str) -> tuple[list[int], dict[int, int]]:
        if name not in self._orders:
            key = ORDERS[name]
            keyed = sorted((*key(self.facts[project]), project) for project in self.public)
            everything = [row[-1] for row in keyed]
            positions = {project: place for place, project in enumerate(everything)}
            self._orders[name] = everything, positions
        return self._orders[name]

    def at(self, moment: datetime) -> Self:
        """Return the snapshot in which everything scheduled until a moment is public."""
        if not self.scheduled or self.scheduled[0][0] > moment:
            return self
        due = [project for when, project in self.scheduled if when <= moment]
        return replace(
            self,
            public=self.public | BitMap(due),
            scheduled=self.scheduled[len(due) :],
            remembered={},
            _orders={},
        )
