"""Many short texts in one piece of memory.

One by one, each takes fifty bytes beside its letters, and as much again to be found by. Here they
are cut out of one text when they are asked for.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

# Where so many have been added, and this part of what is packed, all is packed anew.
MANY, SHARE = 500, 50
# Comes after any letter.
LAST = "\U0010ffff"


def are_many(added: int, packed: int) -> bool:
    """Tell whether what has been added since is worth packing with what is packed."""
    return added > MANY + packed // SHARE


class Texts:
    """Texts by their places. Immutable."""

    def __init__(self, texts: Iterable[str] = ()):
        kept = list(texts)
        self._text = "".join(kept)
        self._ends = array("I", accumulate(map(len, kept), initial=0))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._text[self._ends[place] : self._ends[place + 1]]


class Words:
    """Words of one length in alphabetical order. Immutable."""

    def __init__(self, words: Iterable[str], length: int):
        self._text = "".join(sorted(words))
        self.length = length

    def __len__(self) -> int:
        return len(self._text) // self.length

    def __getitem__(self, place: int) -> str:
        start = place * self.length
        return self._text[start : start + self.length]

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __contains__(self, word: str) -> bool:
        return self[bisect_left(self, word)] == word

    def beginning(self, letters: str) -> Iterator[str]:
        """Yield the words that begin with some letters."""
        first, end = bisect_left(self, letters), bisect_left(self, letters + LAST)
        return map(self.__getitem__, range(first, end))

    def having(self, letters: str) -> Iterator[str]:
        """Yield the words that have some letters in one piece."""
        found = self._text.find(letters)
        while found >= 0:
            place, start = divmod(found, self.length)
            is_within = start + len(letters) <= self.length
            if is_within:
                yield self[place]
            found = self._text.find(letters, (place + 1) * self.length if is_within else found + 1)
