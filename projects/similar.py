"""Entries that are like another one, and why.

Two entries are alike by what they share: tags, the tools they stand in for, where they came from
and who made them. Each kind of bond has a weight; each thing shared counts once. Of those that
weigh as much, the names decide.

What very many entries share says little, and no page may cost more for it: of whatever is shared,
the newest entries that have it are looked at. Those with a tag, an upstream or a product are in the
snapshot; those beside another tool, in a collection or by a person are asked for, in one query.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, repeat
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Value
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import ngettext_lazy

from pyroaring import BitMap

from people.languages import as_content

from .known import published_in_bulk
from .models import Alternative, CollectionItem, Credit, Project
from .prepared import Key, Prepared
from .snapshot import Snapshot, present

# What sharing one thing is worth. A tool that both replace says most about what they are for;
# two works of one person may have nothing else in common.
ALTERNATIVE_WEIGHT = 5
COLLECTION_WEIGHT = 3
UPSTREAM_WEIGHT = 3
TAG_WEIGHT = 2
PRODUCT_WEIGHT = 2
AUTHOR_WEIGHT = 1

SIMILAR_MAX = 6
# Of each kind in the snapshot, so many things of an entry are looked at, and so many holders of
# each; of each kind that is asked for, so many holders of any.
THINGS_MAX = 12
HOLDERS_MAX = 100

MAKERS = (Credit.Role.CREATOR, Credit.Role.AUTHOR, Credit.Role.MAINTAINER)


@dataclass(frozen=True, eq=False)
class Bond:
    """A kind of thing that entries share."""

    weight: int
    # What is shared, as words that depend on how many.
    words: Promise
    # Holders are known from a facet, whose values are the things of an entry: slugs with names.
    facet: str = ""
    things: Callable[[Any], Mapping[str, str]] = lambda project: {}
    # Or from rows that have the same in one field, and a name for it.
    rows: Callable[[], QuerySet] = Project.objects.none
    same: str = ""
    name: str = ""
    # Whether the things are called by words of the catalogue, and not by names.
    is_worded: bool = False

    def reason(self, names: Sequence[str]) -> str:
        """Say what is shared, in a sentence."""
        words = self.words % {"number": len(names)}
        things = ", ".join(names)
        return format_html("{}: {}.", words, as_content(things) if self.is_worded else things)


def _by_slug(things: Iterable[Any]) -> dict[str, str]:
    return {thing.slug: thing.name for thing in things}


TOOLS = Bond(
    ALTERNATIVE_WEIGHT,
    ngettext_lazy("Replaces the same tool", "Replaces the same %(number)s tools", "number"),
    rows=Alternative.objects.all,
    same="name",
    name="name",
)
BONDS = (
    TOOLS,
    Bond(
        TAG_WEIGHT,
        ngettext_lazy("1 shared tag", "%(number)s shared tags", "number"),
        facet="tag",
        things=lambda project: _by_slug(row.tag for row in project.tag_items.all()),
        is_worded=True,
    ),
    Bond(
        COLLECTION_WEIGHT,
        ngettext_lazy("In the same collection", "In the same %(number)s collections", "number"),
        rows=CollectionItem.objects.all,
        same="collection",
        name="collection__name",
        is_worded=True,
    ),
    Bond(
        UPSTREAM_WEIGHT,
        ngettext_lazy(
            "Contributed to the same project",
            "Contributed to the same %(number)s projects",
            "number",
        ),
        facet="upstream",
        things=lambda project: _by_slug(row.upstream for row in project.contributions.all()),
    ),
    Bond(
        PRODUCT_WEIGHT,
        ngettext_lazy("Same product", "Same %(number)s products", "number"),
        facet="product",
        things=lambda project: _by_slug(row.object_product for row in project.origins),
    ),
    Bond(
        AUTHOR_WEIGHT,
        ngettext_lazy("Same author", "Same %(number)s authors", "number"),
        rows=lambda: Credit.objects.filter(project__isnull=False, role__in=MAKERS),
        same="person",
        name="person__name",
    ),
)
# In the place of a bond: of what an entry is the successor.
PREDECESSOR = len(BONDS)

# The entries that have what one of them has, by the kind of thing and its name.
type Holders = dict[tuple[Bond, str], set[int]]


# Names of what two entries share, by the place of the bond in BONDS.
type Shared = list[tuple[int, list[str]]]


class Similar(NamedTuple):
    """An entry that a visitor may want to see too, and what both have, what weighs most first."""

    project: Project
    shared: Shared

    @property
    def reasons(self) -> list[str]:
        """Say why, in sentences."""
        return [BONDS[number].reason(names) for number, names in self.shared]


def similar_to(project: Project) -> list[Similar]:
    """Return the published entries most like one that was fetched for its page or a comparison.

    What its page names as its successor or as an alternative is left out, and so is whatever it
    is itself the successor of.
    """
    snapshot = present()
    holders, predecessors = _related(project)
    holders |= _with_values(project, snapshot)
    told = {row.other_id for row in project.alternatives.all()}
    told |= {project.pk, project.successor_id, *predecessors}
    others = set().union(*holders.values()) - told
    ranked = rank(holders, BitMap(others) & snapshot.public, snapshot.facts.name)
    # Of what was withdrawn just now, the snapshot may not know yet.
    seen = published_in_bulk(ranked, "name", "slug", "tagline")
    return [Similar(seen[pk], shared(holders, pk)) for pk in ranked if pk in seen]


def rank(holders: Holders, others: Iterable[int], name: Callable[[int], str]) -> list[int]:
    """Return the few of some others that weigh most by what they have, then by name."""
    # Each as often as it weighs: a Counter counts faster than anything that adds.
    heavy_ones = (repeat(having, bond.weight) for (bond, _), having in holders.items())
    weights = Counter(chain.from_iterable(chain.from_iterable(heavy_ones)))
    # Most of them weigh too little to be put in order.
    least = min(nlargest(SIMILAR_MAX, (weights[pk] for pk in others)), default=0)
    heavy = (pk for pk in others if weights[pk] >= least)
    return sorted(heavy, key=lambda pk: (-weights[pk], name(pk).casefold(), pk))[:SIMILAR_MAX]


def shared(holders: Holders, other: int) -> Shared:
    """Return the names of what another one has too, the weightiest kind first."""
    names: dict[Bond, list[str]] = {bond: [] for bond in BONDS}
    for (bond, name), having in holders.items():
        if other in having:
            names[bond].append(name)
    bonds = sorted(filter(names.get, BONDS), key=lambda bond: -bond.weight * len(names[bond]))
    return [(BONDS.index(bond), sorted(names[bond], key=str.casefold)) for bond in bonds]


def _with_values(project: Project, snapshot: Snapshot) -> Holders:
    """Return the newest entries that have each of the values of one."""
    holders = {}
    for bond in BONDS:
        names = bond.things(project) if bond.facet else {}
        for slug in sorted(names)[:THINGS_MAX]:
            public = snapshot.having(bond.facet, slug)
            if snapshot.scheduled:
                public = public & snapshot.public
            holders[bond, names[slug]] = set(public[-HOLDERS_MAX:])
    return holders


def _related(project: Project) -> tuple[Holders, set[int]]:
    """Return the entries that rows tell to have what one has, and those that it succeeds."""
    tools = {row.name for row in project.alternatives.all()}
    holders: Holders = defaultdict(set)
    predecessors = set()
    for number, other, name in RELATED.rows(project.pk):
        if number == PREDECESSOR:
            predecessors.add(other)
        # An alternative that is hidden is in no list of tools.
        elif BONDS[number] is not TOOLS or name in tools:
            holders[BONDS[number], name].add(other)
    return holders, predecessors


def _newest(number: int, bond: Bond, key: Key) -> QuerySet:
    """Return (number, entry, name) for the newest rows that have what an entry has."""
    own = bond.rows().filter(project=key).values(bond.same)
    others = bond.rows().filter(**{f"{bond.same}__in": own})
    # An expression: along an index in this order, SQLite would look at every row there is.
    newest_first = others.order_by(F("project_id") * -1, "pk")
    newest = bond.rows().filter(pk__in=newest_first.values("pk")[:HOLDERS_MAX])
    return newest.order_by().values_list(Value(number), "project", bond.name)


def _query(key: Key) -> QuerySet:
    parts = [_newest(number, bond, key) for number, bond in enumerate(BONDS) if bond.same]
    predecessors = Project.objects.filter(successor=key).order_by()
    last = predecessors.values_list(Value(PREDECESSOR), "pk", "name")
    return last.union(*parts, all=True).order_by()


RELATED = Prepared(Project, _query)
