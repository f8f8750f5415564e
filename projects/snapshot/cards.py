"""Cards, each rendered once for a state of its entry and for a language, and kept in memory.

They belong to a snapshot. A newer one takes them over but for those of entries that were written
meanwhile, whatever rows the write was to: those that mark an entry for the search make up its card.
Whoever still renders for an older snapshot adds to that one's cards, which nobody takes over any
more.
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

from django.urls import get_script_prefix
from django.utils.translation import get_language

from pyroaring import BitMap

# A card takes 2 kB, or twice as much where a sign in it is no Latin one.
MAX = 2_000


@dataclass(slots=True)
class Kept:
    """What a card shows of its entry, once a template has rendered it, and what goes with it."""

    name: str
    slug: str
    html: str = ""

    @property
    def kept(self) -> Self:
        # In the place of an entry in the templates of cards.
        return self


class Variant(NamedTuple):
    """What else a card depends on."""

    project: int
    language: str | None
    prefix: str


class KeptCards:
    """The cards of one state of the catalogue."""

    def __init__(self, cards: dict[Variant, Kept] | None = None):
        self._cards = cards or {}

    def __len__(self) -> int:
        return len(self._cards)

    def get(self, project: int) -> Kept | None:
        """Return the card of a project in the language of whoever asks, if it was rendered."""
        kept = self._cards.get(_variant(project))
        return kept if kept and kept.html else None

    def add(self, project: int, name: str, slug: str) -> Kept:
        """Return a card that is still to be rendered, of what has just been read."""
        if len(self._cards) >= MAX:
            self._cards.clear()
        kept = self._cards[_variant(project)] = Kept(name, slug)
        return kept

    def without(self, gone: BitMap) -> Self:
        """Return the cards of a state in which these projects may be others."""
        # Another thread may add to the original while it is gone through.
        cards = self._cards.copy()
        return type(self)({key: kept for key, kept in cards.items() if key.project not in gone})


def _variant(project: int) -> Variant:
    return Variant(project, get_language(), get_script_prefix())
