"""Entries that are like another one, and why.

Two entries are alike by what they share: tags, the tools they stand in for, where they came from
and who made them. Each kind of bond has a weight; each thing shared counts once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import ngettext_lazy

from people.languages import as_content

from .models import Alternative, CollectionItem, Credit, Project
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
# Of each kind, so many things of an entry are looked at, and so many holders of each, the newest:
# what very many entries share says little, and no page may cost more for it.
THINGS_MAX = 12
HOLDERS_MAX = 100

MAKERS = (Credit.Role.CREATOR, Credit.Role.AUTHOR, Credit.Role.MAINTAINER)


@dataclass(frozen=True, eq=False)
class Bond:
    """A kind of thing that entries share."""

    weight: int
    # What is shared, as words that depend on how many.
    words: Promise
    # The things of an entry, each with its name.
    things: Callable[[Any], Mapping[Any, str]]
    # Holders are known from a facet whose values are the things, or from rows.
    facet: str = ""
    rows: Callable[[], QuerySet] | None = None
    thing: str = ""
    # Whether they are called by words of the catalogue, and not by names.
    is_worded: bool = False

    def reason(self, names: Iterable[str]) -> str:
        """Say what is shared, in a sentence."""
        ordered = sorted(names, key=str.casefold)
        words = self.words % {"number": len(ordered)}
        things = ", ".join(ordered)
        return format_html("{}: {}.", words, as_content(things) if self.is_worded else things)


def _by_slug(things: Iterable[Any]) -> dict[str, str]:
    return {thing.slug: thing.name for thing in things}


BONDS = (
    Bond(
        ALTERNATIVE_WEIGHT,
        ngettext_lazy("Replaces the same tool", "Replaces the same %(number)s tools", "number"),
        lambda project: {row.name: row.name for row in project.alternatives.all()},
        rows=Alternative.objects.all,
        thing="name",
    ),
    Bond(
        TAG_WEIGHT,
        ngettext_lazy("1 shared tag", "%(number)s shared tags", "number"),
        lambda project: _by_slug(row.tag for row in project.tag_items.all()),
        facet="tag",
        is_worded=True,
    ),
    Bond(
        COLLECTION_WEIGHT,
        ngettext_lazy("In the same collection", "In the same %(number)s collections", "number"),
        lambda project: dict(
            project.collection_items.values_list("collection", "collection__name")
        ),
        rows=CollectionItem.objects.all,
        thing="collection",
        is_worded=True,
    ),
    Bond(
        UPSTREAM_WEIGHT,
        ngettext_lazy(
            "Contributed to the same project",
            "Contributed to the same %(number)s projects",
            "number",
        ),
        lambda project: _by_slug(row.upstream for row in project.contributions.all()),
        facet="upstream",
    ),
    Bond(
        PRODUCT_WEIGHT,
        ngettext_lazy("Same product", "Same %(number)s products", "number"),
        lambda project: _by_slug(row.object_product for row in project.origins),
        facet="product",
    ),
    Bond(
        AUTHOR_WEIGHT,
        ngettext_lazy("Same author", "Same %(number)s authors", "number"),
        lambda project: {
            row.person_id: row.person.name for row in project.credits.all() if row.role in MAKERS
        },
        rows=lambda: Credit.objects.filter(project__isnull=False, role__in=MAKERS),
        thing="person",
    ),
)

# By primary key of another entry: the names of what it shares, by kind.
type Shared = Mapping[int, Mapping[Bond, set[str]]]


class Similar(NamedTuple):
    """An entry that a visitor may want to see too, and why, the weightiest reason first."""

    project: Project
    reasons: list[str]


def similar_to(project: Project) -> list[Similar]:
    """Return the published entries most like one that was fetched for its page or a comparison.

    What its page names as its successor or as an alternative is left out, and so is whatever it
    is itself the successor of.
    """
    shared = _shared(project)
    others = _others(project)
    # Whoever may not be seen is gone before anything is ranked.
    names = dict(others.filter(pk__in=shared).values_list("pk", "name"))
    ranked = rank(shared, names)[:SIMILAR_MAX]
    projects = others.in_bulk(ranked)
    return [Similar(projects[pk], reasons(shared[pk])) for pk in ranked if pk in projects]


def rank(shared: Shared, names: Mapping[int, str]) -> list[int]:
    """Return those that have a name, by the weight of what they share, then by name."""
    return sorted(names, key=lambda pk: (-_weight(shared[pk]), names[pk].casefold(), pk))


def reasons(bonds: Mapping[Bond, set[str]]) -> list[str]:
    """Return a sentence for each kind of thing that is shared, the weightiest first."""
    weighed = [(bond.weight * len(things), bond.reason(things)) for bond, things in bonds.items()]
    return [reason for _, reason in sorted(weighed, key=itemgetter(0), reverse=True)]


def _weight(bonds: Mapping[Bond, set[str]]) -> int:
    return sum(bond.weight * len(things) for bond, things in bonds.items())


def _others(project):
    told = [row.other_id for row in project.alternatives.all() if row.other_id]
    if project.successor_id:
        told.append(project.successor_id)
    others = Project.objects.published().order_by().exclude(pk__in=[project.pk, *told])
    return others.exclude(successor=project.pk)


def _shared(project: Project) -> Shared:
    """Return what each other entry shares with one, in at most one query for each kind of bond."""
    shared: dict[int, dict[Bond, set[str]]] = defaultdict(lambda: defaultdict(set))
    snapshot = present()
    for bond in BONDS:
        names = bond.things(project)
        for other, thing in _holders(bond, sorted(names)[:THINGS_MAX], snapshot):
            shared[other][bond].add(names[thing])
    return shared


def _holders(bond: Bond, things: list[Any], snapshot: Snapshot) -> Iterable[tuple[int, Any]]:
    """Return (project, thing) for the newest holders of each of the things."""
    if bond.rows is None:
        having = snapshot.having
        return ((pk, thing) for thing in things for pk in having(bond.facet, thing)[-HOLDERS_MAX:])
    rows, newest = bond.rows().order_by(), Q()
    for thing in things:
        of_one = rows.filter(**{bond.thing: thing}).order_by("-pk")
        newest |= Q(pk__in=of_one.values("pk")[:HOLDERS_MAX])
    return rows.filter(newest).values_list("project", bond.thing) if things else ()
