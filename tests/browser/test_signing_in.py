"""The form to sign in with a code, and what stands in its place after too many guesses."""

from django.conf import settings

import pytest
from playwright.sync_api import expect

from .conftest import served
from .test_admin import assert_accessible


@pytest.fixture(scope="module")
def site(site_environment):
    """The address of the site where staff need a second factor."""
    with served(site_environment | {"SECOND_FACTOR": "1"}) as address:
        yield address


def test_box_for_the_code_is_like_the_others(open_page, axe):
    page = open_page("/admin/login/")
    names = ["Username", "Password", "Code"]
    boxes = [page.get_by_label(name).bounding_box() for name in names]
    assert len({(box["x"], box["width"], box["height"]) for box in boxes}) == 1
    assert_accessible(page, axe)


def test_form_stands_in_the_middle_of_a_narrow_page(open_page):
    form = open_page("/admin/login/", width=320).locator("#container").bounding_box()
    assert form["x"] == 320 - form["x"] - form["width"]


def test_who_guessed_too_often_reads_how_long_to_wait(open_page, axe):
    page = open_page("/admin/login/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        page.get_by_label("Username").fill("quokka")
        page.get_by_label("Password").fill("a guess")
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    assert_accessible(page, axe)
