"""The page of components, where a developer has it: every component in every state at once."""

import pytest

from .conftest import served
from .test_pages import BEYOND_THE_EDGE, CUT_OFF, DRESSES, dressed

STYLEGUIDE = "/styleguide/"


@pytest.fixture(scope="module")
def site(site_environment):
    """The address of the site as it is in development."""
    with served(site_environment | {"DEBUG": "1"}) as address:
        yield address


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_components_fit_every_width_in_both_themes(open_page, screenshot, scripts):
    page = open_page(STYLEGUIDE, scripts=scripts)
    for dress in dressed(page, DRESSES):
        assert page.evaluate(BEYOND_THE_EDGE) == [], dress
        assert page.evaluate(CUT_OFF) == [], dress
        if scripts:
            screenshot(page, f"styleguide-{dress}")


def test_components_are_accessible_in_both_themes(open_page, axe):
    page = open_page(STYLEGUIDE)
    for dress in dressed(page, [("light", 1280), ("dark", 320)]):
        assert axe(page) == [], dress


def test_components_are_valid_html(open_page, assert_valid_html):
    page = open_page(STYLEGUIDE, scripts=False)
    assert_valid_html(page.request.get(STYLEGUIDE).text())


def test_swatches_and_icons_are_drawn(open_page):
    page = open_page(STYLEGUIDE)
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate("""() => [...document.querySelectorAll("main use, main rect, main text")]
        .map((drawn) => drawn.getBoundingClientRect()).map((box) => box.width * box.height)""")
    assert len(sizes) > 100
    assert min(sizes) > 0
