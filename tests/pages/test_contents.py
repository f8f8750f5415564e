"""The contents list beside the text of a page."""

import pytest

from tests.factories import make_person, make_product, make_project, make_upstream

from ..catalogue import relate

pytestmark = pytest.mark.django_db

LONG = ["/projects/virter/", "/products/linstor/", "/upstream/libbpf-rs/"]
LONG += ["/people/roland-kammerer/"]


@pytest.fixture
def contents(visit):
    """Return what the contents list of a page names, or nothing if there is none."""

    def contents(address):
        lists = visit(address).all("nav", aria_label="On this page")
        return lists[0].links() if lists else {}

    return contents


@pytest.mark.parametrize("address", LONG)
def test_contents_name_every_part_of_a_full_page_in_its_order(catalogue, visit, contents, address):
    parts = [section["aria-labelledby"] for section in visit(address).main.all("section")]
    assert list(contents(address).values()) == [f"#{part}" for part in parts]


@pytest.mark.parametrize("address", LONG[1:])
def test_contents_say_what_the_headings_say(catalogue, visit, contents, address):
    headings = [section.one("h2").text for section in visit(address).main.all("section")]
    assert list(contents(address)) == headings


def test_contents_name_nothing_that_a_page_lacks(contents):
    make_project("Bare", use_when="You test.", need="Tests.")
    assert contents("/projects/bare/") == {
        "Should I use it?": "#choice",
        "What it is": "#what",
        "How to help": "#help",
    }


def test_page_of_two_parts_has_no_contents_list(contents):
    project = make_project()
    relate(project, "made-for", make_product())
    relate(project, "uses", make_upstream(description="Calls *libbpf*."))
    make_person(bio="Writes *Go*.")
    assert [contents(address) for address in LONG] == [{}, {}, {}, {}]
