"""What a visitor asks for, as a value, and its way back into an address."""

from dataclasses import replace

from django.http import QueryDict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.facets import FACETS
from projects.filters import (
    SORTS,
    TEXT_MAX_LENGTH,
    VALUE_MAX_LENGTH,
    VALUES_MAX,
    ProjectFilters,
)
from projects.search.query import WORDS_MAX

NAMES = ["q", "sort", "page", *FACETS, *(f"-{name}" for name in FACETS)]


def read(query):
    return ProjectFilters.from_query(QueryDict(query))


def test_nothing_asked_is_false_and_has_no_query_string():
    filters = read("")
    assert not filters
    assert filters.query_string() == ""
    assert filters.parameters() == []


@pytest.mark.parametrize("query", ["q=x", "tag=a", "-status=active"])
def test_anything_asked_is_true(query):
    assert read(query)


def test_order_alone_narrows_nothing():
    assert not read("sort=name")
    assert read("sort=name").query_string() == "?sort=name"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("tag=b&tag=a", "?tag=a&tag=b"),
        ("language=go&kind=library", "?kind=library&language=go"),
        ("-tag=a&tag=b", "?tag=b&-tag=a"),
        ("sort=name&q=x", "?q=x&sort=name"),
        ("tag=A&tag=a", "?tag=a"),
        ("licence=MIT", "?licence=mit"),
        ("q=+a%09b%0Ac+", "?q=a+b+c"),
        ("q=a&q=b", "?q=b"),
        ("tag=&q=&sort=", ""),
        ("page=2&unknown=1", ""),
        ("q=%26%3D%3F", "?q=%26%3D%3F"),
        ("q=%C3%A4", "?q=%C3%A4"),
    ],
)
def test_equal_questions_have_one_canonical_address(query, canonical):
    assert read(query).query_string() == canonical


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("q=tag:storage", "?tag=storage"),
        ("q=a+TAG:Storage+b&tag=arm", "?q=a+b&tag=arm&tag=storage"),
        ("q=-language:go", "?-language=go"),
        ("q=person:%22Ada+Lovelace%22", "?person=ada-lovelace"),
        ("q=tag:", "?q=tag%3A"),
        ("q=http:storage", "?q=http%3Astorage"),
        ("q=xtag:storage", "?q=xtag%3Astorage"),
        ("q=tag:%22arm%22tag:storage", "?tag=arm&tag=storage"),
    ],
)
def test_choice_that_is_typed_is_a_choice(query, canonical):
    assert read(query).query_string() == canonical


@pytest.mark.parametrize("query", ["", "tag=a", "language=go&page=2&unknown=x"])
def test_list_of_one_value_is_not_deep(query):
    assert not read(query).is_deep


@pytest.mark.parametrize("query", ["q=x", "tag=a&tag=b", "-tag=a", "tag=a&kind=b", "sort=name"])
def test_list_of_anything_more_is_deep(query):
    assert read(query).is_deep


def test_what_is_carried_is_in_every_link_but_not_in_the_canonical_address():
    filters = replace(read("tag=a"), carried=(("compare", "virter"),))
    assert filters.query_string() == "?tag=a&compare=virter"
    assert filters.removing("tag", "a").query_string() == "?compare=virter"
    assert filters.canonical_query_string() == "?tag=a"


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=130)), max_size=50))
def test_canonical_address_asks_the_same_again(pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    filters = ProjectFilters.from_query(query)
    again = read(filters.query_string().removeprefix("?"))
    assert again == filters
    assert again.ignored == ()
    assert again.query_string() == filters.query_string()


TYPED = ["tag:", "-", 'tag:"a"', "person:", "language:go", '"', " ", "Ada", "\u2003", "\0", "é"]


@pytest.mark.django_db
@given(st.lists(st.sampled_from(TYPED), max_size=30).map("".join))
def test_whatever_is_typed_its_canonical_address_asks_the_same_again(text):
    filters = ProjectFilters.from_query({"q": [text]})
    assert read(filters.query_string().removeprefix("?")) == filters


@given(st.binary(max_size=300))
def test_any_bytes_are_read(query):
    read(query.decode("latin-1"))


def test_any_mapping_of_lists_is_read_like_a_query():
    assert ProjectFilters.from_query({"tag": ["b", "a"], "q": ["x"]}) == read("q=x&tag=a&tag=b")


def test_lone_surrogate_is_read():
    assert ProjectFilters.from_query({"q": ["a\ud800b"]}).q == "ab"


def test_values_are_told_apart_by_facet_and_by_sign():
    filters = read("tag=a&-tag=b&language=a")
    assert filters.values("tag") == ["a"]
    assert filters.values("tag", excluded=True) == ["b"]
    assert filters.values("language") == ["a"]
    assert filters.values("kind") == []


def test_adding_a_value_that_was_excluded_takes_the_exclusion_away():
    assert read("-tag=a&tag=b").adding("tag", "a") == read("tag=a&tag=b")


def test_adding_a_value_twice_changes_nothing():
    filters = read("tag=a&tag=b")
    assert filters.adding("tag", "a") == filters


FEW = st.sampled_from("abc")
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES[3:]), FEW), max_size=8)


