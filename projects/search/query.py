"""What a visitor typed, understood: words, "phrases", -without, tag:rust."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.translation import gettext

from .words import WORD_MAX_LENGTH, Name, joined, names, stem

FIELDS = ("tag", "language", "person")
# More words narrow nothing further, but each costs the database a lookup.
WORDS_MAX = 20

_CONTENT = r'(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))'
_TOKEN = re.compile(rf"(?P<sign>-?){_CONTENT}")
_FIELD = re.compile(rf"(?P<sign>-?)(?P<field>{'|'.join(FIELDS)}):{_CONTENT}", re.IGNORECASE)
# One begins where a word does, or where another ends: tag:"a"tag:b.
_FIELDS = re.compile(rf"(?<!\S)(?:{_FIELD.pattern})+", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """Alternatives, each a sequence of stems that must stand together; any of them will do."""

    sequences: tuple[tuple[str, ...], ...]
    # The word as it was typed, which may be the beginning of a longer one.
    prefix: str = ""


@dataclass(frozen=True)
class SearchQuery:
    """All terms must occur, none of the excluded ones may."""

    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    # The whole of the words written as one, for names whose spaces were left out.
    joined: str = ""
    # Words for values of facets: one of each of these groups, and none of what is unwanted.
    values: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    ignored: tuple[str, ...] = field(default=(), compare=False)

    def __bool__(self) -> bool:
        return bool(self.terms or self.excluded)

    def of_whole_words(self) -> Self:
        """Return the query that is not content with the beginning of a word."""
        return replace(self, terms=tuple(replace(term, prefix="") for term in self.terms))

    @property
    def prefix(self) -> str:
        """The beginning of a word with which the last term is content, if any."""
        return self.terms[-1].prefix if self.terms else ""

    @property
    def stems(self) -> frozenset[str]:
        """Every stem that a hit may have been found by."""
        return frozenset(
            stem for term in self.terms for sequence in term.sequences for stem in sequence
        )


def take_fields(text: str) -> tuple[str, list[tuple[str, str, bool]]]:
    """Return the text without its fields, and these as (field, value, whether to exclude it)."""
    fields = [_field(match) for run in _FIELDS.finditer(text) for match in _FIELD.finditer(run[0])]
    return " ".join(_FIELDS.sub(" ", text).split()), fields


def _field(match: re.Match[str]) -> tuple[str, str, bool]:
    value = match["phrase"] or match["word"] or ""
    return match["field"].lower(), value.strip(), bool(match["sign"])


def parted(text: str) -> tuple[str, str]:
    """Return what of a text is wanted, and what is to be left out, with its signs."""
    tokens = [(token[0], bool(token["sign"])) for token in _TOKEN.finditer(text)]
    wanted, unwanted = (
        " ".join(token for token, is_unwanted in tokens if is_unwanted == which)
        for which in (False, True)
    )
    return wanted, unwanted


def parse(text: str) -> SearchQuery:
    """Return what a text asks for. Never fails: signs that mean nothing are left out."""
    terms: list[Term] = []
    excluded: list[Term] = []
    for token in _TOKEN.finditer(text):
        is_phrase = token["phrase"] is not None
        found = _phrase(token["phrase"]) if is_phrase else _words(token["word"])
        (excluded if token["sign"] else terms).extend(found)
    ignored = _ignored(text, terms, excluded)
    del terms[WORDS_MAX:]
    # Only the last word may still be unfinished.
    terms[:-1] = [replace(term, prefix="") for term in terms[:-1]]
    # What is to be left out was not typed to find what begins so.
    excluded = [replace(term, prefix="") for term in excluded]
    whole = stem(joined(parted(text)[0])) if len(terms) > 1 else ""
    return SearchQuery(tuple(terms), tuple(excluded[:WORDS_MAX]), whole, ignored=ignored)


def _ignored(text: str, terms: list[Term], excluded: list[Term]) -> tuple[str, ...]:
    if text and not terms and not excluded:
        sentence = gettext("“%(text)s” has no word that could be searched for.")
        return (sentence % {"text": text},)
    if len(terms) > WORDS_MAX or len(excluded) > WORDS_MAX:
        return (gettext("Only the first %(number)s words were used.") % {"number": WORDS_MAX},)
    return ()


def _words(content: str) -> Iterable[Term]:
    return [term(name) for name in names(content)]


def term(name: Name) -> Term:
    """Return the term for a word; a compound is found joined or in its parts."""
    whole = (stem(name.joined),)
    parts = tuple(stem(part) for part in name.parts)
    return Term(
        (whole, parts) if name.is_compound else (whole,), prefix=name.joined[:WORD_MAX_LENGTH]
    )


def _phrase(content: str) -> Iterable[Term]:
    stems = tuple(stem(part) for name in names(content) for part in name.parts)
    return [Term((stems,))] if stems else []
