"""Text to words, the same way for indexing and for asking, so that every database agrees.

The databases are given words that are already folded and stemmed, and only split them at spaces.
That is why `C++` can be found, and why Wanzenböck and Wanzenbock are one word on both.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import Stemmer

WORD_MAX_LENGTH = 40
# What the index keeps of a project that nobody may see yet, or any more.
HIDDEN = "=hidden"
# Most of what is read are the same words again. With its parts, one takes nearly a kilobyte.
REMEMBERED = 4_096

# Names whose signs are as good as letters; the longest first, so that C++ is not read as C.
SPELT_OUT = {"node.js": "nodejs", "c++": "cplusplus", ".net": "dotnet", "c#": "csharp"}
_SPELT_OUT = re.compile(
    rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, SPELT_OUT))})(?![+#])", re.IGNORECASE
)
# Letters that no normal form of Unicode takes apart.
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "Ae"})
# Letters and digits of any script, with the signs that hold a name together: generate-cat-file.
_NAME = re.compile(r"[^\W_]+(?:[-_./:'\u2019][^\W_]+)*")
_RUN = re.compile(r"[^\W_]+")
# Utf|Recoder, Get|Next, RFC|2741; and for DRBDmon, which breaks the rule, also DRBD|mon.
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+|[^A-Za-z0-9]+")
# Looked for where capitals begin, and not again from each of them.
_ACRONYM = re.compile(r"(?<![A-Z])([A-Z]{2,})([a-z]{2,})")

# Threads may share it: it does its work without letting another one in. What it remembers would be
# remembered twice.
_stemmer = Stemmer.Stemmer("english", 0)


@dataclass(frozen=True)
class Name:
    """A word or a compound: its parts, and the same written as one; lower case, not stemmed."""

    joined: str
    parts: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def is_compound(self) -> bool:
        return len(self.parts) > 1

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(map(stem, self.parts))

    @cached_property
    def found_by(self) -> frozenset[str]:
        """What finds it besides its stems: every way to write it, and a compound's stem as one."""
        wholes = (self.joined, *self.others) if self.is_compound else ()
        return frozenset(self._forms).union(map(stem, wholes))

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every way to write it or its parts that is a word by itself."""
        return frozenset(form for form in self._forms if len(form) > 1 and not form.isdigit())

    @property
    def _forms(self) -> list[str]:
        return [form[:WORD_MAX_LENGTH] for form in (self.joined, *self.parts, *self.others)]


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """Return the stem of a lower-case word, by Snowball's algorithm for English."""
    return str(_stemmer.stemWord(word))[:WORD_MAX_LENGTH]


def plain(text: str) -> str:
    """Return text without diacritics and compatibility forms, and with C++ spelt out."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return _SPELT_OUT.sub(lambda match: f" {SPELT_OUT[match[0].lower()]} ", text)


def names(text: str) -> Iterator[Name]:
    """Yield the words and compounds of a text in order."""
    return iter(_names(text))


# An entry's texts are read for its document and again for the vocabulary.
@lru_cache(maxsize=128)
def _names(text: str) -> tuple[Name, ...]:
    return tuple(map(_name, _NAME.findall(plain(text))))


@lru_cache(maxsize=REMEMBERED)
def _name(written: str) -> Name:
    runs = _RUN.findall(written)
    parts = tuple(part.lower() for run in runs for part in _HUMP.findall(run))
    others = [run.lower() for run in runs if len(runs) > 1]
    for acronym in _ACRONYM.finditer(written):
        others += [acronym[1].lower(), acronym[2]]
    return Name("".join(runs).lower(), parts, tuple(others))


def indexed(text: str) -> list[str]:
    """Return what an index keeps of a text: its stems in order, then what else finds them.

    Behind the stems come compounds written as one, and words as they were before stemming, which
    the beginning of a word is compared with. They stand at the end so that phrases stay together.
    """
    found = list(names(text))
    stems = [stem for name in found for stem in name.stems]
    others: set[str] = set().union(*[name.found_by for name in found])
    return stems + sorted(others.difference(stems))


def vocabulary(text: str) -> set[str]:
    """Return the words of a text as people write them, for finding the nearest one."""
    return set().union(*[name.spellings for name in names(text)])


def joined(text: str) -> str:
    """Return all words of a text written as one."""
    return "".join(name.joined for name in names(text))[:WORD_MAX_LENGTH]


def value_word(facet: str, value: str) -> str:
    """Return the word that an index keeps for a facet's value.

    No text has a word with this sign, nor the beginning of one; the databases split it nowhere.
    """
    return f"={facet}{value.encode().hex()}"
