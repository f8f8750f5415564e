"""What could not be stored is sent once more from the page that says so."""

from django.test import RequestFactory

import pytest

from projects.faults import Fault
from showcase.errors import unavailable

from .test_pages import BEYOND_THE_EDGE, DRESSES, dressed

ADDRESS = "/contact/"


@pytest.fixture
def not_stored(open_page):
    """The page after a form was sent that nobody could store."""
    request = RequestFactory().post(ADDRESS, {"message": "Does it run\non ARM?" * 200})
    html = unavailable(request, Fault.FULL).text
    page = open_page("/healthz")
    page.route(f"**{ADDRESS}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(ADDRESS)
    return page


def test_page_fits_and_is_accessible(not_stored, axe, assert_valid_html):
    for dress in dressed(not_stored, DRESSES):
        assert not_stored.evaluate(BEYOND_THE_EDGE) == [], dress
        assert axe(not_stored) == [], dress
    assert_valid_html(not_stored.content())


def test_button_and_the_link_below_it_are_hit_apart(not_stored):
    button = not_stored.get_by_role("button", name="Send it once more").bounding_box()
    link = not_stored.get_by_role("link", name="Go to the home page").bounding_box()
    assert link["y"] - button["y"] - button["height"] >= 8
