"""Shortcuts of one key, and how they stay out of the way."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def listed(open_page):
    """A function that opens a page with the list of shortcuts, and returns the list."""

    def listed(path="/about/", **dress):
        page = open_page(path, **dress)
        page.keyboard.press("?")
        return page.get_by_role("dialog", name="Keyboard shortcuts")

    return listed


@pytest.mark.parametrize("path", ["/", "/projects/?q=machines"])
def test_slash_leads_to_the_search_of_the_page(open_page, path):
    page = open_page(path)
    page.keyboard.press("/")
    field = page.locator("#q")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.type("virter")
    expect(field).to_have_value("virter")


def test_slash_leads_to_the_list_where_a_page_has_no_search(open_page):
    page = open_page("/projects/virter/")
    page.keyboard.press("/")
    page.wait_for_url("**/projects/#q")
    expect(page.locator("#q")).to_be_focused()


def test_question_mark_lists_the_shortcuts_and_escape_returns(listed):
    dialog = listed()
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Go to the search")
    dialog.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_list_is_opened_and_closed_by_buttons(open_page):
    page = open_page("/about/")
    opener = page.get_by_role("button", name="Keyboard shortcuts")
    opener.click()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_list_fits_and_is_accessible(listed, axe, screenshot, theme, width):
    dialog = listed(theme=theme, width=width)
    expect(dialog).to_be_in_viewport(ratio=1)
    assert axe(dialog.page) == []
    screenshot(dialog.page, f"shortcuts-{theme}-{width}")


def test_shortcuts_that_were_turned_off_stay_off(listed):
    dialog = listed()
    page = dialog.page
    page.get_by_label("as shortcuts").uncheck()
    page.keyboard.press("Escape")
    for path in ("/about/", "/projects/"):
        page.goto(path)
        page.keyboard.press("?")
        page.keyboard.press("/")
        expect(dialog).to_be_hidden()
        expect(page.locator("body")).to_be_focused()
    assert page.locator("#q").get_attribute("aria-keyshortcuts") is None


def test_shortcuts_are_turned_on_again_in_the_same_place(listed):
    dialog = listed()
    page = dialog.page
    use = page.get_by_label("as shortcuts")
    use.uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    use.check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()


def test_what_is_typed_is_never_a_shortcut(open_page):
    page = open_page("/")
    field = page.locator("#q")
    field.press_sequentially("and/or?")
    expect(field).to_have_value("and/or?")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_keys_with_a_modifier_are_left_to_the_browser(open_page, modifier):
    page = open_page("/projects/")
    page.keyboard.press(f"{modifier}+/")
    expect(page.locator("#q")).not_to_be_focused()


def test_slash_in_the_list_of_shortcuts_does_nothing(listed):
    dialog = listed("/projects/")
    dialog.page.keyboard.press("/")
    expect(dialog).to_be_visible()
    expect(dialog.page.locator("#q")).not_to_be_focused()


def test_shortcuts_work_where_the_browser_keeps_nothing(open_page):
    page = open_page("/about/")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw 1 } })")
    page.reload()
    page.keyboard.press("?")
    page.get_by_label("as shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_nothing_is_said_of_shortcuts_without_scripts(open_page):
    page = open_page("/projects/", scripts=False)
    expect(page.get_by_role("button", name=re.compile("shortcuts"))).to_have_count(0)
    expect(page.get_by_text("Go to the search")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()
