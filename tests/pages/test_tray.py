"""The tray above the cards of a page, in which entries are gathered for a comparison."""

from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from people.lists import ForgivingListView
from projects.models import ProjectLanguage
from tests.factories import make_draft, make_language, make_project

from ..catalogue import CARDS, PAGES
from .comparisons import notices

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"
REMOVE_OTHER = "Other 1 \N{MULTIPLICATION SIGN} (remove)"
UNUSABLE = [
    ("compare=nothing", "Nothing here is called “nothing”: it is not compared."),
    ("compare=secret", "Nothing here is called “secret”: it is not compared."),
    ("compare=%00", "A name among the entries was left out: unreadable, or too long."),
    (
        "&".join(f"compare=n{number}" for number in range(500)),
        "Only the first 5 entries are compared; 495 left out.",
    ),
]
everywhere = pytest.mark.parametrize("address", [PAGES[name] for name in CARDS])


@pytest.fixture
def pair():
    return make_project("Virter"), make_project("vmshed")


def gathered(page):
    """Return the slugs that the tray sends to the comparison."""
    (href,) = (link["href"] for link in page.one("aside", class_="tray").all("a", class_="button"))
    return href.removeprefix("/compare/?project=").split("&project=")


# On every page with cards


@everywhere
def test_first_choice_brings_the_tray_and_changes_nothing_else(catalogue, visit, address):
    plain = visit(address)
    link = plain.main.links()["Compare Other 1"]
    assert link == "?compare=other-1#tray"
    page = visit(address + link)
    assert page.problems == []
    assert page.one("aside", class_="tray").all(id="tray")
    assert gathered(page) == ["other-1"]
    assert page.cards == plain.cards
    assert page.title == plain.title


@everywhere
def test_tray_takes_more_and_gives_back_where_it_is(catalogue, visit, address):
    page = visit(f"{address}?compare=successor")
    link = page.main.links()["Add to comparison: Other 1"]
    assert link == "?compare=successor&compare=other-1#tray"
    page = visit(address + link)
    card = page.section("Other 1")
    assert "In your comparison" in card.text
    assert not [text for text in card.links() if "ompar" in text]
    tray = page.one("aside", class_="tray")
    assert tray.links()[REMOVE_OTHER] == "?compare=successor#tray"
    assert tray.links()["Compare these 2"] == "/compare/?project=successor&project=other-1"


@everywhere
def test_last_one_taken_out_leaves_the_page_as_it_was(catalogue, client, visit, address):
    tray = visit(f"{address}?compare=other-1").one("aside", class_="tray")
    link = tray.links()[REMOVE_OTHER]
    assert client.get(address + link).content == client.get(address).content


@everywhere
def test_tray_stands_right_before_the_cards_in_the_outline(catalogue, visit, address):
    page = visit(f"{address}?compare=other-1")
    names = page.headings
    assert names.index("Your comparison") < names.index(page.cards[0])
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4")]
    assert [step for step in pairwise(levels) if step[1] > step[0] + 1] == []


@everywhere
def test_page_with_a_tray_is_not_indexed_and_has_the_plain_address(catalogue, visit, address):
    page = visit(f"{address}?compare=other-1")
    assert page.meta("robots") == "noindex, nofollow"
    assert page.canonical == f"{BASE_URL}{address}"
    assert visit(address).all("meta", name="robots") == []


@everywhere
def test_each_entry_is_gathered_once(catalogue, visit, address):
    page = visit(f"{address}?compare=other-1&compare=OTHER-1&compare=&compare=+other-1")
    assert gathered(page) == ["other-1"]
    assert notices(page) == []


@everywhere
def test_full_tray_takes_no_more_anywhere(catalogue, visit, address):
    slugs = [make_project(f"Number {number}").slug for number in range(5)]
    page = visit(f"{address}?{'&'.join(f'compare={slug}' for slug in slugs)}&compare=other-1")
    assert gathered(page) == slugs
    assert notices(page) == ["Only the first 5 entries are compared; 1 left out."]
    assert "No more than five fit side by side." in page.one("aside", class_="tray").text
    assert not [text for text in page.main.links() if text.startswith("Add ")]


@everywhere
@pytest.mark.parametrize(("query", "sentence"), UNUSABLE)
def test_page_tells_what_cannot_be_gathered(catalogue, visit, address, query, sentence):
    make_draft()
    page = visit(f"{address}?{query}")
    assert sentence in notices(page)
    assert page.all("aside", class_="tray") == []
    assert page.main.links()["Compare Other 1"] == "?compare=other-1#tray"


@everywhere
def test_tray_costs_one_query_whatever_is_in_it(catalogue, client, address):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    # Who comes first after a write brings the search up to it, once for all.
    client.get("/projects/")
    plain = queries(address)
    assert queries(f"{address}?compare=virter") == plain + 1
    assert queries(f"{address}?compare=virter&compare=other-1") == plain + 1


