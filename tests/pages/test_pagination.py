"""The list of projects in pages."""

import pytest

from people.lists import ForgivingListView
from tests.factories import make_project

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 2)
    for number in range(1, 6):
        make_project(f"Number {number}", need="Odd." if number % 2 else "Even.")


def test_list_is_shown_in_pages(many, visit):
    first = visit("/projects/?sort=name")
    assert first.cards == ["Number 1", "Number 2"]
    assert first.one("h2", id="count").text == "5 projects"
    second = visit("/projects/" + first.one("a", rel="next")["href"])
    assert second.cards == ["Number 3", "Number 4"]
    last = visit("/projects/" + second.one("a", rel="next")["href"])
    assert last.cards == ["Number 5"]
    assert last.all("a", rel="next") == []
    assert "Page 3 of 3" in last.text
    assert visit("/projects/" + last.one("a", rel="prev")["href"]).cards == second.cards


def test_way_back_to_the_first_page_is_the_address_without_a_page(many, visit):
    page = visit("/projects/?page=2&sort=name")
    assert page.one("a", rel="prev")["href"] == "?sort=name"


def test_way_back_to_the_first_page_of_the_whole_list_leads_there(many, visit):
    link = visit("/projects/?page=2").one("a", rel="prev")
    assert "Page 1 of 3" in visit(f"/projects/{link['href']}").text
    # An empty reference means this very page again.
    assert link["href"]


def test_pages_keep_what_was_chosen(many, visit):
    link = visit("/projects/?q=Odd&sort=name").one("a", rel="next")
    assert visit(f"/projects/{link['href']}").cards == ["Number 5"]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("0", 3),
        ("-1", 3),
        ("999999", 3),
        ("9" * 5000, 1),
        ("abc", 1),
        ("last", 1),
        ("", 1),
        ("2.0", 1),
        ("1e1", 1),
        ("%00", 1),
        ("%D9%A2", 2),
        ("1", 1),
    ],
)
def test_page_that_does_not_exist_shows_one_that_does(many, visit, asked, number):
    page = visit(f"/projects/?page={asked}")
    assert f"Page {number} of 3" in page.text
    query = f"?page={number}" if number > 1 else ""
    assert page.canonical == f"{BASE_URL}/projects/{query}"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("page=1", ""),
        ("page=2", "?page=2"),
        ("sort=name&page=2", "?sort=name&page=2"),
        ("language=go&tag=b&tag=a&tag=b", "?tag=a&tag=b&language=go"),
        ("tag=A&-tag=B&q=+x++y+", "?q=x+y&tag=a&-tag=b"),
        ("sort=nonsense&unknown=1", ""),
        ("tag=", ""),
    ],
)
def test_equal_lists_have_one_address(many, visit, query, canonical):
    assert visit(f"/projects/?{query}").canonical == f"{BASE_URL}/projects/{canonical}"


def test_pages_have_titles_of_their_own(many, visit):
    titles = {visit(f"/projects/?page={number}").title for number in (1, 2, 3)}
    assert len(titles) == 3
