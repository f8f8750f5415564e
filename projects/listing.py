"""The published entries that a visitor asked for: how many there are, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Self

from pyroaring import BitMap

from .cards import with_cards
from .filters import Chosen, ProjectFilters
from .models import Project
from .search.corrections import corrected
from .search.elsewhere import Group, groups
from .search.hits import HITS_MAX, NO_HITS, Hits, hits, hits_among, says_too_little
from .search.query import SearchQuery, parse
from .snapshot import Snapshot, present

# A visitor who finds no more than these may have meant another word.
FEW = 2


class Listing(Sequence[Project]):
    """Entries as a sequence that fetches no more than the part that is asked for.

    `Paginator` counts and cuts it. Every part comes with what cards show.
    """

    def __init__(self, filters: ProjectFilters, snapshot: Snapshot | None = None):
        self.filters = filters
        self.snapshot = snapshot or present()
        self._exact: dict[bytes, BitMap] = {}
        self._selections: dict[tuple[Chosen, Chosen], BitMap] = {}

    def __len__(self) -> int:
        return len(self.projects)

    def __getitem__(self, part):
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        keys = self.first(len(self) if part.stop is None else part.stop)[part]
        # While somebody writes for long, the snapshot may be older than what was withdrawn.
        found = Project.objects.published().in_bulk(keys)
        return with_cards(found[key] for key in keys if key in found)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.is_cut(self.filters)

    def is_cut(self, filters: ProjectFilters) -> bool:
        """Tell whether other choices leave more, with the same words, than are counted."""
        if not self.hits or not self.hits.is_capped:
            return False
        return len(self._selected(filters)) > HITS_MAX

    @cached_property
    def query(self) -> SearchQuery:
        return parse(self.filters.q)

    @property
    def ignored(self) -> list[str]:
        """What was asked and could not be used, one sentence each."""
        return [*self.filters.ignored, *self.query.ignored]

    @cached_property
    def hits(self) -> Hits | None:
        """What the words find, if there are words; signs alone find nothing."""
        if not self.filters.q:
            return None
        if not self.query:
            return NO_HITS
        return hits(self.query, self._selected(self.filters), self.snapshot)

    @cached_property
    def elsewhere(self) -> list[Group]:
        """What the words find beside projects."""
        return list(groups(self.hits.others, self.snapshot)) if self.hits else []

    @cached_property
    def projects(self) -> BitMap:
        return self.among(self.filters)

    def first(self, number: int) -> list[int]:
        """Return the keys of so many entries; what answers the words best comes first."""
        sort = self.filters.sort
        if sort or not self.hits:
            return self.snapshot.first(number, self.projects, sort)
        # Of too many hits only some are told apart by how well they fit; the others follow.
        ranked = (*self.hits.by_relevance, self.projects - self.hits.all)
        keys: list[int] = []
        for part in ranked:
            keys += self.snapshot.first(number - len(keys), self.projects & part, sort)
        return keys

    def among(self, filters: ProjectFilters) -> BitMap:
        """Return the entries that other choices leave, with the same words."""
        selected = self._selected(filters)
        if not self.hits:
            return selected
        found = selected & self.hits.all
        is_handy = self.hits.is_capped and len(selected) <= HITS_MAX
        if is_handy or says_too_little(self.hits, found):
            return self._exactly(selected, self.hits.query)
        return found

    def _selected(self, filters: ProjectFilters) -> BitMap:
        """Return what other choices leave, whatever the words are; most facets ask for the same."""
        chosen = filters.included, filters.excluded
        if chosen not in self._selections:
            self._selections[chosen] = self.snapshot.select(*chosen)
        return self._selections[chosen]

    def _exactly(self, selected: BitMap, query: SearchQuery) -> BitMap:
        """Return what the words find among some entries, if they find too many in the whole."""
        asked = selected.serialize()
        if asked not in self._exact:
            self._exact[asked] = hits_among(selected, query, self.snapshot)
        return self._exact[asked]

    @cached_property
    def near(self) -> str:
        """The words that were probably meant, where those that were typed find few entries."""
        if not self.hits or not self.query.terms or len(self.hits.all) > FEW:
            return ""
        return corrected(self.filters.q, self.snapshot, len(self.hits.all))

    @cached_property
    def nearer(self) -> Self | None:
        """What the words find that were probably meant, with the same choices."""
        return type(self)(replace(self.filters, q=self.near), self.snapshot) if self.near else None

    def corrected(self) -> Self:
        """Return what the nearest words find, where those that were typed find nothing at all."""
        if self.hits and not self.hits.all and self.nearer is not None:
            return self.nearer
        return self