@given(PAIRS, st.sampled_from([*FACETS]), FEW)
def test_links_that_add_a_value_are_those_of_the_filters_with_it(pairs, facet, value):
    query = QueryDict("q=x+y&sort=name", mutable=True)
    for name, chosen in pairs:
        query.appendlist(name, chosen)
    filters = replace(ProjectFilters.from_query(query), carried=(("compare", "virter"),))
    assert filters.adder(facet)(value) == filters.adding(facet, value).query_string()


def test_removing_a_value_removes_it_only_where_it_is():
    filters = read("tag=a&language=a&-status=a")
    assert filters.removing("tag", "a") == read("language=a&-status=a")
    assert filters.removing("status", "a") == read("tag=a&language=a")
    assert filters.removing("kind", "a") == filters


def test_without_a_facet_what_is_excluded_stays():
    assert read("tag=a&tag=b&-tag=c&q=x").without("tag") == read("-tag=c&q=x")


def test_words_are_cut_at_a_length_and_that_is_said():
    filters = read("q=" + "x" * (TEXT_MAX_LENGTH + 1))
    assert filters.q == "x" * TEXT_MAX_LENGTH
    assert filters.ignored == ("Only the first 20 words, up to 200 characters, were used.",)


def test_so_many_words_are_used_and_no_more():
    assert read("q=" + "+".join("x" * WORDS_MAX)).ignored == ()
    filters = read("q=" + "+".join("abcdefghijklmnopqrstuvwxyz"))
    assert filters.q == "a b c d e f g h i j k l m n o p q r s t"
    assert len(filters.ignored) == 1


def test_long_value_is_left_out_and_that_is_said():
    filters = read("tag=" + "x" * (VALUE_MAX_LENGTH + 1))
    assert not filters
    assert filters.ignored == (
        "A value of “tag” was left out: unreadable, too long, or one too many.",
    )


def test_so_many_values_are_taken_and_no_more():
    query = "&".join(f"tag=t{number}" for number in range(VALUES_MAX))
    assert read(query).ignored == ()
    # One that is there already is none too many.
    assert read(f"{query}&tag=t0").ignored == ()
    filters = read(f"{query}&tag=more")
    assert len(filters.included) == VALUES_MAX
    assert len(filters.ignored) == 1


@pytest.mark.parametrize("query", ["q=%00", "tag=%E2%80%AE", "-tag=%07"])
def test_unreadable_value_is_left_out_and_that_is_said(query):
    filters = read(query)
    assert not filters
    assert len(filters.ignored) == 1


def test_unprintable_signs_are_taken_out_of_words():
    assert read("q=vir%00ter").q == "virter"
    assert read("tag=vir%E2%80%AEter").values("tag") == ["virter"]


@pytest.mark.parametrize("sort", SORTS)
def test_each_order_is_known(sort):
    filters = read(f"sort={sort}")
    assert filters.sort == sort
    assert filters.ignored == ()


def test_unknown_order_is_the_usual_one_and_that_is_said():
    filters = read("sort=" + "x" * 100)
    assert filters.sort == ""
    assert filters.ignored == (f"There is no order called “{'x' * 40}”.",)


def test_filters_are_values():
    assert {read("tag=a&tag=b"), read("tag=b&tag=a")} == {read("tag=a&tag=b")}
