"""The site without a mouse."""

import re

import pytest
from playwright.sync_api import expect

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    text: (element.textContent || element.id).trim().replace(/\\s+/g, " "),
    name: element.id || element.name || "",
    isCardName: element.parentElement?.matches(".card__name") ?? false,
    isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""


def tab(page, times=1):
    """Press Tab and return what has the focus then."""
    for _ in range(times):
        page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def stops(page, until, limit=120):
    """List every stop of the Tab key up to the first that fits."""
    found = []
    for _ in range(limit):
        found.append(tab(page))
        if until(found[-1]):
            return found
    raise AssertionError([stop["text"] for stop in found])


@pytest.mark.parametrize("address", ["/", "/projects/", "/projects/virter/"])
def test_first_stop_leads_past_the_header(open_page, address):
    page = open_page(address)
    stop = tab(page)
    assert stop["text"] == "Skip to the content"
    assert stop["isSeen"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_tab_reaches_the_search_and_then_the_first_card(open_page, width):
    page = open_page("/projects/", width=width)
    found = stops(page, lambda stop: stop["isCardName"])
    names = [stop["name"] for stop in found]
    assert "q" in names
    assert [stop["text"] for stop in found if not stop["isSeen"]] == []
    assert [stop["text"] for stop in found if not stop["isMarked"]] == []


def test_tab_never_gets_stuck(open_page):
    page = open_page("/projects/virter/")
    texts = [
        stop["text"] for stop in stops(page, lambda stop: "About this catalogue" in stop["text"])
    ]
    assert len(texts) > 10


def test_search_is_sent_with_the_enter_key(open_page):
    page = open_page("/", scripts=False)
    page.get_by_label("What are you looking for?").fill("virtual machines")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/projects/\?q=virtual\+machines"))


def test_tab_goes_through_the_list_in_the_order_that_is_seen(open_page):
    page = open_page("/projects/", scripts=False)
    facets = page.locator("#narrow summary")
    seen = {facet.inner_text(): facet.bounding_box()["y"] for facet in facets.all()}
    assert seen["Kind"] > page.get_by_role("button", name="Search").bounding_box()["y"]
    found = stops(page, lambda stop: stop["isCardName"])
    order = ["q", "sort", "Search", *sorted(seen, key=seen.get)]
    names = [stop["name"] or stop["text"] for stop in found]
    assert [name for name in names if name in order] == order


def test_narrow_page_folds_the_facets_between_the_search_and_the_list(open_page):
    page = open_page("/projects/", width=320, scripts=False)
    texts = [stop["text"] for stop in stops(page, lambda stop: stop["isCardName"])]
    assert texts[-4:-1] == ["Search", "Narrow the list", "How this is ordered"]


@pytest.mark.parametrize("width", [320, 1280])
def test_facets_open_with_the_keyboard(open_page, width):
    page = open_page("/projects/", width=width, scripts=False)
    if width == 320:
        page.locator("summary", has_text="Narrow the list").focus()
        page.keyboard.press("Enter")
    summary = page.locator("summary", has_text="Licence")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details", has=summary).get_by_role("link").first).to_be_visible()
