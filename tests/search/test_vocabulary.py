"""The words of the catalogue are kept in memory, and follow what is written."""

import tracemalloc
from random import Random

import pytest
from rapidfuzz.distance import OSA

from people.models import Person
from projects.models import SearchWord
from projects.search.vocabulary import PackedWords, Vocabulary
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LETTERS = "abcdefghijklmnopqrstuvwxyz"
# From this length on a word may have two errors.
LONG_ENOUGH = 8


@pytest.fixture
def vocabulary():
    words = ("virter", "agentx", "utfrecoder", "setid", "snapshot", "controller", "linstor")
    SearchWord.objects.bulk_create(SearchWord(word=word) for word in words)
    return Vocabulary.read()


def with_one_error(word):
    for place in range(len(word)):
        before, letter, after = word[:place], word[place], word[place + 1 :]
        yield before + after
        yield before + 2 * letter + after
        yield before + after[:1] + letter + after[1:]
        yield from (before + other + after for other in LETTERS)


def test_word_with_any_one_error_is_looked_for_where_it_is(vocabulary):
    for word in vocabulary:
        for wrong in with_one_error(word):
            assert word in vocabulary.about(wrong, 1), wrong


def test_word_with_any_two_errors_is_looked_for_where_it_is(vocabulary):
    dice = Random(2)  # noqa: S311 (the same errors in every run)
    for word in (word for word in vocabulary if len(word) >= LONG_ENOUGH):
        for wrong in with_one_error(word):
            twice = dice.choice(list(with_one_error(wrong)))
            if OSA.distance(word, twice) <= 2:
                assert word in vocabulary.about(twice, 2), twice


def test_two_swaps_at_the_ends_of_a_long_word_leave_what_is_between_them(vocabulary):
    assert "controller" in vocabulary.about("cnotrolelr", 2)


def test_what_is_nothing_like_a_word_is_not_looked_at(vocabulary):
    assert vocabulary.about("snapshat", 2) == ["snapshot"]


def test_nothing_new_leaves_it_as_it_is(vocabulary):
    assert vocabulary.renewed() is vocabulary


def test_older_one_does_not_learn_what_is_new(vocabulary):
    SearchWord.objects.create(word="vmshed")
    newer = vocabulary.renewed()
    assert "vmshed" in newer
    assert "vmshed" in newer.about("vmshd", 1)
    assert "vmshed" not in vocabulary
    assert "vmshed" not in vocabulary.about("vmshd", 1)


def test_newer_one_shares_what_is_not_new(vocabulary):
    SearchWord.objects.create(word="vmshed")
    assert vocabulary.renewed().words is vocabulary.words


def test_where_much_has_been_added_everything_is_packed_anew(vocabulary, monkeypatch):
    monkeypatch.setattr("projects.packed.MANY", 1)
    for word in ("vmshed", "drbdmon"):
        SearchWord.objects.create(word=word)
        vocabulary = vocabulary.renewed()
    assert not vocabulary.added
    assert set(vocabulary) == set(SearchWord.objects.values_list("word", flat=True))


def test_words_of_any_script_are_looked_for_by_their_ends():
    SearchWord.objects.bulk_create(SearchWord(word=word) for word in ("データベース", "ストレージ"))
    assert Vocabulary.read().about("データヘース", 1) == ["データベース"]


def test_many_words_take_little_more_memory_than_their_letters():
    words = [f"{number:07}" for number in range(20_000)]
    tracemalloc.start()
    packed = PackedWords(words)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # In the order of either end.
    assert taken < 2.2 * sum(map(len, words))
    assert len(packed) == len(words)


def test_word_that_becomes_a_name_is_known_as_one(client):
    make_person("Setid", headline="Made the drbdmon")
    client.get("/projects/")
    assert SearchWord.objects.get(word="drbdmon").name == ""
    before = Vocabulary.read()
    Person.objects.update(name="Drbdmon")
    client.get("/projects/")
    assert before["drbdmon"] == ""
    assert before.renewed()["drbdmon"] == "Drbdmon"
