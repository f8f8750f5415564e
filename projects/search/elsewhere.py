"""What else a search finds: people, products, upstreams, collections and tags."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..snapshot import Snapshot
from .things import KINDS, public

SHOWN = 4
# Of so many things of a kind, the ones that fit best, it is looked up whether they are public.
LOOKED_AT = 12


class Group(NamedTuple):
    """Things of one kind that were found, best first."""

    label: str
    rows: list[Any]


def groups(relevance: Mapping[int, int], snapshot: Snapshot) -> Iterator[Group]:
    """Yield the groups in which something public was found.

    Given is how well documents of other things than projects fit, the best first.
    """
    things = public(_best(relevance, snapshot), snapshot)
    for name, kind in KINDS.items():
        found = [(document, row) for document, (its, row) in things.items() if its == name]
        if best := sorted(found, key=lambda hit: (-relevance[hit[0]], hit[1].name)):
            yield Group(str(kind.label), [row for _, row in best[:SHOWN]])


def _best(documents: Mapping[int, int], snapshot: Snapshot) -> Iterator[int]:
    number: Counter[str] = Counter()
    for document in documents:
        kind, _ = snapshot.subject(document)
        number[kind] += 1
        if number[kind] <= LOOKED_AT:
            yield document
