"""Sentences, paragraphs and lines of a synthetic catalogue."""

from collections.abc import Iterator
from random import Random

from .words import Zipf, words_by_frequency


class Prose:
    """Text without sense, but with the lengths and the frequencies of words of real entries."""

    def __init__(self, random: Random, seed: int):
        self._random = random
        self._words: Zipf[str] = words_by_frequency(seed)

    def sentence(self, least: int, most: int) -> str:
        words = self._words.some(self._random, self._random.randint(least, most))
        return f"{' '.join(words).capitalize()}."

    def line(self, least: int = 4, most: int = 11) -> str:
        return self.sentence(least, most).removesuffix(".")

    def lines(self, least: int, most: int) -> str:
        """Return items of a list, one to a line."""
        return "\n".join(self.line() for _ in range(self._random.randint(least, most)))

    def text(self, least: int, most: int, *, about: list[str] | None = None) -> str:
        """Return paragraphs in Markdown of so many words, in which the subjects are named."""
        words = self._words.some(self._random, self._random.randint(least, most))
        for subject in about or []:
            words[self._random.randrange(len(words))] = subject
        sentences = list(self._sentences(words))
        return "\n\n".join(
            " ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)
        )

    def _sentences(self, words: list[str]) -> Iterator[str]:
        start = 0
        while start < len(words):
            end = start + self._random.randint(8, 20)
            first, *rest = words[start:end]
            yield f"{' '.join([first[0].upper() + first[1:], *rest])}."
            start = end
