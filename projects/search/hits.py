"""The projects that words find, the best first, as bitmaps that go with those of a snapshot."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from pyroaring import BitMap

from ..facets import FACETS
from ..snapshot import Chosen, Snapshot
from . import matching
from .query import SearchQuery, Term
from .things import public
from .words import HIDDEN, names, value_word

# What fits more things than this says too little; the rest is not even counted.
HITS_MAX = 10_000
# Less than this part of them is never said to be all that was counted.
LEAST_SHARE = 10
A_FEW = 200
# Words like "the" are no longer than this.
SHORT = 3
# Of things beside the projects a handful is shown.
OTHERS_MAX = 150
# Who narrows a list asks for the same words again and again. What they find takes up to 50 kB.
REMEMBERED = 64


@dataclass(frozen=True)
class Hits:
    """What words find: what they name, and all of it, of which too many are not counted."""

    by_name: BitMap
    all: BitMap
    is_capped: bool = False
    # What an unwanted word stands in.
    left_out: BitMap = field(default_factory=BitMap)
    # Documents of other things than projects, the best first, with how well they fit.
    others: Mapping[int, int] = field(default_factory=dict)
    # What was asked in the end.
    query: SearchQuery = field(default_factory=SearchQuery)


NO_HITS = Hits(BitMap(), BitMap())


def hits(query: SearchQuery, snapshot: Snapshot) -> Hits:
    """Return what a query finds among the public projects of a snapshot."""
    found: Hits = _remembered(query, snapshot, lambda: _hits(query, snapshot))
    return found


def by_relevance(found: Hits, snapshot: Snapshot) -> tuple[BitMap, BitMap, BitMap]:
    """Return what was found in disjoint parts, the best first.

    Where there are too many, the best are among them even if they were not counted.
    """
    head = _asked(found.query, matching.HEAD, snapshot) if found.query.terms else BitMap()
    second = _projects(head, snapshot) - found.by_name - found.left_out
    return found.by_name, second, found.all - found.by_name - second


def _remembered(key: Hashable, snapshot: Snapshot, ask: Callable[[], Any]) -> Any:
    remembered = snapshot.remembered
    if key not in remembered:
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        remembered[key] = ask()
    return remembered[key]


def narrowed(
    found: Hits, selected: BitMap, included: Chosen, excluded: Chosen, snapshot: Snapshot
) -> Hits:
    """Return what a query finds among the projects that some choices leave.

    Of too many hits a part was counted, which may just be drafts, or not what is chosen: where it
    says too little, the index is asked for words and values together.
    """
    is_handy = len(selected) <= HITS_MAX
    says_much = len(found.all & selected) >= HITS_MAX // LEAST_SHARE
    if not found.is_capped or (says_much and not is_handy):
        return found
    return hits(with_values(found.query, included, excluded), snapshot)


def with_values(query: SearchQuery, included: Chosen, excluded: Chosen) -> SearchQuery:
    """Return the query that finds nothing but what has been chosen, and no draft."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, value in included:
        # Several values of a facet widen the choice, unless it needs all of them.
        group = name, (value if FACETS[name].needs_all else "")
        groups.setdefault(group, []).append(value_word(name, value))
    without = (HIDDEN, *(value_word(*pair) for pair in excluded))
    return replace(query, values=tuple(map(tuple, groups.values())), without=without)


def _is_small(snapshot: Snapshot) -> bool:
    """Tell whether a catalogue is so small that everything is counted whole."""
    return len(snapshot.public) <= HITS_MAX


def _hits(query: SearchQuery, snapshot: Snapshot) -> Hits:
    left_out = _excluded(query.excluded)
    hidden = _projects(left_out, snapshot)
    if not query.terms:
        return Hits(BitMap(), snapshot.public - hidden, left_out=hidden, query=query)
    asked, everywhere = _everywhere(query, snapshot)
    by_name = _asked(asked, matching.NAME, snapshot)
    named = _projects(by_name, snapshot) - hidden
    return Hits(
        named,
        # Where there are too many, the best are among those that are counted.
        named | (_projects(everywhere, snapshot) - hidden),
        is_capped=len(everywhere) >= _limit(query, snapshot),
        left_out=hidden,
        others=_others(by_name, everywhere, left_out, snapshot),
        query=asked,
    )


