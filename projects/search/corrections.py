"""Forgives typing errors: finds the nearest words that the catalogue has."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain, filterfalse, islice, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ..snapshot import Snapshot
from .hits import finds, is_public_name, number_of_hits
from .query import SearchQuery, Term, parse, parted
from .vocabulary import Vocabulary
from .words import Name, joined, names, stem

# Of so many nearest words for each wrong one, the first combination that finds something is taken.
CANDIDATES = 3
# So many are looked at to find those, as some may be words of drafts.
NEAREST = 24
ATTEMPTS_MAX = 9
# Whose words are mostly wrong meant no catalogue, and each would be looked for.
WRONG_MAX = 4
# From these lengths on a word may have one wrong letter, and two; other words help a short one.
LONG_ENOUGH = (4, 8)


def corrected(text: str, snapshot: Snapshot, more: int) -> str:
    """Return the text with its wrong words replaced by the nearest ones that find more.

    Returns an empty text when there are none.
    """
    for attempt in islice(attempts(text, snapshot), ATTEMPTS_MAX):
        if attempt != text and number_of_hits(parse(attempt), snapshot) > more:
            return attempt
    return ""


def attempts(text: str, snapshot: Snapshot) -> Iterator[str]:
    """Yield what may have been meant, most likely first.

    Which words are wrong, and which are offered, is judged by what they find in public alone:
    drafts have words too, and none must be told.
    """
    text, unwanted = parted(text)
    words, typed = snapshot.words, list(names(text))

    def is_found(word: str) -> bool:
        # Documents have words as they are written, too; of whole names they have the stem alone.
        form = stem(word) if words.get(word) else word
        return word in words and finds(SearchQuery((Term(((form,),)),)), snapshot)

    def is_right(name: Name) -> bool:
        # The last word may be the beginning of another.
        if name is typed[-1] and finds(SearchQuery((Term((), prefix=name.joined),)), snapshot):
            return True
        return is_found(name.joined) or (name.is_compound and all(map(is_found, name.parts)))

    @cache
    def candidates(word: str, most: int) -> list[str]:
        errors = min(most, errors_in(word, is_alone=len(typed) == 1))
        return list(islice(filter(is_found, nearest(word, words, errors)), CANDIDATES))

    whole = joined(text)
    if is_found(whole):
        return
    wrong = list(islice(filterfalse(is_right, typed), WRONG_MAX + 1))
    if len(wrong) > WRONG_MAX:
        return
    name_of = partial(public_name, snapshot=snapshot)
    tried = set()
    for most in range(1, errors_in(whole) + 1):
        # The whole may be a name with an error in it, whatever its parts look like.
        as_names = filter(None, map(name_of, candidates(whole, most)))
        in_words = with_words_replaced(text, wrong, name_of, partial(candidates, most=most))
        for attempt in chain(as_names, in_words):
            # Each asks the database, so a later one is only thought of when it is wanted.
            if attempt not in tried:
                tried.add(attempt)
                yield f"{attempt} {unwanted}".strip()


def public_name(word: str, snapshot: Snapshot) -> str:
    """Return the name that a word stands for, if something public is called so."""
    # A draft may be named by a word that is in public, too.
    name = snapshot.words[word]
    return name if name and is_public_name(name, snapshot) else ""


def with_words_replaced(
    text: str,
    wrong: list[Name],
    name_of: Callable[[str], str],
    candidates: Callable[[str], list[str]],
) -> Iterator[str]:
    """Yield the text with each of its wrong words replaced by candidates for it."""
    for replacements in product(*(candidates(name.joined) for name in wrong)):
        attempt = text
        for name, near in zip(wrong, replacements, strict=True):
            attempt = replaced(attempt, name, name_of(near) or near)
        yield attempt


def errors_in(word: str, *, is_alone: bool = True) -> int:
    """Return how many letters of a word may be wrong; too little is left of short ones."""
    first, second = LONG_ENOUGH
    return (len(word) >= first or not is_alone) + (len(word) >= second)


def nearest(word: str, words: Vocabulary, most: int) -> list[str]:
    """Return the words that differ by so many letters, nearest first and names before others."""
    found = process.extract(
        word, words.about(word, most), scorer=OSA.distance, score_cutoff=most, limit=NEAREST
    )
    # People err least often in the first letter.
    ranked = sorted(found, key=lambda hit: (hit[1], not words[hit[0]], hit[0][:1] != word[:1]))
    return [hit[0] for hit in ranked]


def replaced(text: str, name: Name, word: str) -> str:
    """Return the text with a word or compound replaced, however it is written there."""

    def replacement(match: re.Match[str]) -> str:
        is_it = any(other.joined == name.joined for other in names(match[0]))
        return word if is_it else match[0]

    return re.sub(r"[^\s\"]+", replacement, text)
