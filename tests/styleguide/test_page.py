"""The page of components shows all there is, and is there in development only."""

from django.urls import Resolver404, resolve

import pytest

from showcase.styleguide import tokens
from tests import ROOT

from ..pages.document import Document

STYLEGUIDE = "/styleguide/"
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))


@pytest.fixture
def answer(development, client):
    response = client.get(STYLEGUIDE)
    assert response.status_code == 200
    return response


@pytest.fixture
def page(answer):
    return Document(answer.text)


def test_there_is_no_such_address_outside_development():
    with pytest.raises(Resolver404):
        resolve(STYLEGUIDE)


@pytest.mark.django_db
def test_it_is_an_ordinary_page_that_is_not_there_outside_development(client):
    assert client.get(STYLEGUIDE).status_code == 404


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_component_is_shown(answer, component):
    assert f"components/{component.name}" in {template.name for template in answer.templates}


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.stem)
def test_style_sheet_is_loaded(page, style):
    sheets = page.all("link", rel="stylesheet")
    assert [sheet for sheet in sheets if sheet["href"].endswith(f"/{style.name}")]


def test_it_is_well_formed_and_robots_pass_it_by(page):
    assert page.problems == []
    assert page.meta("robots") == "noindex"


def test_contents_lead_to_every_component_in_order(page):
    contents = page.one("nav", **{"aria-label": "Components"})
    ids = [element["id"] for element in page.main.all("h2", "h3") if "id" in element.attributes]
    ours = [link["href"].removeprefix("#") for link in contents.all("a")]
    assert ours == [name for name in ids if name in set(ours)]
    assert len(set(ours)) == len(ours)


def test_every_colour_size_and_icon_is_listed(page):
    text = page.main.text
    listed = [swatch.name for swatch in tokens.swatches()]
    listed += [size.name for size in tokens.sizes("text") + tokens.sizes("space")]
    assert len(listed) > 30
    assert [name for name in listed if f"--{name}" not in text] == []
    drawn = {use["href"].partition("#")[2] for use in page.all("use")}
    assert drawn >= set(tokens.icons())


def test_ink_can_be_read_on_the_page_and_on_its_wash():
    for swatch in tokens.swatches():
        if swatch.name.endswith("-ink") or swatch.name in {"ink", "ink-soft", "accent"}:
            for shade in swatch.shades:
                assert min(shade.on_page, shade.on_wash or 21) >= 4.5, swatch.name


def test_contrast_is_counted_as_wcag_does():
    black, grey, white = (tokens.Colour(n, n, n) for n in (0, 0x77, 255))
    assert tokens.contrast(black, white) == tokens.contrast(white, black) == 21
    assert round(tokens.contrast(grey, white), 2) == 4.48
