"""Every word of the catalogue, for finding the nearest one."""

from collections import defaultdict
from typing import Self

from ..models import SearchWord


class Vocabulary(dict[str, str]):
    """Words, each with the name that it stands for if it is one."""

    def __init__(self) -> None:
        super().__init__()
        self.by_length: dict[int, list[str]] = {}
        # The newest row that was read. Rows are never changed.
        self.newest = 0

    def renewed(self) -> Self:
        """Return the vocabulary with what has been added to it since; without changing this one.

        Words that are gone may stay: whether one is still found is asked before it is offered.
        """
        rows = SearchWord.objects.filter(pk__gt=self.newest).order_by("pk")
        if not (added := list(rows.values_list("pk", "word", "name"))):
            return self
        longer = defaultdict(list)
        for _, word, _ in added:
            if word not in self:
                longer[len(word)].append(word)
        vocabulary = type(self)()
        vocabulary.update(self)
        vocabulary.update((word, name) for _, word, name in added)
        vocabulary.by_length = self.by_length | {
            length: self.by_length.get(length, []) + words for length, words in longer.items()
        }
        vocabulary.newest = added[-1][0]
        return vocabulary

    def about_as_long(self, word: str, most: int) -> list[str]:
        """Return the words that may differ from one in no more than so many letters."""
        lengths = range(len(word) - most, len(word) + most + 1)
        return [near for length in lengths for near in self.by_length.get(length, ())]
