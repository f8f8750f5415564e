"""The list of projects, and how it is narrowed."""

from datetime import UTC, date, datetime

import pytest

from projects.models import Release
from tests.factories import make_project

pytestmark = pytest.mark.django_db

REMOVE = "\N{MULTIPLICATION SIGN} (remove)"
CHOSEN = "\N{MULTIPLICATION SIGN} (chosen, remove)"
ALL = ["LINSTOR GUI", "Virter", "WinDRBD", "agentx"]


def test_whole_list_is_shown_when_nothing_is_asked(projects, shown):
    assert shown("") == ALL


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tag=storage", ["LINSTOR GUI", "Virter"]),
        ("kind=library", ["agentx"]),
        ("language=rust", ["LINSTOR GUI", "agentx"]),
        ("licence=Apache-2.0", ["Virter", "agentx"]),
        ("licence=MIT", ["agentx"]),
        ("licence=unclear", ["LINSTOR GUI", "WinDRBD"]),
        ("product=linstor", ["Virter"]),
        ("status=finished", ["agentx"]),
        ("person=roland-kammerer", ["Virter"]),
        ("upstream=libbpf-rs", ["agentx"]),
        ("q=libvirt", ["Virter"]),
    ],
)
def test_each_parameter_narrows_the_list(projects, shown, query, names):
    assert shown(query) == names
    if not query.startswith("q="):
        assert shown(f"-{query}") == sorted(set(ALL) - set(names))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("tag=storage&tag=testing", ["Virter"]),
        ("language=go&language=rust", ["LINSTOR GUI", "Virter", "agentx"]),
        ("status=finished&status=dormant", ["WinDRBD", "agentx"]),
        ("licence=MIT&licence=GPL-3.0-only", ["LINSTOR GUI", "agentx"]),
        ("licence=MIT&licence=unclear", ["LINSTOR GUI", "WinDRBD", "agentx"]),
        ("product=linstor&product=drbd-reactor", ["LINSTOR GUI", "Virter"]),
        ("language=go&tag=testing", ["Virter"]),
        ("language=rust&language=go&tag=storage&q=libvirt", ["Virter"]),
        ("tag=storage&-language=rust", ["Virter"]),
        ("-tag=storage&-tag=testing", ["WinDRBD"]),
        ("-language=go&-status=dormant", ["agentx"]),
        ("tag=storage&-tag=storage", []),
    ],
)
def test_tags_are_all_required_and_other_values_are_alternatives(projects, shown, query, names):
    assert shown(query) == names


def test_relation_that_tells_no_origin_is_no_way_to_a_project(projects, shown):
    assert shown("product=windrbd-driver") == []


def test_unlisted_person_is_no_way_to_a_project(projects, visit):
    page = visit("/projects/")
    assert "Rui Xu" not in page.one("nav", id="narrow").text
    assert visit("/projects/?person=rui-xu").cards == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=LIBVIRT", ["Virter"]),
        ("q=libvirt+needed", []),
        ("q=libvirt+tests", ["Virter"]),
        ("q=kammerer", ["Virter"]),
        ("q=storage+libvirt", ["Virter"]),
        ("q=copies%09disks", ["WinDRBD"]),
        ("q=copies%C2%A0disks", ["WinDRBD"]),
        ("q=%25", []),
        ("q=_", []),
        ("q=*", []),
        ("q=libvirt+OR+disks", []),
        ("q=%22libvirt%22", ["Virter"]),
        ("q=NEAR(libvirt)", []),
        ("q=%27%3B+DROP+TABLE+projects_project%3B--", []),
        ("q=%5C", []),
        ("q=%3A*", []),
        ("q=%F0%9F%90%A7", []),
        ("q=%D7%A9%D7%9C%D7%95%D7%9D", []),
    ],
)
def test_words_are_looked_for_as_they_are(projects, shown, query, names):
    assert shown(query) == names


# Orders


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Featured", "Fresh", "Aged"]),
        ("name", ["Aged", "Featured", "Fresh"]),
        ("newest", ["Aged", "Fresh", "Featured"]),
        ("released", ["Fresh", "Featured", "Aged"]),
    ],
)
def test_list_comes_in_the_order_that_was_asked_for(visit, sort, names):
    aged = make_project("Aged", published_at=datetime(2024, 3, 1, tzinfo=UTC))
    featured = make_project("Featured", is_featured=True)
    fresh = make_project("Fresh", published_at=datetime(2024, 2, 1, tzinfo=UTC))
    for project, *days in ((fresh, 1, 9), (featured, 5, 6), (aged,)):
        for day in days:
            Release.objects.create(project=project, version=f"v{day}", date=date(2024, 1, day))
    assert visit(f"/projects/?sort={sort}").cards == names


def test_case_does_not_matter_to_the_order_by_name(projects, visit):
    names = visit("/projects/?sort=name").cards
    assert names == ["agentx", "LINSTOR GUI", "Virter", "WinDRBD"]


def test_unknown_order_is_named(projects, visit):
    page = visit("/projects/?sort=random")
    assert page.one(class_="notice").text == "There is no order called “random”."
    assert len(page.cards) == 4


def test_order_stays_chosen_in_the_form(projects, visit):
    options = visit("/projects/?sort=newest").one("select").all("option")
    assert [o["value"] for o in options if "selected" in o.attributes] == ["newest"]


@pytest.mark.parametrize("query", ["", "tag=storage", "language=go&page=1", "-x=y"])
def test_list_of_one_value_is_for_search_engines(projects, visit, query):
    assert visit(f"/projects/?{query}").all("meta", name="robots") == []


