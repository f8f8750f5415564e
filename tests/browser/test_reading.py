"""What a reader of an entry expects: links that say where they lead, and a page that prints."""

import re

import pytest
from playwright.sync_api import expect

ENTRY = "/projects/virter/"
MARK = "element => getComputedStyle(element, '::after').content"


def test_links_to_other_sites_are_marked_for_the_eye_and_the_ear(open_page):
    page = open_page(ENTRY)
    outside = page.locator("main a[href^=http]")
    assert outside.count() > 5
    for link in outside.all():
        assert "↗" in link.evaluate(MARK)
    source = page.locator(".links a").first
    expect(source).to_have_accessible_name(re.compile(r"\(another site\)$"))


def test_links_of_the_site_are_not_marked(open_page):
    page = open_page(ENTRY)
    inside = page.locator("a[href^='/']")
    assert {link.evaluate(MARK) for link in inside.all()} == {"none"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_entry_prints_without_what_only_works_on_a_screen(open_page, theme):
    page = open_page("/projects/drbdmon/", theme=theme)
    page.emulate_media(media="print")
    for selector in (".site-header nav", ".site-footer", ".copy", ".entry__ways", ".skip-link"):
        expect(page.locator(selector).first).to_be_hidden()
    for selector in ("h1", "dl.facts", "#get", "pre", "#sources"):
        expect(page.locator(selector).first).to_be_visible()


def test_entry_becomes_a_pdf_of_a_few_pages(open_page):
    document = open_page(ENTRY).pdf(format="A4")
    assert document.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", document)) <= 6
