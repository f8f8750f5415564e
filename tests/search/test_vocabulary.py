"""The words of the catalogue are kept in memory, and follow what is written."""

import pytest

from people.models import Person
from projects.models import SearchWord
from projects.search.vocabulary import Vocabulary
from tests.factories import make_person

pytestmark = pytest.mark.django_db

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def vocabulary():
    words = ("virter", "agentx", "utfrecoder", "setid", "snapshot", "controller", "linstor")
    SearchWord.objects.bulk_create(SearchWord(word=word) for word in words)
    return Vocabulary().renewed()


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


def test_word_with_two_errors_is_looked_for_among_all_of_about_its_length(vocabulary):
    assert set(vocabulary.about("snepshat", 2)) == {"virter", "agentx", "snapshot"} | {
        "utfrecoder",
        "controller",
        "linstor",
    }


def test_nothing_new_leaves_it_as_it_is(vocabulary):
    assert vocabulary.renewed() is vocabulary


def test_older_one_does_not_learn_what_is_new(vocabulary):
    SearchWord.objects.create(word="vmshed")
    newer = vocabulary.renewed()
    assert "vmshed" in newer
    assert "vmshed" in newer.about("vmshd", 1)
    assert "vmshed" not in vocabulary
    assert vocabulary.about("vmshd", 1) == []


def test_word_that_becomes_a_name_is_known_as_one(client):
    make_person("Setid", headline="Made the drbdmon")
    client.get("/projects/")
    assert SearchWord.objects.get(word="drbdmon").name == ""
    before = Vocabulary().renewed()
    Person.objects.update(name="Drbdmon")
    client.get("/projects/")
    assert before["drbdmon"] == ""
    assert before.renewed()["drbdmon"] == "Drbdmon"
