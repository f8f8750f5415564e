"""Every entry of the catalogue is found by what a visitor half remembers of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pytest

from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.models import Project
from projects.search import documents
from projects.search.words import indexed, names
from projects.snapshot import Snapshot, present

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("committed_catalogue")]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST = 3


def misspelt(name: str) -> Iterator[str]:
    """Yield a name with each of its letters dropped, doubled, swapped and replaced."""
    for place, letter in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        if not letter.isalnum():
            continue
        yield before + after
        yield before + letter * 2 + after
        yield before + other_than(letter, place) + after
        if after[:1].isalnum() and after[0] != letter:
            yield before + after[0] + letter + after[1:]


def other_than(letter: str, place: int) -> str:
    """Return another letter, by a rule, so that every run tries the same."""
    other = LETTERS[(LETTERS.find(letter.lower()) + 7 + place) % len(LETTERS)]
    return "x" if other == letter.lower() else other


def without_diacritics(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def rewritten(name: str) -> set[str]:
    """Return a name as those write it who do not know how it is written."""
    ways = {without_diacritics(name), name.lower(), name.upper()}
    for sign in "-_. ":
        ways |= {name.replace(sign, ""), name.replace(sign, " "), name.replace(sign, "-")}
    return ways | {re.sub(r"[-\s]", "", name), re.sub(r"[-\s]", "", without_diacritics(name))}


def distinctive_words() -> Iterator[tuple[str, str]]:
    """Yield (name of an entry, word of its description) for words that no other entry has."""
    read = list(documents.of_projects(Project.objects.published()))
    having = Counter(
        word for _, texts in read for word in set(" ".join(texts.columns().values()).split())
    )
    for project, _ in read:
        for word in sorted({name.joined for name in names(project.description)}):
            if all(having[stem] == 1 for stem in indexed(word)):
                yield project.name, word


def missed(questions: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the questions after an entry that do not show it among the first."""
    snapshot = present()
    return [
        (name, text)
        for name, text in questions
        if name not in [project.name for project in first(text, snapshot)]
    ]


def first(text: str, snapshot: Snapshot) -> Sequence[Project]:
    """Return the entries that the list page shows first."""
    found: Sequence[Project] = Listing(
        ProjectFilters.from_query({"q": [text]}), snapshot
    ).corrected()
    return found[:FIRST]


def test_name_with_one_wrong_letter_finds_the_entry():
    entries = Project.objects.published().values_list("name", flat=True)
    assert missed((name, text) for name in entries for text in misspelt(name)) == []


def test_name_written_another_way_finds_the_entry():
    entries = Project.objects.published().values_list("name", flat=True)
    assert missed((name, text) for name in entries for text in rewritten(name)) == []


def test_any_word_that_only_one_entry_has_finds_it():
    questions = list(distinctive_words())
    assert len(questions) > 250
    assert missed(questions) == []
