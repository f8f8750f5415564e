"""Drawings from the sprite reach the page under its content security policy."""

DRAWN = """() => [...document.querySelectorAll("use")].map((use) =>
    [use.getAttribute("href").split("#")[1], use.getBoundingClientRect().width > 0])"""


def test_every_icon_of_the_home_page_is_drawn(open_page):
    page = open_page("/")
    page.wait_for_load_state("networkidle")
    drawn = page.evaluate(DRAWN)
    assert {"mark", "need", "compare", "is-active"} <= {name for name, _ in drawn}
    assert [name for name, is_drawn in drawn if not is_drawn] == []