@pytest.mark.parametrize(
    "query",
    ["tag=storage&language=go", "q=libvirt", "-tag=storage", "sort=name", "tag=unknown"],
)
def test_deep_and_empty_lists_are_not_for_search_engines(projects, visit, query):
    assert visit(f"/projects/?{query}").meta("robots") == "noindex, follow"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("language=rust&language=go", "?language=go&language=rust"),
        ("-tag=b&tag=a&utm_source=x", "?tag=a&-tag=b"),
        ("q=tag:storage", "?tag=storage"),
        ("q=libvirt+TAG:storage+-language:Rust", "?q=libvirt&tag=storage&-language=rust"),
        ("q=person:%22Roland+Kammerer%22", "?person=roland-kammerer"),
        ("licence=MIT&licence=mit", "?licence=mit"),
        ("q=libvrit", "?q=libvirt"),
        ("page=1", ""),
        ("page=99", ""),
        ("compare=virter&tag=storage", "?tag=storage"),
    ],
)
def test_equal_lists_have_one_address(projects, visit, query, canonical):
    page = visit(f"/projects/?{query}")
    assert page.canonical == f"http://localhost:8000/projects/{canonical}"


def test_title_tells_what_is_asked(projects, visit):
    page = visit("/projects/?q=machines&tag=storage&-language=rust")
    assert page.title.startswith("Projects for “machines”: Storage, not Rust ·")


# Ways on


def test_chip_takes_its_value_away(projects, visit):
    page = visit("/projects/?tag=storage&tag=testing&-language=rust&sort=name")
    chips = page.one("ul", aria_label="Chosen").links()
    assert list(chips) == [
        f"Storage {REMOVE}",
        f"Testing {REMOVE}",
        f"not Rust {REMOVE}",
        "Clear all",
    ]
    assert chips[f"Storage {REMOVE}"] == "?tag=testing&-language=rust&sort=name"
    assert chips[f"not Rust {REMOVE}"] == "?tag=storage&tag=testing&sort=name"
    assert chips["Clear all"] == "/projects/"


def test_last_chip_leads_to_the_whole_list(projects, visit):
    page = visit("/projects/?tag=storage")
    assert page.one("ul", aria_label="Chosen").links()[f"Storage {REMOVE}"] == "."


def test_words_can_be_taken_away_like_what_is_chosen(projects, visit):
    page = visit("/projects/?q=libvirt&tag=storage&sort=name")
    chips = page.one("ul", aria_label="Chosen").links()
    assert list(chips) == [f"“libvirt” {REMOVE}", f"Storage {REMOVE}", "Clear all"]
    assert chips[f"“libvirt” {REMOVE}"] == "?tag=storage&sort=name"


def test_search_box_keeps_the_words_and_what_was_chosen(projects, visit):
    form = visit("/projects/?q=mach&tag=storage&-language=rust").one("form")
    assert form.one("input", name="q")["value"] == "mach"
    hidden = [(i["name"], i["value"]) for i in form.all("input", type="hidden")]
    assert hidden == [("tag", "storage"), ("-language", "rust")]


def test_chosen_value_is_marked_and_taken_back_by_following_it(projects, visit):
    link = visit("/projects/?language=go").main.one("a", aria_current="true")
    assert (link.text, link["href"]) == (f"Go {CHOSEN}", ".")


def test_alternatives_to_a_chosen_value_stay_on_offer(projects, visit):
    facets = visit("/projects/?language=go").one("nav", id="narrow").all("details")
    languages = next(facet for facet in facets if facet.one("summary").text == "Language")
    assert languages.links() == {
        f"Go {CHOSEN}": ".",
        # Those in Go, those in Rust, and the one in both.
        "Rust 3 projects": "?language=go&language=rust",
        "More choices: Language": "/projects/narrow/language/?language=go",
    }


def test_number_beside_a_value_says_what_it_counts(projects, visit):
    narrow = visit("/projects/").one("nav", id="narrow")
    assert "command-line tool 1 project" in narrow.links()


def test_form_is_read_in_the_order_it_is_filled_in(projects, visit):
    controls = visit("/projects/?tag=storage").one("form").all("input", "select", "button")
    seen = [control for control in controls if control.attributes.get("type") != "hidden"]
    assert [control.tag for control in seen] == ["input", "select", "button"]


def test_ways_to_narrow_come_before_what_they_narrow(projects, visit):
    inside = list(visit("/projects/").main)
    form, narrow, results = (
        next(i for i, element in enumerate(inside) if element.attributes.get("id") == name)
        for name in ("q", "narrow", "results")
    )
    assert form < narrow < results


def test_list_in_which_nothing_can_be_chosen_offers_no_choice(db, visit):
    assert visit("/projects/").all("nav", id="narrow") == []


def test_narrowed_list_leads_to_its_own_feed(projects, visit, client):
    page = visit("/projects/?-language=rust&tag=storage&q=libvirt&page=1")
    feed = "/projects.atom?q=libvirt&tag=storage&-language=rust"
    assert page.links()["Follow this list as a feed"] == feed
    feeds = [link["href"] for link in page.all("link", type="application/atom+xml")]
    assert feeds == ["/projects.atom", feed]
    assert "Virter" in client.get(feed).text


def test_whole_list_names_its_feed_once(projects, visit):
    page = visit("/projects/")
    feeds = [link["href"] for link in page.all("link", type="application/atom+xml")]
    assert feeds == ["/projects.atom"]
    assert page.links()["Follow this list as a feed"] == "/projects.atom"
