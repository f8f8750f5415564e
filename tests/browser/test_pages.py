"""Pages as visitors get them: narrow and wide, light and dark, with scripts and without."""

from itertools import product

import pytest

from .kinds import KINDS, STATUSES

DRESSES = list(product(["light", "dark"], [320, 768, 1280]))

# What cannot be reached because it lies beyond the right edge.
BEYOND_THE_EDGE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}"""
CUT_OFF = """() => [...document.querySelectorAll("main, main *")]
    .filter((element) => getComputedStyle(element).overflowX === "hidden")
    .filter((element) => !element.matches(".visually-hidden"))
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 120))"""


def every_kind(test):
    return pytest.mark.parametrize("kind", KINDS)(test)


def dressed(page, dresses):
    """Show a page in one theme and width after the other."""
    for theme, width in dresses:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        yield f"{theme}-{width}"


@every_kind
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_page_fits_every_width_in_both_themes(open_page, screenshot, kind, scripts):
    page = open_page(KINDS[kind], status=STATUSES.get(kind, 200), scripts=scripts)
    for dress in dressed(page, DRESSES):
        assert page.evaluate(BEYOND_THE_EDGE) == [], dress
        assert page.evaluate(CUT_OFF) == [], dress
        if scripts:
            screenshot(page, f"{kind}-{dress}")


@every_kind
def test_page_is_accessible_in_both_themes(open_page, axe, kind):
    page = open_page(KINDS[kind], status=STATUSES.get(kind, 200))
    for dress in dressed(page, [("light", 1280), ("dark", 320)]):
        assert axe(page) == [], dress


@every_kind
def test_page_is_valid_html(open_page, assert_valid_html, kind):
    page = open_page(KINDS[kind], status=STATUSES.get(kind, 200), scripts=False)
    assert_valid_html(page.request.get(KINDS[kind]).text())


@pytest.mark.parametrize("address", ["/projects/", "/admin/login/"])
def test_page_about_a_mistake_is_valid_html(client, assert_valid_html, address):
    # No database here: the list breaks, and the form misses its token.
    client.raise_request_exception = False
    client.handler.enforce_csrf_checks = True
    send = client.post if "admin" in address else client.get
    response = send(address)
    assert response.status_code in {403, 500}
    assert_valid_html(response.text)


def test_dark_page_is_dark_and_light_page_is_light(open_page):
    page = open_page("/projects/virter/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (page.evaluate(ground) for _ in dressed(page, [("light", 768), ("dark", 768)]))
    assert light != dark


def test_page_zoomed_to_four_times_its_size_still_fits(open_page):
    # A window of 1280 by 1024 pixels is then 320 wide and 256 high.
    page = open_page("/projects/virter/")
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(BEYOND_THE_EDGE) == []
