"""The pages on which editors spend their time, in both themes, under the policy of the site."""

import re

import pytest
from playwright.sync_api import expect

from .test_pages import dressed

DRESSES = [("light", 1280), ("dark", 1280), ("light", 320)]
PAGES = {
    "index": "/admin/",
    "list": "/admin/projects/project/",
    "found": "/admin/projects/project/?q=virter&state__exact=published",
    "entry": "/admin/projects/project/1/change/",
    "new-entry": "/admin/projects/project/add/",
    "person": "/admin/people/person/1/change/",
    "product": "/admin/projects/product/1/change/",
    "deletion": "/admin/projects/project/1/delete/",
    "history": "/admin/projects/project/1/history/",
    "next-fixes": "/admin/next-fixes/",
    "import": "/admin/showcase/importedrow/import/",
    "suspects": "/admin/projects/tag/suspects/",
    "revisions": "/admin/reversion/revision/",
    "working-copies": "/admin/projects/workingcopy/",
    "password": "/admin/password_change/",
}


@pytest.fixture(scope="module")
def session(browser, site, administrator):
    """The cookies of an editor who has signed in."""
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(administrator.name)
    page.get_by_label("Password").fill(administrator.password)
    page.get_by_role("button", name="Log in").click()
    yield context.cookies()
    context.close()


@pytest.fixture
def edit(open_page, session):
    """A function that opens a page of the admin as that editor."""

    def edit(path):
        page = open_page("/healthz")
        page.context.add_cookies(session)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    return edit


def assert_accessible(page, axe):
    for dress in dressed(page, DRESSES):
        # Django's links fade from one theme into the other.
        page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
        assert axe(page) == [], dress


def test_signing_in_is_accessible(open_page, axe):
    assert_accessible(open_page("/admin/login/"), axe)


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_accessible(edit, axe, screenshot, kind):
    page = edit(PAGES[kind])
    assert_accessible(page, axe)
    screenshot(page, f"admin-{kind}")


def test_box_is_called_after_its_field_and_its_value(edit):
    page = edit(PAGES["entry"])
    page.get_by_role("combobox", name="Successor", exact=True).click()
    page.get_by_role("searchbox", name="Search Successor").fill("vmshed")
    page.get_by_role("listbox", name="Successor").get_by_role("option", name="vmshed").click()
    expect(page.get_by_role("combobox", name="Successor")).to_have_accessible_name(
        re.compile("^Successor .*vmshed$")
    )


def test_open_box_is_accessible(edit, axe):
    page = edit(PAGES["entry"])
    page.get_by_role("combobox", name="Successor").click()
    page.get_by_role("listbox", name="Successor").get_by_role("option").nth(2).wait_for()
    assert axe(page) == []


def test_box_for_several_is_accessible_while_it_is_open(edit, axe):
    page = edit(PAGES["product"])
    page.get_by_role("searchbox", name="Languages").click()
    page.get_by_role("listbox", name="Languages").get_by_role("option").first.wait_for()
    assert axe(page) == []


def test_boxes_of_a_row_that_was_added_are_named(edit, axe):
    page = edit(PAGES["new-entry"])
    page.get_by_role("button", name="Add another Kind").click()
    page.get_by_role("button", name="Add another Tag").click()
    assert page.get_by_role("combobox", name="Kind").count() == 1
    assert axe(page) == []


def test_entries_are_changed_together_and_back_by_keyboard(edit, axe, screenshot):
    page = edit("/admin/projects/project/?q=virter")
    page.get_by_role("checkbox", name="Select this object for an action").first.press("Space")
    page.get_by_label("Action:").select_option("Change together, after a preview")
    page.get_by_role("button", name="Run").press("Enter")
    page.locator("summary", has_text="Add and remove tags").press("Enter")
    page.get_by_label("Add:").fill("algorithms")
    assert_accessible(page, axe)
    screenshot(page, "admin-together-choose")
    page.get_by_label("Add:").press("Enter")
    expect(page.get_by_role("heading", name="Will change: 1")).to_be_visible()
    assert_accessible(page, axe)
    screenshot(page, "admin-together-preview")
    page.get_by_role("button", name="Change 1 entry").press("Enter")
    expect(page.get_by_text("Changed: 1.")).to_be_visible()
    assert_accessible(page, axe)
    screenshot(page, "admin-change")
    page.get_by_role("button", name="Undo all of it").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^Took back: Tags: added"))).to_be_visible()
    page.goto("/admin/reversion/revision/")
    assert_accessible(page, axe)
    screenshot(page, "admin-changes")