# From one list to another


@pytest.mark.parametrize(
    ("address", "text", "href"),
    [
        *(
            (PAGES[name], "Add more from the list of all projects", "/projects/?compare=virter")
            for name in CARDS
            if name != "project_list"
        ),
        ("/tags/storage/", "Narrow this list further", "/projects/?tag=storage&compare=virter"),
        ("/tags/storage/", "Tag Other 1 1 1", "/tags/tag-other-1-1/?compare=virter"),
    ],
)
def test_tray_goes_along_to_other_lists(catalogue, visit, address, text, href):
    assert visit(f"{address}?compare=virter").main.links()[text] == href
    assert gathered(visit(href)) == ["virter"]


def test_tray_goes_along_when_something_is_looked_for_from_home(catalogue, visit):
    fields = visit("/?compare=virter&compare=other-1").one("form").all("input", type="hidden")
    assert [(field["name"], field["value"]) for field in fields] == [
        ("compare", "virter"),
        ("compare", "other-1"),
    ]


# On the list of projects


def test_entry_leads_to_a_comparison(pair, visit):
    header = visit("/projects/virter/").one("header", class_="entry__header")
    assert header.links()["Compare"] == "/compare/?project=virter"


def test_list_shows_what_is_gathered_and_takes_more(pair, visit):
    make_project("Third")
    page = visit("/projects/?compare=vmshed&compare=virter")
    tray = page.one("aside", class_="tray")
    assert [link.text.split()[0] for link in tray.one("ul").all("a")] == ["vmshed", "Virter"]
    assert list(tray.links().values()) == [
        "?compare=virter#tray",
        "?compare=vmshed#tray",
        "/compare/?project=vmshed&project=virter",
    ]
    assert "Compare these 2" in tray.links()
    assert page.main.links()["Add to comparison: Third"] == (
        "?compare=vmshed&compare=virter&compare=third#tray"
    )
    assert page.main.text.count("In your comparison") == 2
    assert "Compare Third" not in page.main.links()


def test_one_in_the_tray_can_be_compared_with_what_is_like_it(pair, visit):
    tray = visit("/projects/?compare=virter").one("aside", class_="tray")
    assert tray.links()["Compare it"] == "/compare/?project=virter"


def test_tray_stays_through_everything_on_the_list(pair, visit, monkeypatch):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 1)
    language = make_language("Go")
    for project in pair:
        ProjectLanguage.objects.create(project=project, language=language)
    page = visit("/projects/?language=go&sort=name&compare=virter")
    kept = [
        *page.one("nav", id="narrow").links().values(),
        *page.one("ul", aria_label="Chosen").links().values(),
        page.one("a", rel="next")["href"],
        *(href for text, href in page.main.links().items() if text.startswith("Add to")),
    ]
    assert len(kept) >= 4
    assert [href for href in kept if "compare=virter" not in href] == []
    fields = page.one("form").all("input", type="hidden")
    assert ("compare", "virter") in [(field["name"], field["value"]) for field in fields]


@pytest.mark.parametrize(
    ("gathered", "text"), [("", "Compare vmshed"), ("&compare=virter", "Add to comparison: vmshed")]
)
def test_adding_from_a_narrowed_page_stays_there(pair, visit, monkeypatch, gathered, text):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 1)
    page = visit(f"/projects/?q=machines&sort=name&page=2{gathered}")
    link = page.main.links()[text]
    assert link == f"?q=machines&sort=name&page=2{gathered}&compare=vmshed#tray"
    assert visit(f"/projects/{link}").cards == page.cards


@pytest.mark.parametrize("gathered", ["", "&compare=virter"])
def test_adding_from_a_corrected_list_stays_on_what_was_found(pair, visit, gathered):
    page = visit(f"/projects/?q=machnies{gathered}&utm_source=x")
    (link,) = (href for text, href in page.main.links().items() if "vmshed" in text and "#" in href)
    assert link == f"?q=machines{gathered}&compare=vmshed#tray"
    assert visit(f"/projects/{link}").cards == page.cards


def test_nothing_that_was_gathered_goes_where_the_list_is_empty(pair, visit):
    page = visit("/projects/?status=finished&compare=virter")
    assert page.main.links()["See all projects"] == "/projects/?compare=virter"


def test_tray_changes_neither_the_list_nor_its_address(pair, visit):
    page = visit("/projects/?compare=virter&sort=name")
    assert page.cards == ["Virter", "vmshed"]
    assert page.canonical == f"{BASE_URL}/projects/?sort=name"
    assert page.meta("robots") == "noindex, nofollow"


@pytest.mark.parametrize(("query", "sentence"), UNUSABLE)
def test_tray_tells_what_it_cannot_take(pair, visit, query, sentence):
    page = visit(f"/projects/?sort=name&{query}")
    assert sentence in notices(page)
    assert page.cards == ["Virter", "vmshed"]
    assert page.all("aside", class_="tray") == []
