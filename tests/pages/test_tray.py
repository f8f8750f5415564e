"""The tray above the list, in which entries are gathered for a comparison."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from people.lists import ForgivingListView
from projects.models import ProjectLanguage
from tests.factories import make_language, make_project

from ..catalogue import make_catalogue

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"


@pytest.fixture
def pair():
    return make_project("Virter"), make_project("vmshed")


def notices(page):
    return [notice.text for notice in page.all("p", class_="notice")]


def test_every_card_leads_to_a_comparison(visit):
    make_catalogue()
    pages = ("/projects/", "/tags/storage/", "/collections/virtual-machines/")
    for address in (*pages, "/products/linstor/", "/people/roland-kammerer/", "/"):
        links = visit(address).main.links()
        assert links["Compare Other 1"] == "/compare/?project=other-1", address


def test_entry_leads_to_a_comparison(pair, visit):
    header = visit("/projects/virter/").one("header", class_="entry__header")
    assert header.links()["Compare"] == "/compare/?project=virter"


def test_list_shows_what_is_gathered_and_takes_more(pair, visit):
    make_project("Third")
    page = visit("/projects/?compare=vmshed&compare=virter")
    tray = page.one("aside", class_="tray")
    assert [link.text.split()[0] for link in tray.one("ul").all("a")] == ["vmshed", "Virter"]
    assert list(tray.links().values()) == [
        "?compare=virter",
        "?compare=vmshed",
        "/compare/?project=vmshed&project=virter",
    ]
    assert "Compare these 2" in tray.links()
    assert page.main.links()["Add to comparison: Third"] == (
        "?compare=vmshed&compare=virter&compare=third"
    )
    assert page.main.text.count("In your comparison") == 2
    assert "Compare Third" not in page.main.links()


def test_last_one_taken_out_leaves_the_plain_list(pair, visit):
    link = visit("/projects/?compare=virter").one("aside", class_="tray").all("a")[0]
    page = visit(f"/projects/{link['href']}")
    assert page.all("aside", class_="tray") == []
    assert page.main.links()["Compare Virter"] == "/compare/?project=virter"


def test_one_in_the_tray_can_be_compared_with_what_is_like_it(pair, visit):
    tray = visit("/projects/?compare=virter").one("aside", class_="tray")
    assert tray.links()["Compare it"] == "/compare/?project=virter"


def test_full_tray_takes_no_more(visit):
    for number in range(6):
        make_project(f"Number {number}")
    page = visit("/projects/?" + "&".join(f"compare=number-{number}" for number in range(5)))
    assert "No more than five fit side by side." in page.one("aside", class_="tray").text
    assert not [text for text in page.main.links() if text.startswith("Add to comparison")]


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


def test_adding_from_a_narrowed_page_stays_there(pair, visit, monkeypatch):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 1)
    page = visit("/projects/?q=machines&sort=name&page=2&compare=virter")
    link = page.main.links()["Add to comparison: vmshed"]
    assert link == "?q=machines&sort=name&page=2&compare=virter&compare=vmshed"
    assert visit(f"/projects/{link}").cards == page.cards


def test_nothing_that_was_gathered_goes_where_the_list_is_empty(pair, visit):
    page = visit("/projects/?status=finished&compare=virter")
    assert page.main.links()["See all projects"] == "/projects/?compare=virter"


def test_tray_changes_neither_the_list_nor_its_address(pair, visit):
    page = visit("/projects/?compare=virter&sort=name")
    assert page.cards == ["Virter", "vmshed"]
    assert page.canonical == f"{BASE_URL}/projects/?sort=name"
    assert page.meta("robots") == "noindex, nofollow"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("compare=nothing", "Nothing here is called “nothing”: it is not compared."),
        ("compare=%00", "A name among the entries was left out: unreadable, or too long."),
        (
            "&".join(f"compare=n{number}" for number in range(500)),
            "Only the first 5 entries are compared; 495 left out.",
        ),
    ],
)
def test_tray_tells_what_it_cannot_take(pair, visit, query, sentence):
    page = visit(f"/projects/?sort=name&{query}")
    assert sentence in notices(page)
    assert page.cards == ["Virter", "vmshed"]
    assert page.all("aside", class_="tray") == []


def test_tray_costs_one_query_whatever_is_in_it(pair, client):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    # Who comes first after a write brings the search up to it, once for all.
    client.get("/projects/")
    plain = queries("/projects/")
    assert queries("/projects/?compare=virter") == plain + 1
    assert queries("/projects/?compare=virter&compare=vmshed") == plain + 1
