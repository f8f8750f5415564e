"""The projects that words find, the best first, as bitmaps that go with those of a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

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
# Who narrows a list asks for the same words again and again.
REMEMBERED = 64


@dataclass(frozen=True)
class Hits:
    """What words find: disjoint bitmaps, the best hits first, and all of them together."""

    by_relevance: tuple[BitMap, ...]
    all: BitMap
    is_capped: bool = False
    # Documents of other things than projects, the best first, with how well they fit.
    others: Mapping[int, int] = field(default_factory=dict)
    # What was asked in the end.
    query: SearchQuery = field(default_factory=SearchQuery)


NO_HITS = Hits((), BitMap())


def hits(query: SearchQuery, snapshot: Snapshot) -> Hits:
    """Return what a query finds among the public projects of a snapshot."""
    remembered = snapshot.remembered
    found: Hits | None = remembered.get(query)
    if found is None:
        if len(remembered) >= REMEMBERED:
            remembered.clear()
        found = remembered[query] = _hits(query, snapshot)
    return found


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
    wanted = replace(query, excluded=())
    excluded = _excluded(query.excluded)
    if not wanted.terms:
        left = snapshot.public - _projects(excluded, snapshot)
        return Hits((left,), left, query=query)
    # What is left out again would fill the place of what is found.
    is_whole = _is_small(snapshot) or (query.without and query.excluded)
    limit = matching.EVERYTHING if is_whole else HITS_MAX + 1
    wanted, documents = _documents(wanted, limit, snapshot)
    levels = [_projects(keys, snapshot) for keys in documents.values()]
    # Where there are too many, the best are among those that are counted.
    everything = BitMap.union(*levels) - _projects(excluded, snapshot)
    by_relevance, rest = [], everything
    for level in levels:
        by_relevance.append(rest & level)
        rest = rest - level
    return Hits(
        tuple(by_relevance),
        everything,
        is_capped=_is_full(documents, limit),
        others=_others(documents, excluded, snapshot),
        query=replace(wanted, excluded=query.excluded),
    )


def _documents(
    query: SearchQuery, limit: int, snapshot: Snapshot
) -> tuple[SearchQuery, dict[int, list[int]]]:
    """Return what was asked in the end, and so many documents at each level, the best level first.

    Where whole words are too many already, beginnings of others would only cost time. In a small
    catalogue no long word is in so many.
    """
    whole = query.of_whole_words()
    if whole != query and not (_is_small(snapshot) and len(query.prefix) > SHORT):
        everywhere = matching.documents(whole, matching.EVERYWHERE, limit)
        if len(everywhere) > HITS_MAX:
            return whole, _in_front(whole, limit) | {matching.EVERYWHERE: everywhere}
    found = _in_front(query, limit)
    if not _is_full(found, limit):
        found[matching.EVERYWHERE] = matching.documents(query, matching.EVERYWHERE, limit)
    return query, found


def _in_front(query: SearchQuery, limit: int) -> dict[int, list[int]]:
    """Return what matches by its name, and by what stands beside it if these are not too many."""
    found = {matching.NAME: matching.documents(query, matching.NAME, limit)}
    if not _is_full(found, limit):
        found[matching.HEAD] = matching.documents(query, matching.HEAD, limit)
    return found


def _is_full(found: Mapping[int, list[int]], limit: int) -> bool:
    return any(len(keys) >= limit for keys in found.values())


def _others(
    documents: Mapping[int, list[int]], excluded: set[int], snapshot: Snapshot
) -> dict[int, int]:
    found: dict[int, int] = {}
    for level, keys in documents.items():
        others = (key for key in filter(snapshot.others.__contains__, keys) if key not in excluded)
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
