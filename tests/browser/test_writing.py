"""Writing in the admin by keyboard: previews, text that is not lost, rows that move."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .test_pages import dressed

ENTRY = "/admin/projects/project/1/change/"
NEW_ENTRY = "/admin/projects/project/add/"
DRESSES = [("light", 1280), ("dark", 768), ("light", 320)]
KEPT = "() => Object.keys(localStorage).filter((key) => key.startsWith('unsaved:')).length"
PLACES = "boxes => boxes.filter(box => !/__prefix__/.test(box.name)).map(box => box.value)"


@pytest.fixture(scope="module")
def session(browser, site, administrator):
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
    """A function that opens a form of the admin in a browser of its own."""

    def edit(path, **dress):
        page = open_page("/healthz", **dress)
        page.context.add_cookies(session)
        return go(page, path)

    return edit


def go(page, path):
    page.goto(path)
    page.wait_for_load_state("networkidle")
    return page


def reopen(page):
    """Close the tab and open the form anew in another."""
    context, address = page.context, page.url
    page.close()
    return go(context.new_page(), address)


def wait_until_kept(page):
    expect(page.get_by_text("Kept at")).to_be_visible()


def press(button):
    button.focus()
    button.page.keyboard.press("Enter")


def breaches(page):
    # To read the styles of a shadow tree, the checker would write some where the policy forbids it.
    options = {"rules": {"target-size": {"enabled": True}}, "preload": False}
    return [
        f"{rule['id']}: {node['html']}"
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"]
    ]


def fill_draft(page, name):
    fields = {"name": name, "tagline": "Runs.", "status_as_of": "2024-01-01"}
    for field, text in fields.items():
        page.locator(f"#id_{field}").fill(text)
    page.locator("#id_slug").fill(name.lower())
    page.locator("#id_status").select_option("active")


def add_link(page, label):
    press(page.get_by_role("button", name="Add another Link"))
    row = page.locator("#links-group .dynamic-links").last
    row.locator("[name$=role]").select_option("source")
    row.locator("[name$=label]").press_sequentially(label)
    row.locator("[name$=url]").fill(f"https://example.org/{label}")


def labels(page):
    boxes = page.locator("#links-group .dynamic-links [name$=label]")
    return [box.input_value() for box in boxes.all()]


class TestPreview:
    def test_opens_below_its_text_follows_it_and_closes(self, edit):
        page = edit(ENTRY)
        button = page.get_by_role("button", name="Preview: Need")
        region = page.get_by_role("region", name="Preview: Need")
        page.locator("#id_need").fill("It was *slow*.")
        page.keyboard.press("Tab")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(region.locator("em")).to_have_text("slow")
        expect(page.get_by_role("status").filter(has_text="The preview is below.")).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.locator("#id_need").fill("It was **late**.")
        expect(region.locator("strong")).to_have_text("late")
        press(button)
        expect(region).to_be_hidden()
        expect(button).to_be_focused()

    def test_wears_what_the_site_wears(self, edit):
        page = edit(ENTRY)
        press(page.get_by_role("button", name="Preview: Description"))
        text = page.get_by_role("region", name="Preview: Description").locator(".prose p").first
        font = "element => getComputedStyle(element).fontFamily"
        expect(text).to_be_visible()
        assert "Seravek" in text.evaluate(font)
        assert "Seravek" not in page.locator("#id_need").evaluate(font)

    def test_is_accessible_in_every_dress(self, edit, screenshot):
        page = edit(ENTRY)
        press(page.get_by_role("button", name="Preview: Description"))
        page.get_by_role("region", name="Preview: Description").wait_for()
        for dress in dressed(page, DRESSES):
            page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
            assert breaches(page) == [], dress
        screenshot(page, "admin-preview")

    def test_of_a_row_that_was_added_shows_that_row(self, edit):
        page = edit(NEW_ENTRY)
        press(page.get_by_role("button", name="Add another Release"))
        page.locator("#id_releases-0-notes").fill("The *first*.")
        press(page.get_by_role("button", name="Preview: Notes").first)
        region = page.get_by_role("region", name="Preview: Notes")
        expect(region.locator("em")).to_have_text("first")

    def test_says_when_the_session_has_expired(self, edit):
        page = edit(ENTRY)
        page.context.clear_cookies(name="session")
        press(page.get_by_role("button", name="Preview: Need"))
        expect(page.get_by_text("No preview: you are signed out.")).to_be_visible()

    def test_opens_a_page_of_its_own_without_scripts(self, edit):
        page = edit(ENTRY, scripts=False)
        page.locator("#id_need").fill("It was *slow*.")
        with page.context.expect_page() as opened:
            press(page.get_by_role("button", name="Preview: Need"))
        expect(opened.value.locator("em")).to_have_text("slow")
        expect(page.locator("#id_need")).to_have_value("It was *slow*.")


class TestRecovery:
    def test_text_and_rows_come_back_after_the_tab_was_closed(self, edit):
        page = edit(NEW_ENTRY)
        fill_draft(page, "Lost")
        add_link(page, "Code")
        wait_until_kept(page)
        page = reopen(page)
        offer = page.get_by_role("region", name="Unsaved text")
        expect(offer).to_contain_text("You have unsaved text from")
        expect(offer.get_by_role("listitem").filter(has_text="Tagline")).to_be_visible()
        expect(offer.get_by_role("listitem").filter(has_text="Links: a new row")).to_be_visible()
        assert breaches(page) == []
        press(offer.get_by_role("button", name="Restore"))
        expect(offer).to_be_hidden()
        expect(page.locator("#id_name")).to_have_value("Lost")
        expect(page.locator("#id_status")).to_have_value("active")
        assert labels(page) == ["Code"]
        expect(page.locator("#id_name")).to_be_focused()

    def test_what_was_looked_up_comes_back_with_its_name(self, edit):
        page = edit(ENTRY)
        page.get_by_role("combobox", name="Successor", exact=True).click()
        page.get_by_role("searchbox", name="Search Successor").fill("vmshed")
        page.get_by_role("listbox", name="Successor").get_by_role("option", name="vmshed").click()
        wait_until_kept(page)
        page = reopen(page)
        press(page.get_by_role("button", name="Restore"))
        box = page.get_by_role("combobox", name="Successor")
        expect(box).to_have_accessible_name(re.compile("vmshed"))

    def test_discarded_text_is_gone(self, edit):
        page = edit(ENTRY)
        page.locator("#id_tagline").fill("Other.")
        wait_until_kept(page)
        page = reopen(page)
        press(page.get_by_role("button", name="Discard"))
        assert page.evaluate(KEPT) == 0
        expect(page.locator("#id_tagline")).not_to_have_value("Other.")

    def test_undecided_text_outlives_new_writing(self, edit):
        page = edit(ENTRY)
        page.locator("#id_tagline").fill("First.")
        wait_until_kept(page)
        page = reopen(page)
        page.locator("#id_tagline").fill("Second.")
        wait_until_kept(page)
        page = reopen(page)
        assert page.get_by_role("region", name="Unsaved text").count() == 2

    def test_refused_text_is_kept_and_forgotten_once_it_is_saved(self, edit):
        page = edit(NEW_ENTRY)
        page.locator("#id_name").fill("Saved")
        wait_until_kept(page)
        press(page.get_by_role("button", name="Save and continue editing").first)
        expect(page.get_by_text("Please correct the errors below.")).to_be_visible()
        assert page.evaluate(KEPT) == 1
        fill_draft(page, "Saved")
        wait_until_kept(page)
        press(page.get_by_role("button", name="Save and continue editing").first)
        expect(page.locator(".messagelist .success")).to_be_visible()
        # The script of the page that follows forgets it, a moment after that is there.
        page.wait_for_function(f"({KEPT})() === 0")
        expect(page.get_by_role("region", name="Unsaved text")).to_have_count(0)

    def test_text_survives_a_session_that_expired(self, edit, session):
        page = edit(ENTRY)
        page.locator("#id_tagline").fill("Written in vain?")
        wait_until_kept(page)
        page.context.clear_cookies(name="session")
        press(page.get_by_role("button", name="Save", exact=True).first)
        expect(page.get_by_role("button", name="Log in")).to_be_visible()
        page.context.add_cookies(session)
        go(page, ENTRY)
        press(page.get_by_role("button", name="Restore"))
        expect(page.locator("#id_tagline")).to_have_value("Written in vain?")

    def test_leaving_asks_only_when_something_is_unsaved(self, edit):
        page = edit(ENTRY)
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.locator("#id_tagline").click()
        go(page, "/admin/")
        assert asked == []
        go(page, ENTRY)
        page.locator("#id_tagline").press_sequentially("x")
        go(page, "/admin/")
        assert asked == ["beforeunload"]

    def test_keeping_can_be_turned_off(self, edit):
        page = edit(ENTRY)
        page.locator("#id_tagline").fill("Other.")
        wait_until_kept(page)
        page.get_by_label("Keep what is not saved yet in this browser").uncheck()
        assert page.evaluate(KEPT) == 0
        page = reopen(page)
        expect(page.get_by_label("Keep what is not saved yet")).not_to_be_checked()
        expect(page.get_by_role("region", name="Unsaved text")).to_have_count(0)

    def test_tokens_are_not_kept_and_old_text_is_dropped(self, edit):
        page = edit(ENTRY)
        page.locator("#id_tagline").fill("Other.")
        wait_until_kept(page)
        assert "csrf" not in page.evaluate("() => JSON.stringify(localStorage)")
        page.evaluate("() => localStorage.setItem('unsaved:1:/x/:1', '{\"at\": 1}')")
        page = reopen(page)
        assert page.evaluate("() => localStorage.getItem('unsaved:1:/x/:1')") is None
        assert page.evaluate(KEPT) == 1


class TestOrder:
    def test_rows_are_moved_by_keyboard_and_saved_so(self, edit):
        page = edit(NEW_ENTRY)
        fill_draft(page, "Ordered")
        for label in ("Alpha", "Beta", "Gamma"):
            add_link(page, label)
        button = page.get_by_role("button", name="Move Gamma up")
        press(button)
        expect(button).to_be_focused()
        expect(page.get_by_text("Gamma: place 2 of 3.")).to_be_attached()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-disabled", "true")
        assert labels(page) == ["Gamma", "Alpha", "Beta"]
        press(page.get_by_role("button", name="Save and continue editing").first)
        expect(page.locator(".messagelist .success")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert labels(page) == ["Gamma", "Alpha", "Beta"]
        assert breaches(page) == []

    def test_moved_rows_stay_who_they_are_when_a_new_one_is_removed(self, edit):
        page = edit(ENTRY)
        names = labels(page)
        before = page.locator("#links-group .dynamic-links input[name$='-id']")
        keys = [box.input_value() for box in before.all()]
        add_link(page, "Alpha")
        add_link(page, "Beta")
        for _ in names:
            press(page.get_by_role("button", name="Move Beta up"))
        press(page.locator("#links-group .dynamic-links").last.locator(".inline-deletelink"))
        assert labels(page).count("Alpha") == 0
        for index, key in enumerate(keys):
            expect(page.locator(f"#id_links-{index}-id")).to_have_value(key)
        expect(page.locator(f"#id_links-{len(keys)}-label")).to_have_value("Beta")
        expect(page.locator("#id_links-TOTAL_FORMS")).to_have_value(str(len(keys) + 1))

    def test_row_is_dragged_by_its_handle(self, edit):
        page = edit(ENTRY)
        first, second, *rest = labels(page)
        handles = page.locator("#links-group .dynamic-links .places__handle")
        handles.nth(0).drag_to(handles.nth(1), target_position={"x": 4, "y": 24}, force=True)
        assert labels(page) == [second, first, *rest]
        numbers = page.locator("#links-group [data-place]").evaluate_all(PLACES)
        assert numbers == sorted(numbers, key=int)

    def test_empty_row_that_is_passed_by_stays_empty(self, edit):
        page = edit(ENTRY)
        press(page.get_by_role("button", name="Add another Link"))
        number = page.locator("#links-group .dynamic-links [name$=order]").last
        press(page.locator("#links-group .places button").nth(1))
        expect(number).to_have_value("0")
