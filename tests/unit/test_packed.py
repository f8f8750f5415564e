"""Texts that are packed into one are found as if they were not."""

from array import array

from pyroaring import BitMap

from projects.packed import Texts, Words
from projects.snapshot.facts import AllFacts, Facts

TEXTS = ["", "Virter", "äöü", "", "Хранение", "🦘"]
WORDS = ["abab", "abba", "baab", "baba", "bbaa", "zzzz"]


def facts(name):
    return Facts(name, name.lower(), name == "Virter", 1.5, 2.5, 0)


def test_every_text_is_at_its_place():
    packed = Texts(TEXTS)
    assert [packed[place] for place in range(len(packed))] == TEXTS


def test_words_come_in_order():
    assert list(Words(reversed(WORDS), 4)) == WORDS


def test_a_word_is_there_or_is_not():
    packed = Words(WORDS, 4)
    assert all(word in packed for word in WORDS)
    assert not any(word in packed for word in ("aaaa", "bbbb", "zzzzz", "zzz", "~~~~", ""))


def test_words_are_found_by_how_they_begin():
    packed = Words(WORDS, 4)
    for letters in ("", "a", "b", "ba", "bb", "zzzz", "c", "~"):
        assert list(packed.beginning(letters)) == [w for w in WORDS if w.startswith(letters)]


def test_words_are_found_by_what_they_have_and_not_by_what_stands_across_two():
    packed = Words(WORDS, 4)
    for letters in ("a", "ab", "bb", "aba", "aab", "bbaa", "az", "abaabb"):
        assert list(packed.having(letters)) == [w for w in WORDS if letters in w]


def test_facts_that_are_packed_say_the_same():
    rows = {7: facts("virter"), 3: facts("Linstor"), 70_000: facts("ä")}
    packed = AllFacts.of(rows)
    assert packed == rows
    assert {project: packed.name(project) for project in packed} == {
        project: row.name for project, row in rows.items()
    }


def test_facts_follow_what_is_written_and_older_ones_stay():
    rows = {number: facts(f"Entry {number}") for number in range(5)}
    older = AllFacts.of(rows)
    newer = older.renewed(BitMap([1, 2, 9]), {2: facts("New"), 9: facts("Newer")})
    assert older == rows
    assert newer == {0: rows[0], 2: facts("New"), 3: rows[3], 4: rows[4], 9: facts("Newer")}
    assert newer.columns is older.columns
    assert newer.renewed(BitMap([9]), {}) == {0: rows[0], 2: facts("New"), 3: rows[3], 4: rows[4]}


def test_columns_are_made_anew_where_most_of_them_are_written_over(monkeypatch):
    monkeypatch.setattr("projects.packed.MANY", 1)
    older = AllFacts.of({1: facts("One"), 2: facts("Two")})
    newer = older.renewed(BitMap([1, 2]), {1: facts("Eins"), 2: facts("Zwei")})
    assert newer == {1: facts("Eins"), 2: facts("Zwei")}
    assert not newer.written
    assert newer.columns.updated == array("d", [1.5, 1.5])
