"""Suggestions while typing, by keyboard, by pointer and without scripts."""

import re

import pytest
from playwright.sync_api import expect

BOXES = {"/": 200, "/projects/": 200, "/no-such-page/": 404}
ADDRESS = re.compile(r"/suggest/")


@pytest.fixture
def box(open_page):
    """A function that opens a page and types into its search box."""

    def box(text, path="/", **dress):
        page = open_page(path, **dress)
        field = page.locator("#q")
        field.fill("")
        field.press_sequentially(text)
        return field

    return box


def options(field):
    return field.page.get_by_role("option")


def chosen(field):
    """Return the option that the box tells to be the active one."""
    name = field.get_attribute("aria-activedescendant")
    return field.page.locator(f"[id='{name}'][aria-selected=true]") if name else None


def expect_open(field):
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field.page.get_by_role("listbox", name="suggestion")).to_be_visible()


def expect_closed(field):
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field.page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(("path", "status"), BOXES.items())
def test_every_search_box_suggests_what_fits(box, path, status):
    field = box("vir", path, status=status)
    expect_open(field)
    expect(field.page.get_by_role("combobox").first).to_be_focused()
    projects = field.page.get_by_role("group", name="Projects")
    expect(projects.get_by_role("option").filter(has_text="Virter").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("path", "status"), BOXES.items())
def test_open_list_fits_and_is_accessible(box, axe, screenshot, path, status, theme, width):
    field = box("lin", path, theme=theme, width=width, status=status)
    expect_open(field)
    expect(field.page.locator("#suggestions")).to_be_in_viewport(ratio=0.99)
    expect(field).to_be_in_viewport(ratio=0.99)
    field.press("ArrowDown")
    screenshot(field.page, f"suggestions-{path.strip('/') or 'home'}-{theme}-{width}")
    assert axe(field.page) == []
    assert field.page.evaluate("document.documentElement.scrollWidth") == width
    listed, own = field.page.locator("#suggestions").bounding_box(), field.bounding_box()
    assert listed["y"] >= own["y"] + own["height"]
    assert listed["width"] >= own["width"] - 1
    assert listed["x"] + listed["width"] <= width


def test_arrows_go_round_and_the_focus_stays_in_the_box(box):
    field = box("lin")
    expect_open(field)
    number = options(field).count()
    assert number > 2
    assert chosen(field) is None
    for place in [*range(number), 0]:
        field.press("ArrowDown")
        assert chosen(field).inner_text() == options(field).nth(place).inner_text()
    field.press("ArrowUp")
    assert chosen(field).inner_text() == options(field).last.inner_text()
    expect(field).to_be_focused()
    expect(field.page.locator("[aria-selected=true]")).to_have_count(1)


def test_up_begins_with_the_last(box):
    field = box("lin")
    expect_open(field)
    field.press("ArrowUp")
    assert chosen(field).inner_text() == options(field).last.inner_text()


@pytest.mark.parametrize(
    ("key", "text"), [("Home", "xlin"), ("End", "linx"), ("ArrowLeft", "lixn")]
)
def test_keys_for_the_text_lead_back_to_it(box, key, text):
    field = box("lin")
    expect_open(field)
    field.press("ArrowDown")
    field.press(key)
    assert chosen(field) is None
    field.press("x")
    expect(field).to_have_value(text)


def test_enter_follows_the_chosen_suggestion(box):
    field = box("virter")
    expect_open(field)
    field.press("ArrowDown")
    field.press("Enter")
    field.page.wait_for_url("**/projects/virter/")


def test_enter_sends_the_form_if_none_is_chosen(box):
    field = box("virter")
    expect_open(field)
    field.press("Enter")
    field.page.wait_for_url(re.compile(r"/projects/\?q=virter"))


def test_enter_sends_what_was_typed_faster_than_it_was_answered(box):
    field = box("virter")
    field.press("Enter")
    field.page.wait_for_url(re.compile(r"/projects/\?q=virter"))


def test_escape_closes_and_then_clears(box):
    field = box("lin")
    expect_open(field)
    field.press("Escape")
    expect_closed(field)
    expect(field).to_have_value("lin")
    field.press("Escape")
    expect(field).to_have_value("")


def test_down_opens_the_list_again(box):
    field = box("lin")
    expect_open(field)
    field.press("Escape")
    field.press("ArrowDown")
    expect_open(field)


def test_tab_leaves_and_closes(box):
    field = box("lin")
    expect_open(field)
    field.press("Tab")
    expect_closed(field)
    expect(field.page.get_by_role("button", name="Search")).to_be_focused()


def test_suggestion_is_followed_by_the_pointer(box):
    field = box("virter")
    expect_open(field)
    options(field).first.click()
    field.page.wait_for_url("**/projects/virter/")


def test_pressing_beside_the_suggestions_keeps_the_list(box):
    field = box("virter")
    expect_open(field)
    field.page.get_by_role("group", name="Projects").get_by_text("Projects", exact=True).click()
    expect_open(field)
    expect(field).to_be_focused()
    field.page.locator("h1").click()
    expect_closed(field)


def test_number_of_suggestions_is_told(box):
    field = box("virter")
    status = field.page.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d suggestions?$"))
    field.fill("virtre")
    expect(status).to_have_text(re.compile(r"^\d suggestions? near “virter”$", re.IGNORECASE))
    field.fill("qqqqqqqq")
    expect(status).to_have_text("No suggestions")
    expect_closed(field)


def test_nothing_is_asked_for_a_letter_or_for_every_letter(box):
    field = box("")
    asked = []
    field.page.on("request", lambda request: asked.append(request.url))
    field.press_sequentially("l")
    field.page.wait_for_timeout(400)
    assert asked == []
    with field.page.expect_response(ADDRESS):
        field.press_sequentially("inux")
    expect_open(field)
    assert [url.partition("?")[2] for url in asked] == ["q=linux"]


def test_answer_that_comes_too_late_is_dropped(box):
    field = box("")
    page = field.page
    held = []

    def hold(route):
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route(ADDRESS, hold)
    with page.expect_request(ADDRESS):
        field.press_sequentially("lin")
    with page.expect_response(ADDRESS):
        field.fill("virter")
    expect_open(field)
    held[0].fulfill(body="<p>Late</p><div role='group'><a role='option'>Late</a></div>")
    expect(page.get_by_role("status")).not_to_have_text("Late")
    expect(options(field).first).to_contain_text("Virter")


def test_list_closes_when_the_text_is_gone(box):
    field = box("lin")
    expect_open(field)
    field.fill("l")
    expect_closed(field)


def test_failure_leaves_the_form_as_it_is(box):
    field = box("")
    field.page.route(ADDRESS, lambda route: route.fulfill(body="", status=204))
    with field.page.expect_response(ADDRESS):
        field.press_sequentially("virter")
    expect_closed(field)
    field.press("Enter")
    field.page.wait_for_url(re.compile(r"/projects/\?q=virter"))


@pytest.mark.parametrize(("path", "status"), BOXES.items())
def test_box_is_plain_without_scripts(open_page, path, status):
    page = open_page(path, scripts=False, status=status)
    field = page.get_by_role("searchbox")
    assert field.get_attribute("role") is None
    assert page.get_by_role("listbox").count() == 0
    field.fill("virter")
    field.press("Enter")
    page.wait_for_url(re.compile(r"/projects/\?q=virter"))
