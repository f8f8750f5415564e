"""The main navigation says where in the site a page is."""

import pytest

from tests.factories import make_page, make_person, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(visit):
    """Return the links that the main navigation marks, and how."""

    def marked(address, status=200):
        nav = visit(address, status).one("nav", aria_label="Main")
        return {link.text: link["aria-current"] for link in nav.having("aria-current")}

    return marked


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/projects/", "Projects"),
        ("/projects/?utm_source=x", "Projects"),
        ("/collections/", "Collections"),
        ("/products/", "Products"),
        ("/people/", "People"),
        ("/upstream/", "Upstream"),
        ("/tags/", "Tags"),
        ("/about/", "About"),
    ],
)
def test_link_to_the_very_page_is_marked_as_the_page(catalogue, marked, address, link):
    assert marked(address) == {link: "page"}


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/projects/virter/", "Projects"),
        ("/projects/?tag=storage", "Projects"),
        ("/projects/narrow/tag/", "Projects"),
        ("/collections/virtual-machines/", "Collections"),
        ("/products/linstor/", "Products"),
        ("/people/roland-kammerer/", "People"),
        ("/upstream/libbpf-rs/", "Upstream"),
        ("/tags/storage/", "Tags"),
        ("/about/giving-back/", "About"),
    ],
)
def test_link_to_the_section_of_a_page_is_marked_as_current(catalogue, marked, address, link):
    assert marked(address) == {link: "true"}


@pytest.mark.parametrize("address", ["/", "/changelog/", "/releases/", "/feeds/", "/compare/"])
def test_page_outside_the_sections_marks_nothing(catalogue, marked, address):
    assert marked(address) == {}


def test_word_of_a_section_elsewhere_in_an_address_marks_nothing(marked):
    make_person("Tags")
    assert marked("/people/tags/") == {"People": "true"}


def test_error_marks_nothing(marked):
    make_project()
    make_page("About")
    for address in ("/projects/vitrer/", "/about/nothing/", "/people/no/such/page/"):
        assert marked(address, status=404) == {}
    assert marked("/projects/?" + "a&" * 1001, status=400) == {}
