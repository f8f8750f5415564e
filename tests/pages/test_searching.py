"""What the list tells a visitor who types words."""

import pytest

from tests.factories import make_product, make_project, make_tag

pytestmark = pytest.mark.django_db


def notices(page):
    return [notice.text for notice in page.all("p", class_="notice")]


def test_nearest_words_are_used_where_nothing_is_found_and_that_is_said(projects, visit):
    page = visit("/projects/?q=libvrit&language=go")
    assert page.cards == ["Virter"]
    assert notices(page) == ["Nothing matches “libvrit”. Showing results for libvirt."]
    assert page.one("input", name="q")["value"] == "libvirt"
    assert page.one("h2", id="count").text == "1 project for “libvirt”"


def test_nearest_words_that_do_not_fit_the_choices_lead_out(projects, visit):
    page = visit("/projects/?q=libvrit&status=dormant")
    assert notices(page) == ["Nothing matches “libvrit”. Showing results for libvirt."]
    assert "One project fits “libvirt”, but not what else you chose." in page.main.text
    assert "Look without dormant" in page.main.links()


def test_words_that_find_little_lead_to_those_that_find_more(visit):
    make_project("One", tagline="Reads logfiles.")
    make_project("Other", status="dormant")
    for name in ("Logz", "logzip", "logzoom"):
        make_project(name, status="finished")
    page = visit("/projects/?q=logf")
    assert page.cards == ["One"]
    assert notices(page) == ["Did you mean Logz?"]
    assert len(visit(page.one("p", class_="notice").one("a")["href"]).cards) == 3
    kept = visit("/projects/?q=logf&-status=dormant&sort=name").one("p", class_="notice").one("a")
    assert kept["href"] == "/projects/?q=Logz&-status=dormant&sort=name"
    # Where the other words find nothing among what is chosen, they lead nowhere.
    assert notices(visit("/projects/?q=logf&status=active")) == []


def test_few_wrong_words_are_mended_and_many_are_left_alone(visit):
    make_project("Tool", tagline="Replicates volumes between distant machines quickly.")
    four = "replcates volmues betwen distnat"
    assert visit(f"/projects/?q={four}").cards == ["Tool"]
    page = visit(f"/projects/?q={four} machnies")
    assert (page.cards, notices(page)) == ([], [])


def test_what_was_typed_is_never_html(projects, visit):
    page = visit("/projects/?q=<b>libvirt</b>")
    assert page.problems == []
    assert page.all("b") == []


def test_other_things_are_found_in_groups_of_their_own(visit):
    make_product("Replicator", tagline="Copies.")
    make_project("Chart", tagline="Installs the replicator.").tags.add(make_tag("replicator"))
    groups = visit("/projects/?q=replicator").one("dl", class_="elsewhere")
    assert {group.text: group.one("a")["href"] for group in groups.all("div")} == {
        "Products Replicator": "/products/replicator/",
        "Tags replicator": "/tags/replicator/",
    }


@pytest.mark.parametrize(
    ("query", "beginning"),
    [
        ("", "What the editors highlight comes first, then the entries that were edited last."),
        ("q=machines", "Entries with your words in the name come first,"),
        ("sort=name&q=machines", "By name, from A to Z."),
        ("sort=newest", "What came into the catalogue last stands first."),
        ("sort=released", "By the day of the last release that the catalogue knows of,"),
    ],
)
def test_order_is_explained(projects, visit, query, beginning):
    explained = visit(f"/projects/?{query}").one("details", class_="order").one("p").text
    assert explained.startswith(beginning)


def test_finished_work_does_not_sink(visit):
    make_project("Active")
    make_project("Finished", status="finished")
    assert visit("/projects/").cards == ["Finished", "Active"]


def test_what_can_be_typed_is_explained_and_works(projects, visit, shown):
    help_text = visit("/projects/").one("details", class_="search__help")
    assert [kbd.text for kbd in help_text.all("kbd")][:4] == [
        '"block device"',
        "-windows",
        "tag:storage",
        "language:go",
    ]
    assert shown("q=%22ask+libvirt%22") == ["Virter"]
    assert shown("q=machines+-libvirt") == ["LINSTOR GUI", "agentx"]
    assert shown("q=tag:storage") == ["LINSTOR GUI", "Virter"]
    assert shown("q=-tag:storage") == ["WinDRBD", "agentx"]
    assert shown("q=language:rust+tag:testing") == ["agentx"]
    assert shown("q=person:%22Roland+Kammerer%22") == ["Virter"]


def test_what_was_typed_as_a_choice_becomes_one(projects, visit):
    page = visit("/projects/?q=libvirt+tag:storage")
    assert page.one("input", name="q")["value"] == "libvirt"
    assert "Storage \N{MULTIPLICATION SIGN} (remove)" in page.one("ul", aria_label="Chosen").links()


def test_list_leads_to_comparisons(projects, visit):
    assert visit("/projects/").main.links()["Compare entries side by side"] == "/compare/"
