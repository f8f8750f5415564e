"""Makes snapshots from the database: of everything, or of what has changed since another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone

from pyroaring import BitMap

from ..facets import FACETS
from ..generation import State
from ..models import Project, SearchDocument
from .state import Facts, Snapshot


def everything(generation: State) -> Snapshot:
    """Read the whole catalogue."""
    documents = SearchDocument.objects.filter(project__isnull=False)
    read = _facts(Project.objects.all())
    return _snapshot(
        generation,
        facts=read,
        postings={
            name: _merged({}, BitMap(), facet.pairs({"state": "published"}), BitMap(read))
            for name, facet in FACETS.items()
        },
        documents=dict(documents.values_list("pk", "project").iterator()),
    )


def since(old: Snapshot, generation: State) -> Snapshot:
    """Read what has been written since an older snapshot, and share the rest with it."""
    changed = dict(
        SearchDocument.objects.filter(
            generation__gt=old.generation.number, project__isnull=False
        ).values_list("pk", "project")
    )
    numbers = sorted(changed.values())
    gone = BitMap(numbers)
    read = _facts(Project.objects.filter(pk__in=numbers))
    kept = {project: facts for project, facts in old.facts.items() if project not in gone}
    return _snapshot(
        generation,
        facts=kept | read,
        postings={
            name: _merged(old.postings[name], gone, facet.pairs({"pk__in": numbers}), BitMap(read))
            for name, facet in FACETS.items()
        },
        documents={**old.documents, **changed},
    )


def _snapshot(generation: State, facts: Mapping[int, Facts], **contents: Any) -> Snapshot:
    now = timezone.now()
    later = sorted((row.published_at, pk) for pk, row in facts.items() if row.published_at > now)
    return Snapshot(
        generation=generation,
        public=BitMap(facts) - BitMap([pk for _, pk in later]),
        scheduled=tuple(later),
        labels={name: facet.labels() for name, facet in FACETS.items()},
        facts=facts,
        **contents,
    )


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
    return {value: having for value, having in merged.items() if having}
