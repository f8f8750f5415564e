"""Which entries a visitor compares: kept in the address, and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext

# As many columns as can be read side by side.
MAX = 5
# No slug and no name of another tool is longer.
NAME_MAX_LENGTH = 120
ENTRY, ALTERNATIVE, ONLY = "project", "alternative", "only"
DIFFERENCES = "differences"
# While entries are gathered, pages with cards carry their slugs under a name of its own.
TRAY = "compare"


@dataclass(frozen=True)
class Comparison:
    """Slugs of entries and names of other tools, in the order of the columns, each once.

    Built from an address, which never fails: what cannot be used is left out and told in
    `ignored`, one sentence each. Whether there are such entries is not asked here.
    """

    slugs: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    only_differences: bool = False
    ignored: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read the parameters of the comparison's own page."""
        ignored: list[str] = []
        only = [value for value in query.getlist(ONLY) if value]
        if only and only[-1] != DIFFERENCES:
            ignored.append(gettext("All rows are shown: there is no such choice of rows."))
        return cls(
            slugs=_slugs(query.getlist(ENTRY), ignored),
            alternatives=_tools(query.getlist(ALTERNATIVE), ignored),
            only_differences=only[-1:] == [DIFFERENCES],
            ignored=tuple(ignored),
        )

    @classmethod
    def from_tray(cls, query: QueryDict) -> Self:
        """Read what a page with cards carries while entries are gathered."""
        ignored: list[str] = []
        return cls(slugs=_slugs(query.getlist(TRAY), ignored), ignored=tuple(ignored))

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MAX

    def adding(self, slug: str) -> Self:
        """Return the comparison with one more entry, if there is room and it is new."""
        if self.is_full or slug in self.slugs:
            return self
        return replace(self, slugs=(*self.slugs, slug))

    def removing(self, slug: str) -> Self:
        return replace(self, slugs=tuple(other for other in self.slugs if other != slug))

    def replacing(self, slug: str, successor: str) -> Self:
        """Return the comparison with an entry in the place of another, and nowhere else."""
        slugs = (successor if other == slug else other for other in self.slugs)
        return replace(self, slugs=tuple(dict.fromkeys(slugs)))

    def keeping(self, slugs: Collection[str]) -> Self:
        """Return the comparison of no other entries than these."""
        return replace(self, slugs=tuple(slug for slug in self.slugs if slug in slugs))

    def beside(self, alternatives: Collection[str]) -> Self:
        """Return the comparison with exactly these other tools."""
        return replace(self, alternatives=tuple(alternatives))

    def showing(self, *, only_differences: bool) -> Self:
        return replace(self, only_differences=only_differences)

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the comparison's page, in order."""
        pairs = [(ENTRY, slug) for slug in self.slugs]
        pairs += [(ALTERNATIVE, name) for name in self.alternatives]
        return [*pairs, (ONLY, DIFFERENCES)] if self.only_differences else pairs

    def query_string(self) -> str:
        """Return "?…" for the comparison's page, or an empty text when nothing is compared."""
        return _query_string(self.parameters())

    def tray_parameters(self) -> list[tuple[str, str]]:
        """Return what a list carries along; other tools stay behind, they are in no list."""
        return [(TRAY, slug) for slug in self.slugs]

    def tray_query_string(self) -> str:
        """Return "?…" for the list on which more entries are gathered."""
        return _query_string(self.tray_parameters())


def _query_string(pairs: list[tuple[str, str]]) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""


def _slugs(values: list[str], ignored: list[str]) -> tuple[str, ...]:
    return _names(
        [value.lower() for value in values],
        gettext("A name among the entries was left out: unreadable, or too long."),
        gettext("Only the first %(most)s entries are compared; %(number)s left out."),
        ignored,
    )


def _tools(values: list[str], ignored: list[str]) -> tuple[str, ...]:
    return _names(
        values,
        gettext("A name among the other tools was left out: unreadable, or too long."),
        gettext("Only the first %(most)s other tools are compared; %(number)s left out."),
        ignored,
    )


def _names(
    values: list[str], unreadable: str, too_many: str, ignored: list[str]
) -> tuple[str, ...]:
    """Return the readable names among some values, each once and not too many."""
    names = dict.fromkeys(value.strip() for value in values)
    names.pop("", None)  # an empty field of a form
    readable = [name for name in names if name.isprintable() and len(name) <= NAME_MAX_LENGTH]
    if len(readable) < len(names):
        ignored.append(unreadable)
    if len(readable) > MAX:
        ignored.append(too_many % {"most": MAX, "number": len(readable) - MAX})
    return tuple(readable[:MAX])
