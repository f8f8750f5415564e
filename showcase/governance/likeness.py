"""Why two names look as if they meant the same.

Names are compared as words without diacritics, capitals and signs. A pair is only looked at if
both have a key in common, so that thousands of names are compared in one go.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from projects.search.words import names

# A wrong letter in a short word makes another word: SCSI and iSCSI, Anna and Anne.
TYPO_MIN_LENGTH = 6
# So many of a kind are compared each with each; more of them only with their neighbours.
EACH_WITH_EACH = 10
REMEMBERED = 65_536

_UMLAUT = re.compile(r"([aou])e")
_PLURAL = re.compile(r"(?:(?<=[^aeiou])(ies)|(?<=[sxz])(es)|(?<=[cs]h)(es)|(?<=[^siu])(s))\Z")


class Kind(Enum):
    """How names are made: of given names and surnames, or of any words."""

    PERSON = "person"
    WORDS = "words"


class Named(NamedTuple):
    """Something with a name and perhaps others, as it is compared."""

    number: int
    slug: str
    name: str
    others: Sequence[str] = ()


type Words = tuple[str, ...]


def why(one: Named, other: Named, kind: Kind) -> str:
    """Return why two things look alike, as a sentence, or nothing if they do not."""
    first, second = _words(one.name, kind), _words(other.name, kind)
    if reason := _likeness(first, second, kind):
        return reason
    for named, alias in [(one, other), (other, one)]:
        if shared := _shared(alias.others, [named.name], kind):
            return f"“{shared}” is another name of “{alias.name}”."
    if shared := _shared(one.others, other.others, kind):
        return f"Both are also called “{shared}”."
    return ""


def pairs(things: Sequence[Named], kind: Kind) -> Iterator[tuple[Named, Named, str]]:
    """Yield the pairs that look alike, each once, with the reason."""
    groups = defaultdict(list)
    for place, thing in enumerate(things):
        for key in _keys(thing, kind):
            groups[key].append(place)
    seen = set()
    for group in groups.values():
        near = combinations if len(group) <= EACH_WITH_EACH else _neighbours
        for pair in near(group, 2):
            if pair not in seen:
                seen.add(pair)
                one, other = (things[place] for place in pair)
                if reason := why(one, other, kind):
                    yield one, other, reason


def _neighbours(group, _):
    return pairwise(group)


def _likeness(first: Words, second: Words, kind: Kind) -> str:
    if not (first and second):
        return ""
    if _whole(first, kind) == _whole(second, kind):
        return "The same, written differently."
    if kind is Kind.PERSON and _is_initial(first, second):
        return "The same, with a given name shortened."
    if _is_typo(first, second):
        return "The same but for one letter."
    return ""


def _shared(some: Sequence[str], others: Sequence[str], kind: Kind) -> str:
    wholes = {_whole(_words(name, kind), kind) for name in others} - {""}
    return next((name for name in some if _whole(_words(name, kind), kind) in wholes), "")


def _keys(thing: Named, kind: Kind) -> set[Words]:
    """Return what everything that looks like a thing has one of, too."""
    wholes = {_whole(_words(name, kind), kind) for name in (thing.name, *thing.others)}
    words = _words(thing.name, kind)
    keys: set[Words] = {("whole", whole) for whole in wholes if whole}
    if kind is Kind.PERSON and len(words) > 1:
        keys.add(("initial", words[0][0], words[-1]))
    for place, word in enumerate(words):
        if _may_have_typo(word):
            keys |= {(*words[:place], f"-{form}", *words[place + 1 :]) for form in _shorter(word)}
    return keys


@lru_cache(maxsize=REMEMBERED)
def _words(name: str, kind: Kind) -> Words:
    found = [part for found in names(name) for part in found.parts]
    if kind is Kind.PERSON:
        # Wanzenböck has no “o” for those who write it Wanzenboeck.
        return tuple(_UMLAUT.sub(r"\1", word) for word in found)
    return tuple(found)


def _whole(words: Words, kind: Kind) -> str:
    """Return the words as one; people are also called by their surname first."""
    if kind is Kind.PERSON:
        return " ".join(sorted(words))
    return _singular("".join(words))


def _singular(word: str) -> str:
    def ending(match: re.Match[str]) -> str:
        return "y" if match[1] else ""

    return _PLURAL.sub(ending, word) if len(word) > len("nfs") else word


def _is_initial(first: Words, second: Words) -> bool:
    """Tell whether one is “R. Kammerer” and the other “Roland Kammerer”."""
    if min(len(first), len(second)) < 2 or first[-1] != second[-1]:
        return False
    one, other = first[0], second[0]
    return one[0] == other[0] and min(len(one), len(other)) == 1


def _is_typo(first: Words, second: Words) -> bool:
    if len(first) != len(second):
        return False
    differing = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    if not (_may_have_typo(one) and _may_have_typo(other)):
        return False
    # People err least often in the first letter; import and export are two things.
    return one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) == 1


def _may_have_typo(word: str) -> bool:
    return len(word) >= TYPO_MIN_LENGTH and not any(map(str.isdigit, word))


def _shorter(word: str) -> set[str]:
    """Return a word and its forms that lack a letter: with one error, two words share one."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
