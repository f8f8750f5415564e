"""The filters of a narrow page stay within reach while the list is read."""

import pytest
from playwright.sync_api import expect

LIST = "/projects/?kind=command-line-tool&tag=testing"


@pytest.fixture
def read_on(open_page):
    """A function that opens the list on a narrow page and scrolls to its last entry."""

    def read_on(path="/projects/", *, scripts=False, width=320):
        page = open_page(path, width=width, scripts=scripts)
        page.locator(".cards > li").last.scroll_into_view_if_needed()
        return page

    return read_on


def summary(page):
    return page.locator("summary", has_text="Narrow the list")


@pytest.mark.parametrize("width", [320, 768])
def test_filters_are_within_reach_of_the_last_entry(read_on, width):
    page = read_on(width=width)
    expect(summary(page)).to_be_in_viewport(ratio=1)
    summary(page).click()
    expect(page.locator("#narrow")).to_be_in_viewport()


def test_summary_tells_how_many_are_chosen(read_on):
    expect(summary(read_on(LIST))).to_have_text("Narrow the list 2 chosen")
    expect(summary(read_on())).to_have_text("Narrow the list")


def test_open_filters_leave_the_list_where_it_was(read_on):
    page = read_on()
    card = page.locator(".cards > li").last
    before = card.bounding_box()["y"]
    summary(page).click()
    expect(page.locator("#narrow")).to_be_visible()
    assert card.bounding_box()["y"] == before


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768])
def test_open_filters_are_accessible_and_fit(read_on, axe, screenshot, theme, width):
    page = read_on(LIST, scripts=True, width=width)
    page.emulate_media(color_scheme=theme)
    summary(page).click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    screenshot(page, f"filters-open-{theme}-{width}")


def test_last_filter_can_be_reached(read_on):
    page = read_on()
    summary(page).click()
    last = page.locator("#narrow summary").last
    last.scroll_into_view_if_needed()
    last.click()
    expect(page.locator("#narrow details").last).to_have_attribute("open", "")


@pytest.mark.parametrize("is_open", [False, True])
def test_focus_never_hides_behind_the_filters(read_on, is_open):
    page = read_on()
    if is_open:
        summary(page).click()
    bar = page.locator("#narrow" if is_open else ".finder__facets")
    links = page.locator(".cards a")
    links.last.focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        focused = page.locator(":focus").bounding_box()
        covered = bar.bounding_box()
        assert focused["y"] + 1 >= covered["y"] + covered["height"]


def test_filters_do_not_follow_where_they_would_fill_the_screen(read_on):
    page = read_on()
    page.set_viewport_size({"width": 320, "height": 256})
    page.locator(".cards > li").last.scroll_into_view_if_needed()
    expect(summary(page)).not_to_be_in_viewport()
