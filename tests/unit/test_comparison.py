"""What a comparison is, as an address and back."""

from django.http import QueryDict

import pytest

from projects.comparison import MAX, NAME_MAX_LENGTH, Comparison
from projects.filters import ProjectFilters
from projects.similar import BONDS, Similar, rank, shared

AB = Comparison(("a", "b"))


def read(query):
    return Comparison.from_query(QueryDict(query))


def test_address_of_a_comparison_leads_back_to_it():
    comparison = Comparison(("b", "a"), ("Kata & Co", "virsh"), only_differences=True)
    assert comparison.query_string() == (
        "?project=b&project=a&alternative=Kata+%26+Co&alternative=virsh&only=differences"
    )
    assert read(comparison.query_string()[1:]) == comparison


def test_tray_of_a_comparison_leads_back_to_its_entries():
    assert AB.tray_query_string() == "?compare=a&compare=b"
    assert Comparison.from_tray(QueryDict("compare=a&compare=b&project=c")) == AB


def test_comparison_of_nothing_has_no_query():
    assert Comparison().query_string() == Comparison().tray_query_string() == ""
    assert read("") == Comparison()


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("project=b&project=a", ("b", "a")),
        ("project=a&project=b&project=a", ("a", "b")),
        ("project=+a+&project=A&project=B", ("a", "b")),
        ("project=&project=a&project=+", ("a",)),
        ("compare=a", ()),
    ],
)
def test_entries_keep_their_order_and_are_there_once(query, slugs):
    assert read(query).slugs == slugs
    assert read(query).ignored == ()


def test_more_than_five_are_cut_off_and_told():
    comparison = read("&".join(f"project=p{number}" for number in range(500)))
    assert comparison.slugs == ("p0", "p1", "p2", "p3", "p4")
    assert comparison.ignored == ("Only the first 5 entries are compared; 495 left out.",)


def test_other_tools_are_cut_off_on_their_own():
    comparison = read("project=a&" + "&".join(f"alternative=T{number}" for number in range(7)))
    assert comparison.slugs == ("a",)
    assert comparison.alternatives == ("T0", "T1", "T2", "T3", "T4")
    assert comparison.ignored == ("Only the first 5 other tools are compared; 2 left out.",)


@pytest.mark.parametrize("value", ["%00", "a%00b", "a%0ab", "%E2%80%AE", "x" * 10_000])
@pytest.mark.parametrize("name", ["project", "alternative"])
def test_unreadable_names_are_left_out_and_told_once(name, value):
    comparison = read(f"{name}={value}&{name}={value}1&project=a")
    assert comparison.slugs == ("a",)
    assert comparison.alternatives == ()
    assert len(comparison.ignored) == 1
    assert "unreadable, or too long" in comparison.ignored[0]


def test_names_of_the_greatest_length_are_read():
    assert read(f"project={'x' * NAME_MAX_LENGTH}").slugs == ("x" * NAME_MAX_LENGTH,)


@pytest.mark.parametrize(
    ("query", "is_chosen", "is_told"),
    [
        ("only=differences", True, False),
        ("only=", False, False),
        ("only=everything", False, True),
        ("only=everything&only=differences", True, False),
        ("only=%00", False, True),
    ],
)
def test_only_differences_is_the_one_choice_of_rows(query, is_chosen, is_told):
    assert read(query).only_differences is is_chosen
    assert bool(read(query).ignored) is is_told


def test_entry_is_added_at_the_end_once():
    assert AB.adding("c").slugs == ("a", "b", "c")
    assert AB.adding("a") == AB


def test_full_comparison_takes_no_more():
    full = Comparison(tuple("abcde"))
    assert full.is_full
    assert len(full.slugs) == MAX
    assert full.adding("f") == full
    assert not full.removing("c").is_full


def test_entry_is_removed():
    assert AB.removing("a").slugs == ("b",)
    assert AB.removing("x") == AB


def test_entry_takes_the_place_of_another():
    assert AB.replacing("a", "c").slugs == ("c", "b")
    assert AB.replacing("a", "b").slugs == ("b",)


def test_only_known_entries_are_kept():
    assert AB.keeping({"b": 1, "c": 2}).slugs == ("b",)


def test_changes_leave_the_rest_as_it_is():
    comparison = Comparison(("a", "b"), ("virsh",), only_differences=True)
    for changed in (
        comparison.adding("c"),
        comparison.removing("a"),
        comparison.replacing("a", "c"),
        comparison.keeping("a"),
    ):
        assert changed.alternatives == ("virsh",)
        assert changed.only_differences
    assert not comparison.showing(only_differences=False).only_differences
    assert comparison.beside([]).slugs == ("a", "b")


# What the list carries along


def test_filters_keep_what_they_carry_in_every_address_but_not_in_what_they_are():
    filters = ProjectFilters(included=(("tag", "go"),), carried=(("compare", "a"),))
    assert filters.query_string() == "?tag=go&compare=a"
    assert filters.removing("tag", "go").query_string() == "?compare=a"
    assert filters.adding("tag", "c").without("tag").query_string() == "?compare=a"
    assert filters.parameters() == [("tag", "go")]
    assert filters == ProjectFilters(included=(("tag", "go"),))
    assert not filters.removing("tag", "go")


# Likeness

BY_NAME = {bond.facet or bond.same: bond for bond in BONDS}
TAG, PERSON, TOOL = BY_NAME["tag"], BY_NAME["person"], BY_NAME["name"]


def test_what_shares_more_comes_first():
    holders = {(PERSON, "Ada"): {1}, (TAG, "Go"): {2}, (TAG, "C"): {2}, (TOOL, "Vagrant"): {3}}
    assert rank(holders, [1, 2, 3], {1: "One", 2: "Two", 3: "Three"}.__getitem__) == [3, 2, 1]


def test_name_decides_among_equals_whatever_its_case():
    names = {1: "c", 2: "B", 3: "a"}
    assert rank({(TAG, "Go"): {1, 2, 3}}, names, names.__getitem__) == [3, 2, 1]


def test_what_is_left_out_is_not_ranked():
    assert rank({(TAG, "Go"): {1, 2}}, [2], {2: "Two"}.__getitem__) == [2]


def test_no_more_are_ranked_than_are_shown_and_ties_at_the_end_are_decided_by_name():
    holders = {(TAG, "Go"): set(range(20)), (TAG, "C"): {19}}
    names = {number: f"{20 - number:02}" for number in range(20)}
    assert rank(holders, names, names.__getitem__) == [19, 18, 17, 16, 15, 14]


def test_reasons_are_told_by_weight_with_the_names_in_order():
    things = [(PERSON, "Ada"), (TAG, "go"), (TAG, "C"), (TAG, "Rust"), (TOOL, "Vagrant")]
    holders = {**{thing: {1, 2} for thing in things}, (TAG, "BSD"): {2}}
    assert Similar(None, shared(holders, 1)).reasons == [
        "3 shared tags: C, go, Rust.",
        "Replaces the same tool: Vagrant.",
        "Same author: Ada.",
    ]


def test_number_of_things_shared_is_told_for_every_bond():
    for bond in BONDS:
        assert "{" not in bond.reason(["A", "B"])
        assert "2" in bond.reason(["A", "B"])
        assert bond.reason(["A"]).endswith(": A.")
