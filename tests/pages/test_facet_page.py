"""All values of a facet on a page of their own, to be chosen or left out."""

import pytest

from projects.models import TaggedProject
from projects.narrowing import SHOWN
from tests.factories import make_draft, make_project, make_tag

pytestmark = pytest.mark.django_db

CHOSEN = "\N{MULTIPLICATION SIGN} (chosen, remove)"


@pytest.fixture
def facet(visit):
    """Open the page of a facet; return the ways in its list by their words."""

    def facet(address):
        page = visit(f"/projects/narrow/{address}")
        assert page.problems == []
        return page

    return facet


def values(page):
    return page.one("ul", class_="values").links()


def test_each_value_can_be_chosen_or_left_out(projects, facet, shown):
    page = facet("language/?tag=storage")
    assert values(page) == {
        "Go 2 projects": "/projects/?tag=storage&language=go",
        "Rust 1 project": "/projects/?tag=storage&language=rust",
        "leave out Rust, 1 project left": "/projects/?tag=storage&-language=rust",
    }
    assert shown("tag=storage&-language=rust") == ["Virter"]


def test_nothing_is_offered_that_leaves_nothing(projects, facet):
    assert [name for name in values(facet("language/?tag=storage")) if "leave out Go" in name] == []


def test_chosen_value_can_be_taken_back_or_turned_round(projects, facet):
    assert values(facet("language/?language=go")) == {
        f"Go {CHOSEN}": "/projects/",
        "leave out Go, 2 projects left": "/projects/?-language=go",
        "Rust 3 projects": "/projects/?language=go&language=rust",
        "leave out Rust, 1 project left": "/projects/?language=go&-language=rust",
    }


def test_excluded_value_is_a_chip_that_lets_it_in_again(projects, facet):
    page = facet("language/?-language=go&tag=testing")
    chips = page.one("ul", aria_label="Chosen").links()
    assert chips["not Go \N{MULTIPLICATION SIGN} (remove)"] == "/projects/?tag=testing"


def test_part_of_a_name_finds_values_whatever_their_spelling(projects, facet):
    TaggedProject.objects.create(content_object=make_project("x"), tag=make_tag("Node.js"))
    assert next(iter(values(facet("tag/?contains=NODEJ")))) == "Node.js 1 project"
    assert next(iter(values(facet("tag/?contains=+stor")))) == "Storage 2 projects"


def test_part_of_no_name_is_told(projects, facet):
    page = facet("tag/?contains=qqq&language=go")
    assert "contains “qqq”" in page.main.text
    assert page.one("input", name="contains")["value"] == "qqq"


def test_search_for_a_value_keeps_the_list(projects, facet):
    page = facet("tag/?language=go&q=machines&-status=dormant&sort=name&compare=virter")
    fields = page.one("form").all("input", type="hidden")
    kept = [(field["name"], field["value"]) for field in fields]
    assert kept == [
        ("q", "machines"),
        ("language", "go"),
        ("-status", "dormant"),
        ("sort", "name"),
        ("compare", "virter"),
    ]
    query = "?q=machines&language=go&-status=dormant&sort=name&compare=virter"
    assert page.main.links()["Back to the list"] == f"/projects/{query}"


def test_page_has_one_address_and_is_not_for_search_engines(projects, facet):
    page = facet("tag/?sort=name&language=rust&language=go&compare=virter")
    address = "/projects/narrow/tag/?language=go&language=rust&sort=name"
    assert page.canonical == f"http://localhost:8000{address}"
    assert page.meta("robots") == "noindex, follow"


def test_long_facet_shows_some_values_beside_the_list_and_all_on_its_page(visit, facet):
    project = make_project()
    for number in range(SHOWN + 3):
        tag = make_tag(f"Tag {number:02}")
        TaggedProject.objects.create(content_object=project, tag=tag)
    narrow = visit("/projects/").one("nav", id="narrow")
    assert len([text for text in narrow.links() if text.startswith("Tag ")]) == SHOWN
    assert narrow.links()["3 more, or leave some out: Tag"] == "/projects/narrow/tag/"
    assert len(values(facet("tag/"))) == SHOWN + 3


def test_chosen_value_stays_beside_the_list_however_rare(visit):
    project = make_project()
    for number in range(SHOWN + 3):
        tag = make_tag(f"Tag {number:02}")
        TaggedProject.objects.create(content_object=project, tag=tag)
    narrow = visit("/projects/?tag=tag-12").one("nav", id="narrow")
    assert narrow.one("a", aria_current="true").text == f"Tag 12 {CHOSEN}"


def test_more_values_than_anybody_reads_are_cut_and_that_is_said(facet, monkeypatch):
    monkeypatch.setattr("projects.views.CHOICES_MAX", 2)
    project = make_project()
    for number in range(3):
        TaggedProject.objects.create(content_object=project, tag=make_tag(f"Tag {number}"))
    page = facet("tag/")
    assert "These are the first 2 of 3." in page.one(class_="notice").text


def test_value_of_a_draft_alone_is_not_on_the_page(facet):
    TaggedProject.objects.create(content_object=make_draft(), tag=make_tag("Zanzibar"))
    assert "zanzibar" not in facet("tag/").html.lower()


@pytest.mark.parametrize("name", ["nothing", "q", "sort"])
def test_facet_that_does_not_exist_is_not_found(visit, name):
    visit(f"/projects/narrow/{name}/", status=404)


@pytest.mark.parametrize(
    "query", ["contains=%00", "contains=%ff", "contains=" + "x" * 10_000, "tag=%00", "a=1&" * 900]
)
def test_odd_questions_are_answered(projects, facet, query):
    facet(f"tag/?{query}")
