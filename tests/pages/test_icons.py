"""The signs that stand beside words: each has its drawing in the one sprite."""

from xml.etree import ElementTree

import pytest

from projects.licences import Certainty
from projects.models import ChangelogEntry, Contribution, Project, Source
from tests import ROOT

PAGES = ["/", "/projects/", "/projects/virter/", "/products/linstor/", "/upstream/", "/changelog/"]
CHOICES = [Certainty, ChangelogEntry.Kind, Contribution.State, Project.Status, Source.Confidence]


@pytest.fixture(scope="module")
def symbols():
    sprite = ElementTree.parse(ROOT / "static" / "img" / "icons.svg")  # noqa: S314 (it is ours)
    return [symbol.get("id") for symbol in sprite.getroot()]


def test_every_drawing_has_a_name_of_its_own(symbols):
    assert len(set(symbols)) == len(symbols)


@pytest.mark.parametrize("choices", CHOICES)
def test_every_state_has_a_drawing_so_that_colour_never_speaks_alone(symbols, choices):
    assert {f"is-{value}" for value in choices.values} <= set(symbols)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_page_shows_only_icons_that_are_there_and_leaves_speaking_to_words(
    catalogue, visit, symbols, address
):
    page = visit(address)
    used = {use["href"].partition("#")[2] for use in page.all("use")}
    assert used
    assert used <= set(symbols)
    assert all(icon["aria-hidden"] == "true" for icon in page.all("svg"))
