"""The orders in which lists come, kept ready for everything that is public."""

from array import array
from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from pyroaring import BitMap

from .facts import Facts

# To sort a project costs as much as to pass so many by.
SORTING = 3
# To put more than these into an order one by one takes longer than to sort everything.
MANY = 500


def by_name(facts: Facts) -> tuple[str, str]:
    return facts.name, facts.slug


def by_default(facts: Facts) -> tuple[bool, float, str, str]:
    return not facts.is_featured, -facts.updated_at, facts.name, facts.slug


def by_publication(facts: Facts) -> tuple[float, str, str]:
    return -facts.published_at, facts.name, facts.slug


def by_release(facts: Facts) -> tuple[int, str, str]:
    return -facts.last_released_on, facts.name, facts.slug


ORDERS: Mapping[str, Callable[[Facts], tuple[Any, ...]]] = {
    "": by_default,
    "name": by_name,
    "newest": by_publication,
    "released": by_release,
}

type Orders = Mapping[str, "Order"]


class Order:
    """Projects in order. Immutable, as the snapshot is that has it."""

    def __init__(self, projects: Iterable[int]):
        # Plain numbers, as the bitmaps have them: as objects they take ten times as much.
        self.projects = array("I", projects)

    @cached_property
    def known(self) -> BitMap:
        return BitMap(self.projects)

    @cached_property
    def places(self) -> Sequence[int]:
        """Where each project stands, by its rank among their keys."""
        projects = self.projects
        return array("I", sorted(range(len(projects)), key=projects.__getitem__))

    def place(self, project: int) -> int:
        return self.places[self.known.rank(project) - 1]

    def first(self, number: int, among: BitMap) -> list[int]:
        """Return the first of some of the projects."""
        everything = len(self.projects)
        if len(among) == everything:
            return self.projects[:number].tolist()
        passed = min(everything, number * everything // max(1, len(among)))
        if passed < SORTING * len(among):
            return list(islice((project for project in self.projects if project in among), number))
        return sorted(among, key=self.place)[:number]


def in_every_order(projects: BitMap, facts: Mapping[int, Facts]) -> Orders:
    """Return projects in each of the ORDERS."""
    return {name: _sorted(projects, facts, name) for name in ORDERS}


def renewed(old: Orders, projects: BitMap, changed: BitMap, facts: Mapping[int, Facts]) -> Orders:
    """Return projects in each of the ORDERS, given older ones that differ in what has changed."""
    added = projects & changed
    if not old or len(added) > MANY:
        return in_every_order(projects, facts)
    unchanged = projects - changed
    orders = {}
    for name, order in old.items():
        orders[name] = Order(project for project in order.projects if project in unchanged)
        for project in added:
            insort(orders[name].projects, project, key=_key(facts, name))
    return orders


def _sorted(projects: BitMap, facts: Mapping[int, Facts], name: str) -> Order:
    key = _key(facts, name)
    # Rows of keys are compared faster than they are made twice.
    return Order(row[-1] for row in sorted(map(key, projects)))


def _key(facts: Mapping[int, Facts], name: str) -> Callable[[int], tuple[Any, ...]]:
    order = ORDERS[name]
    return lambda project: (*order(facts[project]), project)
