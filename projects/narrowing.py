"""The panel beside the list: every facet with its values, and what is already chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from .facets import FACETS, Facet, Option
from .filters import ProjectFilters
from .models import Project


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, or taken back, by following `url`."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet and what can be chosen in it."""

    name: str
    label: str
    choices: list[Choice]
    is_open: bool


@dataclass(frozen=True)
class Chip:
    """A chosen value; following `url` takes it away."""

    label: str
    url: str
    is_excluded: bool


@dataclass(frozen=True)
class Unknown:
    """A value that nothing public has, with the nearest one that something has."""

    facet: str
    value: str
    nearest: str
    url: str


class Narrowing:
    """What the list page shows around the list, computed once for some filters."""

    def __init__(self, filters: ProjectFilters):
        self.filters = filters
        self._labels_by_facet: dict[str, dict[str, str]] = {}

    @cached_property
    def groups(self) -> list[Group]:
        """Facets that still have something to choose, with exact counts."""
        groups = (self._group(facet) for facet in FACETS.values())
        return [group for group in groups if group.choices]

    @cached_property
    def chips(self) -> list[Chip]:
        return list(self._chips())

    @cached_property
    def unknown(self) -> list[Unknown]:
        """Chosen values that no published project has."""
        return [
            self._nearest(name, value)
            for name, value in (*self.filters.included, *self.filters.excluded)
            if value not in self._labels(name)
        ]

    def _group(self, facet: Facet) -> Group:
        chosen = self.filters.values(facet.name)
        choices = [self._choice(facet, option, chosen) for option in self._options[facet.name]]
        return Group(facet.name, facet.label, choices, is_open=bool(chosen))

    def _choice(self, facet: Facet, option: Option, chosen: list[str]) -> Choice:
        value, label, count = option
        is_chosen = value in chosen
        change = self.filters.removing if is_chosen else self.filters.adding
        return Choice(label, count, _address(change(facet.name, value)), is_chosen)

    def _chips(self) -> Iterator[Chip]:
        for pairs, is_excluded in ((self.filters.included, False), (self.filters.excluded, True)):
            for name, value in pairs:
                label = self._labels(name).get(value, value)
                yield Chip(label, _address(self.filters.removing(name, value)), is_excluded)

    @cached_property
    def _options(self) -> dict[str, list[Option]]:
        published = Project.objects.published()
        options = {}
        for name, facet in FACETS.items():
            # Values that widen are counted as if none of them were chosen yet.
            filters = self.filters if facet.needs_all else self.filters.without(name)
            options[name] = facet.options(published.matching(filters))
        return options

    def _labels(self, name: str) -> dict[str, str]:
        """Return the labels of a facet's values, looked up once."""
        if name not in self._labels_by_facet:
            self._labels_by_facet[name] = self._look_up_labels(name)
        return self._labels_by_facet[name]

    def _look_up_labels(self, name: str) -> dict[str, str]:
        """Return the labels that are at hand, and all there are only when one is not."""
        labels = {value: label for value, label, _ in self._options[name]}
        chosen = self.filters.values(name) + self.filters.values(name, excluded=True)
        if any(value not in labels for value in chosen):
            every = FACETS[name].options(Project.objects.published())
            labels |= {value: label for value, label, _ in every}
        return labels

    def _nearest(self, name: str, value: str) -> Unknown:
        labels = self._labels(name)
        by_word = {
            word.casefold(): known for known, label in labels.items() for word in (known, label)
        }
        match = get_close_matches(value.casefold(), by_word, n=1, cutoff=0.6)
        without = self.filters.removing(name, value)
        if not match:
            return Unknown(FACETS[name].label, value, "", _address(without))
        nearest = by_word[match[0]]
        address = _address(without.adding(name, nearest))
        return Unknown(FACETS[name].label, value, labels[nearest], address)


def _address(filters: ProjectFilters) -> str:
    # An empty reference would mean "this very page", query string and all.
    return filters.query_string() or "."
