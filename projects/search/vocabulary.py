"""Every word of the catalogue, for finding the nearest one."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Self

from django.db.models import Max, StringAgg, Value

from ..models import SearchWord
from ..packed import Texts, Words, are_many


class Vocabulary(Mapping[str, str]):
    """Words, each with the name that it stands for if it is one. Immutable.

    Those that were read at once are packed; newer vocabularies share them, and have what was added
    since beside them.
    """

    def __init__(self, words: "PackedWords | None" = None, newest: int = 0):
        self.words = words or PackedWords()
        # The newest row that was read. Rows are never changed.
        self.newest = newest
        self.added: dict[str, str] = {}

    @classmethod
    def read(cls) -> Self:
        """Return all words of the catalogue."""
        # As one text: to read them one by one takes three times as long.
        rows = SearchWord.objects.aggregate(text=StringAgg("word", Value(" ")), newest=Max("pk"))
        names = SearchWord.objects.exclude(name="").order_by().values_list("word", "name")
        words = PackedWords((rows["text"] or "").split(), sorted(names.iterator()))
        return cls(words, rows["newest"] or 0)

    def renewed(self) -> Self:
        """Return the vocabulary with what has been added to it since; without changing this one.

        Words that are gone may stay: whether one is still found is asked before it is offered.
        """
        rows = SearchWord.objects.filter(pk__gt=self.newest).order_by("pk")
        if not (number := rows.count()):
            return self
        if are_many(len(self.added) + number, len(self.words)):
            return self.read()
        newer = type(self)(self.words, self.newest)
        newer.added |= self.added
        for newer.newest, word, name in rows.values_list("pk", "word", "name"):
            newer.added[word] = name
        return newer

    def __getitem__(self, word: str) -> str:
        return self.added[word] if word in self.added else self.words[word]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(chain(self.words, self.added)))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def about(self, word: str, most: int) -> list[str]:
        """Return the words that may differ from one in no more than so many letters, and others."""
        added = (other for other in self.added if abs(len(other) - len(word)) <= most)
        return list(dict.fromkeys(chain(self.words.about(word, most), added)))


class PackedWords:
    """Words by their length, in the order of their letters from either end."""

    def __init__(self, words: Iterable[str] = (), names: Iterable[tuple[str, str]] = ()):
        of_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            of_length[len(word)].append(word)
        self.forwards = {length: Words(some, length) for length, some in of_length.items()}
        self.backwards = {
            length: Words(map(backwards, some), length) for length, some in of_length.items()
        }
        pairs = list(names)
        # Those that are names, in order, and how these are written.
        self.named = Texts(word for word, _ in pairs)
        self.names = Texts(name for _, name in pairs)

    def __len__(self) -> int:
        return sum(map(len, self.forwards.values()))

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.forwards.values())

    def __getitem__(self, word: str) -> str:
        place = bisect_left(self.named, word)
        if place < len(self.named) and self.named[place] == word:
            return self.names[place]
        if word in self.forwards.get(len(word), ()):
            return ""
        raise KeyError(word)

    def about(self, word: str, most: int) -> Iterator[str]:
        """Yield the words that may differ in no more than so many letters, some more than once.

        One error, which may swap two letters, leaves one of the ends of a word as it is. Two that
        leave neither leave what is between them.
        """
        end, between = parts(word, most)
        for length in range(len(word) - most, len(word) + most + 1):
            if length not in self.forwards:
                continue
            yield from self.forwards[length].beginning(word[:end])
            if end:
                yield from map(backwards, self.backwards[length].beginning(word[: -end - 1 : -1]))
            if between:
                yield from self.forwards[length].having(between)


def parts(word: str, most: int) -> tuple[int, str]:
    """Return how many letters of an end, and which between them, so many errors leave as they are.

    Of a word that is too short they may leave nothing.
    """
    if most == 1:
        return min(2, (len(word) - 1) // 2), ""
    # Beside an end a letter may be swapped with one of it.
    return (2, word[3:-3]) if most == 2 and len(word) > 6 else (0, "")


def backwards(word: str) -> str:
    return word[::-1]