def _everywhere(query: SearchQuery, snapshot: Snapshot) -> tuple[SearchQuery, BitMap]:
    """Return what was asked in the end, and the documents that have it.

    Where whole words are too many already, beginnings of others would only cost time. In a small
    catalogue no long word is in so many.
    """
    whole = query.of_whole_words()
    if whole == query or (_is_small(snapshot) and len(query.prefix) > SHORT):
        return query, _asked(query, matching.EVERYWHERE, snapshot)
    found = _asked(whole, matching.EVERYWHERE, snapshot)
    if len(found) > HITS_MAX:
        return whole, found
    # There are most beginnings everywhere, and they are not looked for if names are enough.
    for relevance in (matching.NAME, matching.HEAD, matching.EVERYWHERE):
        found = _asked(query, relevance, snapshot)
        if len(found) > HITS_MAX:
            break
    return query, found


def _asked(query: SearchQuery, relevance: int, snapshot: Snapshot) -> BitMap:
    """Return the documents that have what is wanted; what is unwanted is left out later."""
    limit = _limit(query, snapshot)
    wanted = replace(query, excluded=())
    found: BitMap = _remembered(
        (wanted, relevance, limit),
        snapshot,
        lambda: BitMap(matching.documents(wanted, relevance, limit)),
    )
    return found


def _limit(query: SearchQuery, snapshot: Snapshot) -> int:
    # What is left out again would fill the place of what is found.
    is_whole = _is_small(snapshot) or (query.without and query.excluded)
    return matching.EVERYTHING if is_whole else HITS_MAX + 1


def _others(
    by_name: BitMap, everywhere: BitMap, left_out: set[int], snapshot: Snapshot
) -> dict[int, int]:
    found: dict[int, int] = {}
    for level, keys in ((matching.NAME, by_name), (matching.EVERYWHERE, everywhere)):
        others = (key for key in filter(snapshot.others.__contains__, keys) if key not in left_out)
        for key in islice(others, OTHERS_MAX):
            found.setdefault(key, level)
    return found


def number_of_hits(query: SearchQuery, snapshot: Snapshot) -> int:
    """Return how many public projects of a snapshot a query finds; cheaper than the hits."""
    wanted = replace(query, excluded=())
    found = _projects(matching.documents(wanted, matching.EVERYWHERE, HITS_MAX), snapshot)
    return len(found - _projects(_excluded(query.excluded), snapshot))


def is_public_name(name: str, snapshot: Snapshot) -> bool:
    """Tell whether something public is called so: drafts and what is gone have names, too."""
    stems = tuple(stem for found in names(name) for stem in found.stems)
    documents = matching.documents(SearchQuery((Term((stems,)),)), matching.NAME, A_FEW)
    others = (key for key in documents if key in snapshot.others)
    return bool(_projects(documents, snapshot) or public(others, snapshot))


def finds(query: SearchQuery, snapshot: Snapshot) -> bool:
    """Tell whether a query finds any public project; most often the first few show it."""
    first = matching.documents(query, matching.EVERYWHERE, A_FEW)
    if _projects(first, snapshot):
        return True
    return len(first) == A_FEW and bool(
        _projects(matching.documents(query, matching.EVERYWHERE, HITS_MAX), snapshot)
    )


def _excluded(terms: Iterable[Term]) -> set[int]:
    """Return the documents in which one of the terms occurs."""
    queries = (SearchQuery((term,)) for term in terms)
    return set().union(
        *(matching.documents(query, matching.EVERYWHERE, matching.EVERYTHING) for query in queries)
    )


def _projects(documents: Iterable[int], snapshot: Snapshot) -> BitMap:
    """Return the public projects that documents tell of; other things have documents too."""
    found = filter(None, map(snapshot.documents.get, documents))
    return BitMap(found) & snapshot.public
