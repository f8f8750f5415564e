"""What a visitor types is understood, and nothing in it is an operator to a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.search.query import WORDS_MAX, parse, take_fields


def test_all_words_are_terms():
    assert len(parse("block storage").terms) == 2


def test_a_phrase_is_one_term_whose_words_stand_together():
    [term] = parse('"empty unions"').terms
    assert term.sequences == (("empti", "union"),)


def test_a_word_with_a_minus_is_excluded():
    query = parse("storage -windows")
    assert [term.sequences for term in query.excluded] == [(("window",),)]


def test_only_the_last_word_may_be_unfinished():
    assert [term.prefix for term in parse("block sto").terms] == ["", "sto"]


def test_fields_are_taken_out_of_the_text():
    text, fields = take_fields('tag:"C++" snmp -language:go')
    assert (text, fields) == ("snmp", [("tag", "C++", False), ("language", "go", True)])


def test_a_colon_that_begins_no_field_is_text():
    assert take_fields("std::map") == ("std::map", [])


def test_words_beyond_the_limit_are_told():
    query = parse("word " * (WORDS_MAX + 1))
    assert (len(query.terms), len(query.ignored)) == (WORDS_MAX, 1)


@pytest.mark.parametrize(
    "text", ["", "  ", "* ( ) NEAR", '"', '""', "-", "--", "🦀", "\0", "' OR 1=1"]
)
def test_any_text_gives_a_query(text):
    query = parse(text)
    for operator in ("*", "(", "'", '"', "-"):
        stems = [stem for term in query.terms for sequence in term.sequences for stem in sequence]
        assert operator not in "".join(stems)


TYPED = st.text(max_size=80) | st.text("\"'*()-:&|!<>{}^~\\% aB1ä\0", max_size=80)


@given(TYPED)
def test_nothing_that_is_typed_is_an_operator_to_a_database(text):
    query = parse(text)
    terms = query.terms + query.excluded
    stems = {stem for term in terms for sequence in term.sequences for stem in sequence}
    words = "".join(stems | {term.prefix for term in terms} | {query.joined})
    assert not set(words) & set("\"'*()-:&|!<>{}^~\\% \0")
