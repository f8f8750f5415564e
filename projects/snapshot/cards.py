"""Cards, each rendered once for a state of its entry and for a language, and kept in memory.

They belong to a snapshot. A newer one takes them over but for those of entries that were written
meanwhile, whatever rows the write was to: those that mark an entry for the search make up its card.
Whoever still renders for an older snapshot adds to that one's cards, which nobody takes over any
more.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.urls import get_script_prefix
from django.utils.translation import get_language

from pyroaring import BitMap

from ..kept import Parts, Place

# Bytes: those of 10,000 entries, and some. Cards are so alike that a packed one takes 300.
SIZE = 6_000_000


@dataclass(slots=True)
class Kept(Place):
    """What a card shows of its entry, once a template has rendered it, and what goes with it."""

    name: str = ""
    slug: str = ""

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

    def __init__(self, cards: Parts[Variant] | None = None):
        # Each begins with a line for its name and its slug.
        self._cards = cards or Parts(SIZE)

    def __len__(self) -> int:
        return len(self._cards)

    def get(self, project: int) -> Kept | None:
        """Return the card of a project in the language of whoever asks, if it was rendered."""
        card = self._cards.get(_variant(project))
        if card is None:
            return None
        head, _, html = card.partition("\n")
        name, slug = json.loads(head)
        return Kept(html, name=name, slug=slug)

    def add(self, project: int, name: str, slug: str) -> Kept:
        """Return a card that is still to be rendered, of what has just been read."""
        variant, head = _variant(project), json.dumps([name, slug])

        def store(html: str) -> None:
            self._cards.put(variant, f"{head}\n{html}")

        return Kept(store=store, name=name, slug=slug)

    def without(self, gone: BitMap) -> Self:
        """Return the cards of a state in which these projects may be others."""
        return type(self)(self._cards.without(lambda variant: variant.project in gone))


def _variant(project: int) -> Variant:
    return Variant(project, get_language(), get_script_prefix())
