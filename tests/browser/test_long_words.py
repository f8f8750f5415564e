"""A long word stays on the page, and is whole where there is room for it."""

import pytest

LONG = "long" * 40
SAY = "(element, words) => { element.textContent = words }"


def test_name_without_room_beside_its_monogram_stands_below_it(open_page):
    page = open_page("/projects/virter/", width=320)
    beside = page.locator("h1").bounding_box()
    page.locator("h1").evaluate(SAY, "Loadbalancers")
    monogram, below = (page.locator(what).bounding_box() for what in (".monogram--large", "h1"))
    assert below["y"] >= monogram["y"] + monogram["height"]
    assert below["height"] == beside["height"]


@pytest.mark.parametrize("place", ["thead th a", "tbody td"])
def test_long_word_does_not_push_away_what_it_is_compared_with(open_page, place):
    page = open_page("/compare/?project=virter&project=vmshed", width=320)
    width = "document.querySelector('.compare').scrollWidth"
    before = page.evaluate(width)
    page.locator(f".compare {place}").first.evaluate(SAY, LONG)
    assert page.evaluate(width) == before
