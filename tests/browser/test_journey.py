"""From the question to the one who knows the answer, as most visitors go."""

import pytest


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_visitor_finds_a_project_its_author_and_the_product_it_came_from(open_page, scripts, width):
    page = open_page("/", scripts=scripts, width=width)
    heading = page.locator("h1")

    page.get_by_label("What are you looking for?").fill("machines")
    page.get_by_role("button", name="Search").click()
    results = page.locator("#results")
    before = results.locator("article").count()
    assert before > 1

    page.locator("#narrow").get_by_role("link", name="command-line tool").click()
    assert 0 < results.locator("article").count() < before
    assert page.get_by_role("list", name="Chosen").get_by_text("command-line tool").is_visible()

    results.get_by_role("link", name="Virter", exact=True).click()
    assert heading.inner_text() == "Virter"
    assert page.get_by_text("as of").first.is_visible()

    page.get_by_role("link", name="Roland Kammerer").first.click()
    assert heading.inner_text() == "Roland Kammerer"
    assert page.get_by_role("link", name="Virter", exact=True).first.is_visible()

    page.go_back()
    page.locator("#facts ~ dl").get_by_role("link", name="LINSTOR").click()
    assert heading.inner_text() == "LINSTOR"
    assert (
        page.locator("#projects ~ ul").get_by_role("link", name="Virter", exact=True).is_visible()
    )


def test_lost_visitor_is_led_back(open_page):
    page = open_page("/projects/vitrer/", status=404)
    page.get_by_role("link", name="Virter", exact=True).click()
    assert page.locator("h1").inner_text() == "Virter"


def test_misspelt_value_leads_to_the_one_that_was_meant(open_page):
    page = open_page("/projects/?tag=kubernets")
    page.locator(".notice").get_by_role("link", name="Kubernetes").click()
    assert page.locator("#results article").count() > 0
