"""Commands of an entry, copied as they are to be typed."""

import pytest
from playwright.sync_api import expect

ENTRY = "/projects/drbdmon/"
COMMANDS = "sudo apt install drbd-utils\ndrbdmon"
REFUSE = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }"


@pytest.fixture
def entry(open_page):
    page = open_page(ENTRY)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copy(page):
    return page.get_by_role("button", name="Copy the code").first


def test_commands_are_copied_without_prompts_and_it_is_told(entry):
    status = entry.locator(".copyable").first.get_by_role("status")
    expect(status).to_have_text("")
    copy(entry).click()
    expect(status).to_have_text("Copied")
    assert entry.evaluate("navigator.clipboard.readText()") == COMMANDS


def test_output_of_a_command_is_not_copied(entry):
    entry.locator(".copyable code").first.evaluate(
        "code => code.insertAdjacentHTML('beforeend', '<span class=go>It works.</span>')"
    )
    copy(entry).click()
    expect(entry.get_by_text("Copied", exact=True)).to_be_visible()
    assert entry.evaluate("navigator.clipboard.readText()") == COMMANDS


def test_keyboard_goes_from_the_commands_to_their_button(entry):
    entry.locator(".copyable pre").first.focus()
    entry.keyboard.press("Tab")
    expect(copy(entry)).to_be_focused()
    entry.keyboard.press("Enter")
    expect(entry.get_by_text("Copied", exact=True)).to_be_visible()
    expect(copy(entry)).to_be_focused()


def test_commands_are_selected_where_copying_is_refused(entry):
    entry.evaluate(REFUSE)
    copy(entry).click()
    expect(entry.get_by_text("Selected, but not copied")).to_be_visible()
    assert "sudo apt install drbd-utils" in entry.evaluate("getSelection().toString()")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_was_told_is_accessible_and_fits(open_page, axe, theme, width):
    page = open_page(ENTRY, theme=theme, width=width)
    page.evaluate(REFUSE)
    copy(page).click()
    expect(page.get_by_text("Selected, but not copied")).to_be_in_viewport(ratio=1)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_buttons_move_nothing(open_page):
    ends = [
        open_page(ENTRY, scripts=scripts).locator("#help").bounding_box()["y"]
        for scripts in (True, False)
    ]
    assert ends[0] == ends[1]


def test_no_button_is_there_without_scripts(open_page):
    page = open_page(ENTRY, scripts=False)
    expect(page.get_by_role("button", name="Copy the code")).to_have_count(0)
    expect(page.locator("pre.highlight").first).to_be_visible()
