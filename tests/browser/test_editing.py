"""How editors get about by keyboard: propose, look at it, approve, and bring back what was."""

import re

import pytest
from playwright.sync_api import expect

from .test_admin import assert_accessible, edit, session

__all__ = ["edit", "session"]

ENTRY = "/admin/projects/project/1/"
WORDS = "Written by keyboard."


# What the keyboard stops at from where it is, up to the target, as far as a page can tell.
STOPS = """target => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const stops = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  return stops.indexOf(target) - stops.indexOf(document.activeElement);
}"""


def tab_to(page, target):
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    target.wait_for()
    # Asking after each stop would take longer than going there.
    for _ in range(max(0, target.evaluate(STOPS) - 5)):
        page.keyboard.press("Tab")
    for _ in range(100):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not lead to {target}.")


def press(page, role, name):
    """Reach something by keyboard and press it; wait for the page that follows."""
    found = page.get_by_role(role, name=name, exact=True)
    # The buttons of a form are there twice: the keyboard comes from above.
    follow(page, found.last if role == "button" else found.first)


def follow(page, target):
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page, label, text):
    tab_to(page, page.get_by_label(label, exact=True).first)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_change_is_proposed_looked_at_approved_and_taken_back(edit, axe, screenshot):
    page = edit(f"{ENTRY}change/")
    address = page.get_by_role("link", name="View on site").get_attribute("href")
    press(page, "link", "Working copy")
    write(page, "Need:", WORDS)
    write(page, "Why", "To see how it goes.")
    press(page, "button", "Save the working copy")
    assert_accessible(page, axe)
    screenshot(page, "admin-working-copy")
    public = page.context.new_page()
    public.goto(address)
    expect(public.get_by_text(WORDS)).to_have_count(0)

    press(page, "link", "Preview")
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("This is a preview.")).to_be_visible()
    assert axe(page) == []
    screenshot(page, "preview")
    page.go_back()

    press(page, "button", "Save and send for review")
    page.goto("/admin/projects/workingcopy/")
    follow(page, page.locator("#result_list tbody th a").first)
    assert_accessible(page, axe)
    screenshot(page, "admin-proposed")
    press(page, "button", "Approve and make public")
    public.reload()
    expect(public.get_by_text(WORDS)).to_be_visible()

    page.goto(f"{ENTRY}history/")
    assert_accessible(page, axe)
    screenshot(page, "admin-history-of-entry")
    follow(page, page.get_by_role("row").last.get_by_role("link"))
    assert_accessible(page, axe)
    screenshot(page, "admin-revision")
    press(page, "button", "Bring this state back")
    public.reload()
    expect(public.get_by_text(WORDS)).to_have_count(0)


def test_second_of_two_sees_the_first_and_saves_both(edit, axe, screenshot):
    first = edit(f"{ENTRY}change/")
    second = first.context.new_page()
    second.goto(f"{ENTRY}change/")
    for page, label in ((first, "Need:"), (second, "Description:")):
        write(page, label, f"{label} {WORDS}")
        press(page, "button", "Save and continue editing")
    expect(second.get_by_role("heading", name=re.compile("Somebody else changed"))).to_be_visible()
    assert_accessible(second, axe)
    screenshot(second, "admin-merge")
    press(second, "button", "Save both")
    for label in ("Need:", "Description:"):
        expect(second.get_by_label(label, exact=True).first).to_have_value(f"{label} {WORDS}")
    second.goto(f"{ENTRY}history/")
    second.get_by_role("row").last.get_by_role("link").click()
    press(second, "button", "Bring this state back")


def test_draft_is_written_and_looked_at(edit, axe):
    page = edit("/admin/projects/project/add/")
    write(page, "Name:", "Keyboard")
    write(page, "Tagline:", "Is written without a mouse.")
    tab_to(page, page.get_by_label("Status:", exact=True))
    page.keyboard.type("act")
    write(page, "Status as of:", "2026-11-01")
    press(page, "button", "Save and continue editing")
    assert_accessible(page, axe)
    press(page, "link", "Preview")
    expect(page.get_by_role("heading", name="Keyboard", level=1)).to_be_visible()
    page.go_back()
    press(page, "button", "Delete")
    assert_accessible(page, axe)
    press(page, "button", "Yes, I’m sure")  # noqa: RUF001 (as Django writes it)
    press(page, "link", "Deleted ones")
    assert_accessible(page, axe)
    press(page, "link", "Keyboard")
    assert_accessible(page, axe)
