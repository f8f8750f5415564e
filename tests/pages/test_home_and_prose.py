"""The home page, the prose pages and the page of feeds."""

from datetime import UTC, datetime

import pytest

from tests.factories import (
    make_draft,
    make_kind,
    make_page,
    make_person,
    make_project,
    make_tag,
)

pytestmark = pytest.mark.django_db


# Home


def test_home_page_offers_every_way_in(catalogue, visit):
    make_project("Fresh")
    page = visit("/")
    assert page.headings[0] == "Home"
    sections = {
        "By need": "/collections/virtual-machines/",
        "By product": "/products/linstor/",
        "By tag": "/tags/storage/",
        "By person": "/people/roland-kammerer/",
        "New in the catalogue": "/projects/fresh/",
        "Highlights": "/projects/virter/",
    }
    for heading, address in sections.items():
        assert address in page.section(heading).links().values(), heading


def test_search_on_the_home_page_leads_to_the_list(visit):
    make_project()
    make_draft()
    form = visit("/").one("form")
    assert form["action"] == "/projects/"
    assert form.one("input")["name"] == "q"
    assert form.one("button").text == "Search 1 project"


def test_home_page_without_a_prose_page_is_headed_by_the_tagline(visit, settings):
    settings.SITE_TAGLINE = "What we made on the side"
    page = visit("/")
    assert page.one("h1").text == "What we made on the side"
    assert "The catalogue has no entries yet." in page.main.text


def test_highlights_and_news_are_limited_and_never_the_same(visit):
    for number in range(1, 12):
        make_project(
            f"P{number}", is_featured=True, published_at=datetime(2024, 1, number, tzinfo=UTC)
        )
    page = visit("/")
    assert page.cards == ["P11", "P10", "P9", "P8"]
    news = page.section("New in the catalogue").one("ul").links()
    assert list(news) == ["P7", "P6", "P5", "P4", "P3", "P2"]


def test_catalogue_of_highlights_alone_is_not_empty(visit):
    make_project(is_featured=True)
    page = visit("/")
    assert page.cards == ["Virter"]
    assert "New in the catalogue" not in page.headings
    assert "The catalogue has no entries yet." not in page.main.text


def test_news_have_the_hue_of_their_kind_as_cards_have(visit):
    kinds = [make_kind("helm chart"), make_kind("library")]
    for project in (make_project(is_featured=True), make_project("Fresh")):
        for order, kind in enumerate(kinds):
            project.kind_items.create(kind=kind, order=order)
    monograms = visit("/").main.all("span", class_="monogram")
    assert [monogram["class"] for monogram in monograms] == ["monogram monogram--helm-chart"] * 2


def test_site_is_named_by_its_settings(visit, settings):
    settings.SITE_NAME, settings.BASE_URL = "Workshop", "https://workshop.example"
    make_project()
    page = visit("/projects/virter/")
    assert page.title.endswith(" · Workshop")
    assert page.one("a", class_="brand").text == "Workshop"
    assert page.canonical == "https://workshop.example/projects/virter/"


# Prose


def test_prose_page_shows_its_text_and_its_neighbours(visit):
    make_page("About", order=1)
    make_page("Giving back", body="## Money\n\nHelps *much*.", order=2)
    page = visit("/about/giving-back/")
    assert page.headings[:2] == ["Giving back", "Money"]
    assert page.main.one("em").text == "much"
    nav = page.one("nav", aria_label="About")
    assert nav.links() == {"About": "/about/", "Giving back": "/about/giving-back/"}
    assert nav.one("a", aria_current="page").text == "Giving back"
    assert "Last changed" in page.main.text


def test_pages_with_an_address_of_their_own_have_no_second_one(visit):
    make_page("Home")
    make_page("About")
    visit("/about/home/", status=404)
    visit("/about/about/", status=404)
    assert visit("/about/").one("h1").text == "About"


def test_home_text_is_no_neighbour_of_the_other_pages(visit):
    make_page("Home")
    make_page("About")
    assert "Home" not in visit("/about/").one("nav", aria_label="About").links()


def test_every_page_leads_to_the_one_about_the_catalogue(visit):
    make_page("About")
    for label in ("Main", "More"):
        assert "/about/" in visit("/feeds/").one("nav", aria_label=label).links().values()


def test_prose_page_that_is_not_there_is_not_linked(visit):
    make_page("Giving back")
    for address in ("/", "/feeds/", "/about/giving-back/"):
        assert "/about/" not in visit(address).links().values()


# Feeds


def test_every_feed_can_be_found(visit):
    project = make_project()
    project.tag_items.create(tag=make_tag())
    make_draft()
    make_person()
    links = visit("/feeds/").main.links()
    assert set(links.values()) - {"/"} == {
        "/projects.atom",
        "/releases.atom",
        "/changelog.atom",
        "/projects/virter/feed.atom",
        "/tags/storage/feed.atom",
    }
