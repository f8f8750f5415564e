"""Makes snapshots from the database: of everything, or of what has changed since another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from pyroaring import BitMap

from ..facets import FACETS
from ..generation import State
from ..models import Project, SearchDocument
from ..models.search import FOUND
from ..search.vocabulary import Vocabulary
from .orders import Facts, Orders, in_every_order, renewed
from .state import Snapshot

OTHER_KINDS = tuple(kind for kind in FOUND if kind != "project")


def everything(generation: State) -> Snapshot:
    """Read the whole catalogue."""
    documents = SearchDocument.objects.all()
    read = _facts(Project.objects.all())
    return _snapshot(
        generation,
        facts=read,
        order=in_every_order,
        postings={
            name: _merged({}, BitMap(), facet.pairs({"state": "published"}), BitMap(read))
            for name, facet in FACETS.items()
        },
        documents=_projects(documents),
        others=dict(_others(documents)),
        words=Vocabulary().renewed(),
    )


def since(old: Snapshot, generation: State) -> Snapshot:
    """Read what has been written since an older snapshot, and share the rest with it."""
    written = SearchDocument.objects.filter(generation__gt=old.generation.number)
    changed = _projects(written)
    numbers = sorted(changed.values())
    gone = BitMap(numbers)
    read = _facts(Project.objects.filter(pk__in=numbers))
    kept = {project: facts for project, facts in old.facts.items() if project not in gone}
    return _snapshot(
        generation,
        facts=kept | read,
        # Some may have become public by the clock alone.
        order=lambda public, facts: renewed(
            old.orders, public, gone | (public ^ old.public), facts
        ),
        postings={
            name: _merged(old.postings[name], gone, facet.pairs({"pk__in": numbers}), BitMap(read))
            for name, facet in FACETS.items()
        },
        documents={**old.documents, **changed},
        others={**old.others, **dict(_others(written))},
        words=old.words.renewed(),
        cards=old.cards.without(gone),
    )


def _snapshot(
    generation: State,
    facts: Mapping[int, Facts],
    order: Callable[[BitMap, Mapping[int, Facts]], Orders],
    **contents: Any,
) -> Snapshot:
    now = timezone.now()
    later = sorted((row.published_at, pk) for pk, row in facts.items() if row.published_at > now)
    public = BitMap(facts) - BitMap([pk for _, pk in later])
    return Snapshot(
        generation=generation,
        public=public,
        scheduled=tuple(later),
        labels={name: facet.labels() for name, facet in FACETS.items()},
        facts=facts,
        orders=order(public, facts),
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
    return {pk: Facts(name.casefold(), *others) for pk, name, *others in rows.iterator()}


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
