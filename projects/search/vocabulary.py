"""Every word of the catalogue, for finding the nearest one."""

from collections import defaultdict
from itertools import chain
from typing import Self

from ..models import SearchWord

# So many letters of either end of a word are left as they are by one error in it,
END = 2
# if the word has at least so many: the error may swap two.
LONG_ENOUGH = 5


class Vocabulary(dict[str, str]):
    """Words, each with the name that it stands for if it is one."""

    def __init__(self) -> None:
        super().__init__()
        # By length, and those of a length by their first letters and by their last.
        self.groups: dict[tuple[int, str, str], list[str]] = {}
        # The newest row that was read. Rows are never changed.
        self.newest = 0

    def renewed(self) -> Self:
        """Return the vocabulary with what has been added to it since; without changing this one.

        Words that are gone may stay: whether one is still found is asked before it is offered.
        """
        rows = SearchWord.objects.filter(pk__gt=self.newest).order_by("pk")
        if not rows.exists():
            return self
        vocabulary = type(self)()
        vocabulary.update(self)
        longer = defaultdict(list)
        # One by one: all of them at once would take as much memory again as what is kept.
        for vocabulary.newest, word, name in rows.values_list("pk", "word", "name").iterator():
            if word not in vocabulary:
                for group in groups(word, len(word)):
                    longer[group].append(word)
            vocabulary[word] = name
        vocabulary.groups = self.groups | {
            group: self.groups.get(group, []) + words for group, words in longer.items()
        }
        return vocabulary

    def about(self, word: str, most: int) -> list[str]:
        """Return the words that may differ from one in no more than so many letters, and others."""
        lengths = range(len(word) - most, len(word) + most + 1)
        whole, *ends = zip(*(groups(word, length) for length in lengths), strict=True)
        looked_at = ends if most == 1 and len(word) >= LONG_ENOUGH else [whole]
        found = (near for group in chain(*looked_at) for near in self.groups.get(group, ()))
        return list(dict.fromkeys(found))


def groups(word: str, length: int) -> tuple[tuple[int, str, str], ...]:
    """Return the groups in which words of a length are that are alike, the widest first."""
    return (length, "", ""), (length, word[:END], ""), (length, "", word[-END:])
