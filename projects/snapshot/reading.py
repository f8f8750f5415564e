"""Makes snapshots from the database: of everything, or of what has changed since another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from pyroaring import BitMap

from ..facets import FACETS
from ..generation import State
from ..models import Project, SearchDocument
from ..models.search import FOUND
from ..search.vocabulary import Vocabulary
from .facts import AllFacts, Facts
from .orders import Orders, in_every_order, renewed
from .panels import KeptPanels
from .state import NOTHING, Postings, Snapshot

OTHER_KINDS = tuple(kind for kind in FOUND if kind != "project")


def everything(generation: State) -> Snapshot:
    """Read the whole catalogue."""
    # First, because what it takes for a moment is the most.
    words = Vocabulary.read()
    documents = SearchDocument.objects.all()
    read = _facts(Project.objects.all())
    return _snapshot(
        generation,
        facts=AllFacts.of(read),
        labels=_labels(),
        scheduled=_moments(read),
        # Of these, that are at hand now, rather than of columns.
        order=lambda public: in_every_order(public, read),
        postings={
            name: _merged({}, BitMap(), facet.pairs({"state": "published"}), BitMap(read))
            for name, facet in FACETS.items()
        },
        documents=_projects(documents),
        others=dict(_others(documents)),
        words=words,
    )


def since(old: Snapshot, generation: State) -> Snapshot:
    """Read what has been written since an older snapshot, and share the rest with it."""
    written = SearchDocument.objects.filter(generation__gt=old.generation.number)
    changed = _projects(written)
    numbers = sorted(changed.values())
    gone = BitMap(numbers)
    read = _facts(Project.objects.filter(pk__in=numbers))
    facts = old.facts.renewed(gone, read)
    pairs = {name: list(facet.pairs({"pk__in": numbers})) for name, facet in FACETS.items()}
    postings = {
        name: _merged(old.postings[name], gone, found, BitMap(read))
        for name, found in pairs.items()
    }
    scheduled = ((moment, project) for moment, project in old.scheduled if project not in gone)
    labels = _labels()
    return _snapshot(
        generation,
        facts=facts,
        labels=labels,
        # A name stands beside lists of which no entry tells of it.
        panels=(
            old.panels.after(_revalued(old.postings, postings))
            if labels == old.labels
            else KeptPanels()
        ),
        scheduled=chain(scheduled, _moments(read)),
        # Some may have become public by the clock alone.
        order=lambda public: renewed(old.orders, public, gone | (public ^ old.public), facts),
        postings=postings,
        documents={**old.documents, **changed},
        others={**old.others, **dict(_others(written))},
        words=old.words.renewed(),
        values={
            name: values.renewed(gone, pairs[name])
            for name, values in old.values.items()
            if values.is_worth_keeping
        },
        cards=old.cards.without(gone),
    )


def _snapshot(
    generation: State,
    facts: AllFacts,
    scheduled: Iterable[tuple[float, int]],
    order: Callable[[BitMap], Orders],
    **contents: Any,
) -> Snapshot:
    now = timezone.now().timestamp()
    later = sorted((moment, project) for moment, project in scheduled if moment > now)
    public = facts.projects - BitMap([project for _, project in later])
    return Snapshot(
        generation=generation,
        public=public,
        moment=now,
        scheduled=tuple(later),
        facts=facts,
        orders=order(public),
        **contents,
    )


def _projects(documents: QuerySet) -> dict[int, int]:
    """Return which documents tell of which projects."""
    of_projects = documents.filter(project__isnull=False)
    return dict(of_projects.values_list("pk", "project").iterator())


def _others(documents: QuerySet) -> Iterator[tuple[int, tuple[str, int]]]:
    """Yield which documents tell of which things of other kinds."""
    rows = documents.filter(project__isnull=True).values_list("pk", *OTHER_KINDS)
    for document, *keys in rows.iterator():
        pairs = zip(OTHER_KINDS, keys, strict=True)
        yield document, next((kind, key) for kind, key in pairs if key is not None)


def _labels() -> dict[str, Mapping[str, str | Promise]]:
    return {name: facet.labels() for name, facet in FACETS.items()}


def _facts(projects: QuerySet) -> dict[int, Facts]:
    """Return what projects are sorted by that are published, or are to be."""
    rows = (
        projects.filter(state="published")
        .annotate(last_released_on=Max("releases__date"))
        .order_by()
        .values_list(
            "pk", "name", "slug", "is_featured", "updated_at", "published_at", "last_released_on"
        )
    )
    return {
        pk: Facts(
            name.casefold(),
            slug,
            is_featured,
            updated_at.timestamp(),
            published_at.timestamp(),
            released.toordinal() if released else 0,
        )
        for pk, name, slug, is_featured, updated_at, published_at, released in rows.iterator()
    }


def _moments(facts: Mapping[int, Facts]) -> Iterator[tuple[float, int]]:
    return ((row.published_at, project) for project, row in facts.items())


def _merged(
    old: Mapping[str, BitMap],
    gone: BitMap,
    pairs: Iterable[tuple[int, str]],
    known: BitMap,
) -> dict[str, BitMap]:
    """Return postings without the projects that are gone, and with pairs of known ones."""
    found: dict[str, list[int]] = defaultdict(list)
    for project, value in pairs:
        found[value].append(project)
    merged = dict(old)
    for value, having in old.items():
        if having.intersect(gone):
            merged[value] = having - gone
    for value, projects in found.items():
        merged[value] = merged.get(value, BitMap()) | (BitMap(projects) & known)
    # The most frequent first: whoever looks for the foremost need not look at all of them.
    frequent = sorted(merged.items(), key=lambda pair: -len(pair[1]))
    return {value: having for value, having in frequent if having}


def _revalued(old: Postings, new: Postings) -> BitMap:
    """Return the projects that have other values than they had."""
    changed = BitMap()
    for name, postings in new.items():
        before = old[name]
        # What nobody has touched is the same object still.
        for value in before.keys() | postings.keys():
            one, other = before.get(value, NOTHING), postings.get(value, NOTHING)
            if one is not other:
                changed |= one ^ other
    return changed
