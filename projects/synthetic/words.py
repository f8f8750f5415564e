"""Words by their frequency: real ones of the trade, and made-up ones without end."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, count, zip_longest
from math import gcd, prod
from random import Random

from .vocabulary import FUNCTION_WORDS, TECHNICAL

VOCABULARY_SIZE = 120_000

ONSETS = (
    *("b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z"),
    *("br", "ch", "dr", "fl", "gr", "kl", "pr", "st", "tr"),
)
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("k", "l", "m", "n", "r", "t", "x", "nd")
GOLDEN_RATIO = 0.618


class Coinage:
    """Made-up words that can be pronounced, a different one for each number.

    A consonant or two, a vowel, and again: such a word is taken apart in one way only, so two
    numbers never give the same word, and nobody has to remember which words are taken.
    """

    def __init__(self, syllables: int, seed: int, codas: Sequence[str] = ("",)):
        self._parts = [*(ONSETS, VOWELS) * syllables, codas]
        self.size = prod(len(part) for part in self._parts)
        self._start = seed * 1_000_003
        # Neighbours shall not look alike; without a common divisor the steps reach every word.
        steps = count(int(self.size * GOLDEN_RATIO))
        self._step = next(step for step in steps if gcd(step, self.size) == 1)

    def word(self, number: int) -> str:
        if not 0 <= number < self.size:
            raise ValueError(f"There are {self.size} such words, and no number {number}.")
        rest = (number * self._step + self._start) % self.size
        signs = []
        for part in self._parts:
            rest, place = divmod(rest, len(part))
            signs.append(part[place])
        return "".join(signs)


class Zipf[Thing]:
    """A choice among things of which the n-th is about n times rarer than the first."""

    def __init__(self, things: Iterable[Thing], *, exponent: float = 1.0, offset: float = 2.7):
        self.things = list(things)
        weights = ((rank + offset) ** -exponent for rank in range(len(self.things)))
        self._cumulative = list(accumulate(weights))

    def choose(self, random: Random) -> Thing:
        return self.things[bisect(self._cumulative, random.random() * self._cumulative[-1])]

    def some(self, random: Random, number: int) -> list[Thing]:
        """Return that many, some of them the same."""
        return random.choices(self.things, cum_weights=self._cumulative, k=number)

    def distinct(self, random: Random, number: int) -> list[Thing]:
        """Return at most that many, all of them different, in the order of their choice."""
        return list(dict.fromkeys(self.some(random, number)))


def words_by_frequency(seed: int) -> Zipf[str]:
    """Return what prose is made of: the most frequent words first, as any language has them."""
    coinage = Coinage(2, seed, CODAS)
    made_up = [coinage.word(number) for number in range(VOCABULARY_SIZE - len(TECHNICAL))]
    # Every sixth is the plural of the one before, so that there is something to stem.
    made_up[5::6] = [f"{word}s" for word in made_up[4::6][: len(made_up[5::6])]]
    mixed = chain.from_iterable(zip_longest(TECHNICAL, made_up))
    return Zipf([*FUNCTION_WORDS, *filter(None, mixed)])
