"""A list in which there is nothing says why, and leads to the nearest one with something in it."""

import re
from urllib.parse import urljoin

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty(projects, visit):
    """Open a list that must be empty; every way out must find what it counts."""

    def empty(query):
        page = visit(f"/projects/?{query}")
        assert page.cards == []
        assert page.one("h2", id="count").text.startswith("0 projects")
        for way in page.all("ul", class_="ways-out"):
            for item in way.all("li"):
                behind = visit(urljoin("/projects/", item.one("a")["href"]))
                count = re.match(r"\d+", behind.one("h2", id="count").text)[0]
                assert count != "0"
                assert item.one("span").text.split()[0] == count
        return page

    return empty


def ways(page):
    return {
        item.text: item.one("a")["href"]
        for found in page.all("ul", class_="ways-out")
        for item in found.all("li")
    }


def test_single_word_that_is_nowhere_is_told(empty):
    page = empty("q=zzzqqq")
    assert "Nothing in any entry matches “zzzqqq”." in page.main.text
    assert ways(page) == {}
    assert page.main.links()["See all projects"] == "/projects/"


def test_word_that_is_in_the_way_can_be_left_out(empty):
    page = empty("q=libvirt+zzzqqq")
    assert "No entry has all of the words “libvirt zzzqqq”." in page.main.text
    assert ways(page) == {"Look only “libvirt” 1 project": "?q=libvirt"}


def test_phrase_is_left_out_as_a_whole(empty):
    page = empty('q=libvirt+"zzz+qqq"')
    assert ways(page) == {"Look only “libvirt” 1 project": "?q=libvirt"}


def test_words_that_fit_but_not_with_what_is_chosen_are_counted(empty):
    page = empty("q=machines&status=dormant")
    assert "3 projects fit “machines”, but none of them what else you chose." in page.main.text
    assert ways(page) == {
        "Look without dormant 3 projects": "?q=machines",
        "Look without “machines” 1 project": "?status=dormant",
    }


def test_one_project_that_fits_the_words_only_is_told(empty):
    page = empty("q=libvirt&language=rust&-tag=testing")
    assert "One project fits “libvirt”, but not what else you chose." in page.main.text
    assert "Look only “libvirt” 1 project" in ways(page)


def test_choices_alone_are_offered_where_the_words_are_nowhere(empty):
    page = empty("q=zzzqqq&language=rust")
    assert ways(page) == {"Look without “zzzqqq” 2 projects": "?language=rust"}


def test_tags_that_never_meet_lead_to_tags_that_do(empty, visit):
    page = empty("tag=storage&tag=testing&language=rust")
    assert "No project fits all of this." in page.main.text
    assert ways(page) == {
        "Look without Rust 1 project": "?tag=storage&tag=testing",
        "Look without Storage 1 project": "?tag=testing&language=rust",
        "Look without Testing 1 project": "?tag=storage&language=rust",
    }
    pair = page.main.links()["Storage and Testing 1"]
    assert visit(f"/projects/{pair}").cards == ["Virter"]


def test_unknown_value_can_be_left_out(empty):
    page = empty("tag=qqqq&language=go")
    assert ways(page) == {"Look without qqqq 2 projects": "?language=go"}


def test_what_was_excluded_can_be_let_in_again(empty):
    page = empty("-status=active&-status=finished&-status=dormant")
    assert ways(page) == {
        "Look active let in again 2 projects": "?-status=dormant&-status=finished",
        "Look dormant let in again 1 project": "?-status=active&-status=finished",
        "Look finished let in again 1 project": "?-status=active&-status=dormant",
    }


def test_what_is_gathered_to_compare_goes_along(empty):
    page = empty("tag=storage&language=rust&status=dormant&compare=virter")
    assert ways(page)
    assert {href for href in ways(page).values() if "compare=virter" not in href} == set()


def test_signs_that_are_no_words_are_told(empty):
    page = empty("q=%25")
    assert page.one(class_="notice").text == "“%” has no word that could be searched for."


def test_empty_catalogue_says_so(db, visit):
    page = visit("/projects/?tag=x")
    assert page.cards == []
    assert page.problems == []
    assert "The catalogue has no entries yet." in visit("/projects/").main.text
