"""The choices beside lists, each rendered once for the entries that they were counted among.

A write to one entry makes every page anew, and beside most lists nothing has changed: the same
entries are in them, and none of those has other values.
"""

from collections.abc import Hashable, Sequence
from typing import Self

from pyroaring import BitMap

from ..kept import Parts, Place, key_of

# Bytes: some 800 panels.
SIZE = 2_000_000
# After so many writes it is begun anew.
MANY = 100


class KeptPanels:
    """The panels of the states of the catalogue, up to one of them.

    Later ones share the panels, and know which entries got other values in between.
    """

    def __init__(self, panels: Parts[bytes] | None = None, writes: tuple[BitMap, ...] = ()):
        # Each begins with a line for the number of writes that it has seen.
        self._panels = panels or Parts(SIZE)
        self._writes = writes

    def place(self, asked: Hashable, among: Sequence[BitMap]) -> Place:
        """Return where the panel for a question is kept, as long as it counts what it did."""
        key = key_of(asked, *map(BitMap.serialize, among))
        seen, _, html = (self._panels.get(key) or "").partition("\n")
        if html and not self._is_written_since(int(seen), among):
            return Place(html)
        return Place(store=lambda html: self._panels.put(key, f"{len(self._writes)}\n{html}"))

    def after(self, written: BitMap) -> Self:
        """Return the panels of the state after a write to some entries."""
        is_much = len(self._writes) >= MANY
        return type(self)() if is_much else type(self)(self._panels, (*self._writes, written))

    def _is_written_since(self, seen: int, among: Sequence[BitMap]) -> bool:
        return any(written.intersect(each) for written in self._writes[seen:] for each in among)
