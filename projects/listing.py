"""The published entries that a visitor asked for: how many there are, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, Self

from pyroaring import BitMap

from .cards import COLUMNS, with_cards
from .filters import Chosen, ProjectFilters
from .known import published_in_bulk
from .models import Project
from .search.corrections import corrected
from .search.elsewhere import Group, groups
from .search.hits import HITS_MAX, NO_HITS, Hits, by_relevance, hits, narrowed
from .search.query import SearchQuery, parse
from .snapshot import Snapshot, present
from .snapshot.cards import Kept

# A visitor who finds no more than these may have meant another word.
FEW = 2


class Found(NamedTuple):
    """The entries that some choices leave, with the words and without, if there are words."""

    projects: BitMap
    selected: BitMap
    hits: Hits | None = None
    # Whether there are more than are counted.
    is_cut: bool = False


class Listing(Sequence[Project]):
    """Entries as a sequence that fetches no more than the part that is asked for.

    `Paginator` counts and cuts it. Every part comes with what cards show.
    """

    def __init__(self, filters: ProjectFilters, snapshot: Snapshot | None = None):
        self.filters = filters
        self.snapshot = snapshot or present()
        self._found: dict[tuple[Chosen, Chosen], Found] = {}

    def __len__(self) -> int:
        return len(self.projects)

    def __getitem__(self, part):
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        keys = self.keys(part)
        # While somebody writes for long, the snapshot may be older than what was withdrawn.
        found = published_in_bulk(keys)
        return with_cards(found[key] for key in keys if key in found)

    def keys(self, part: slice) -> list[int]:
        return self.first(len(self) if part.stop is None else part.stop)[part]

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.is_cut(self.filters)

    def is_cut(self, filters: ProjectFilters) -> bool:
        """Tell whether other choices leave more, with the same words, than are counted."""
        return self._among(filters).is_cut

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
        return hits(self.query, self.snapshot)

    @cached_property
    def elsewhere(self) -> list[Group]:
        """What the words find beside projects."""
        return list(groups(self.hits.others, self.snapshot)) if self.hits else []

    @property
    def is_missed(self) -> bool:
        """Whether words alone, without any choice, find nothing at all, here or elsewhere."""
        is_plain = not (self.filters.included or self.filters.excluded)
        return is_plain and bool(self.query.terms) and not (self or self.elsewhere)

    @cached_property
    def projects(self) -> BitMap:
        return self.among(self.filters)

    def first(self, number: int) -> list[int]:
        """Return the keys of so many entries; what answers the words best comes first."""
        sort = self.filters.sort
        found = self._among(self.filters)
        if sort or not found.hits:
            return self.snapshot.first(number, self.projects, sort)
        keys: list[int] = []
        for part in by_relevance(found.hits, self.snapshot):
            keys += self.snapshot.first(number - len(keys), found.selected & part, sort)
        return keys

    def among(self, filters: ProjectFilters) -> BitMap:
        """Return the entries that other choices leave, with the same words."""
        return self._among(filters).projects

    def _among(self, filters: ProjectFilters) -> Found:
        # Most facets of a page ask for the same.
        chosen = filters.included, filters.excluded
        if chosen not in self._found:
            self._found[chosen] = self._find(*chosen)
        return self._found[chosen]

    def _find(self, included: Chosen, excluded: Chosen) -> Found:
        selected = self.snapshot.select(included, excluded)
        if not self.hits:
            return Found(selected, selected)
        found = narrowed(self.hits, selected, included, excluded, self.snapshot)
        is_cut = found.is_capped and len(selected) > HITS_MAX
        return Found(selected & found.all, selected, found, is_cut=is_cut)

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


class CardList(Sequence[Project | Kept]):
    """The entries of a listing for a page of cards, which fetches none whose card is kept.

    In such a list, no words are marked.
    """

    def __init__(self, listing: Listing):
        self.listing = listing

    def __len__(self) -> int:
        return len(self.listing)

    def __getitem__(self, part):
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        keys, cards = self.listing.keys(part), self.listing.snapshot.cards
        shown: dict[int, Project | Kept] = {key: kept for key in keys if (kept := cards.get(key))}
        missing = [key for key in keys if key not in shown]
        found = published_in_bulk(missing, *COLUMNS)
        for project in with_cards(found.values()):
            project.kept = cards.add(project.pk, project.name, project.slug)
            shown[project.pk] = project
        return [shown[key] for key in keys if key in shown]
