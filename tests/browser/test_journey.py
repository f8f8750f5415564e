"""From the question to the one who knows the answer, as most visitors go."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_visitor_finds_a_project_its_author_and_the_product_it_came_from(open_page, scripts, width):
    page = open_page("/", scripts=scripts, width=width)
    heading = page.locator("h1")
    cards = page.locator("#results article")

    page.get_by_label("What are you looking for?").fill("machines")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#count")).to_have_text(re.compile(r"^\d+ projects for “machines”$"))
    found = cards.count()

    if width == 320:
        page.locator("summary", has_text="Narrow the list").click()
    page.locator("#narrow").get_by_role("link", name="command-line tool").click()
    expect(page.get_by_role("list", name="Chosen")).to_contain_text("command-line tool")
    assert 0 < cards.count() < found

    cards.get_by_role("link", name="Virter", exact=True).click()
    expect(heading).to_have_text("Virter")
    expect(page.locator("dl.facts")).to_contain_text("as of")

    page.get_by_role("link", name="Roland Kammerer").first.click()
    expect(heading).to_have_text("Roland Kammerer")
    expect(page.get_by_role("link", name="Virter", exact=True).first).to_be_visible()

    page.go_back()
    page.locator("dl.facts").get_by_role("link", name="LINSTOR").click()
    expect(heading).to_have_text("LINSTOR")
    expect(page.locator(".cards").get_by_role("link", name="Virter", exact=True)).to_be_visible()


def test_lost_visitor_is_led_back(open_page):
    page = open_page("/projects/vitrer/", status=404)
    page.get_by_role("link", name="Virter", exact=True).click()
    expect(page.locator("h1")).to_have_text("Virter")


def test_misspelt_value_leads_to_the_one_that_was_meant(open_page):
    page = open_page("/projects/?tag=kubernets")
    page.locator(".notice").get_by_role("link", name="Kubernetes").click()
    expect(page.get_by_role("list", name="Chosen")).to_contain_text("Kubernetes")
    assert page.locator("#results article").count() > 0
