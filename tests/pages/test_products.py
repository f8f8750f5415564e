"""Products, and what came out of each."""

from datetime import date

from django.utils import timezone

import pytest

from projects.models import Credit, Link, Milestone, Release, Source
from projects.models.relation import ORIGINS, Verb
from tests.factories import (
    make_draft,
    make_language,
    make_person,
    make_product,
    make_project,
    make_upstream,
)

from ..catalogue import relate

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return make_product()


@pytest.fixture
def page(product, visit):
    """Open the product's page."""
    return lambda: visit("/products/linstor/")


def test_product_of_which_little_is_known_has_a_page(page):
    shown = page()
    assert shown.problems == []
    assert shown.headings == ["LINSTOR", "Facts", "What came out of it"]
    assert shown.one("dl").text == "Licence not known"
    assert "No project in this catalogue came straight from LINSTOR." in shown.main.text


def test_everything_known_of_a_product_is_shown(product, visit):
    product.description, product.origin = "Manages *storage*.", "Begun in *Vienna*."
    product.licence, product.licence_certainty = "GPL-3.0-or-later", "unverified"
    product.licence_note = "By its README."
    product.save()
    product.languages.add(make_language("Java"))
    day = date(2016, 3, 1)
    Credit.objects.create(person=make_person("Ada"), product=product, role="creator")
    Link.objects.create(product=product, role="home", label="Home", url="https://example.org/")
    Release.objects.create(product=product, version="v1", date=date(2018, 7, 2))
    Milestone.objects.create(product=product, text="First commit.", date=day)
    Source.objects.create(product=product, supports="Age", title="Its log", confidence="verified")
    page = visit("/products/linstor/")
    assert page.one("dl").text == (
        "Licence GPL-3.0-or-later unverified By its README. Written in Java Made by Ada, creator"
    )
    told = page.section("What it is")
    assert told.text == "What it is Manages storage. How it began Begun in Vienna."
    assert page.one("ul", class_="links").links() == {"Home": "https://example.org/"}
    assert [item.text for item in page.section("History").all("li")] == [
        "1 March 2016 First commit.",
        "2 July 2018 Release v1",
    ]
    assert "Age Its log not dated verified" in page.section("Where this comes from").text


@pytest.mark.parametrize("verb", Verb)
def test_project_came_from_a_product_only_by_a_verb_of_origin(product, page, visit, verb):
    relate(make_project(), verb, product)
    is_origin = verb in ORIGINS
    assert page().cards == (["Virter"] if is_origin else [])
    number = "1 project came" if is_origin else "0 projects came"
    assert f"{number} from it" in visit("/products/").main.text


def test_project_that_came_from_a_product_in_two_ways_is_one(product, page, visit):
    project = make_project()
    relate(project, "spun-out-of", product)
    relate(project, "made-for", product)
    assert page().cards == ["Virter"]
    assert "1 project came from it" in visit("/products/").main.text


def test_what_came_out_of_a_product_stands_in_the_order_of_the_years(product, page):
    first_releases = {"Late": date(2021, 5, 1), "Undated": None, "Early": date(2019, 2, 3)}
    for name, day in first_releases.items():
        relate(make_project(name, first_released_on=day), "made-for", product)
    assert page().cards == ["Early", "Late", "Undated"]
    notes = [note.text for note in page().main.all("p", class_="cards__note")]
    assert notes == [
        "First released in February 2019",
        "First released in May 2021",
        "Day of the first release not known",
    ]


def test_relations_of_a_product_are_told_from_its_side(product, page):
    relate(make_project(), "spun-out-of", product)
    relate(product, "built-with", make_product("DRBD"))
    relate(make_upstream(), "uses", product)
    told = page().section("How it fits together")
    assert [item.one("a").text for item in told.all("li")] == ["DRBD", "Virter", "libbpf-rs"]
    assert "Built with DRBD" in told.text
    assert "Gave rise to Virter" in told.text
    assert "Used by libbpf-rs" in told.text


def test_relation_to_an_entry_published_while_the_site_runs_is_told(product, page):
    project = make_draft("Fresh")
    relate(project, "uses", product)
    assert "Fresh" not in page().main.text
    project.state, project.published_at = "published", timezone.now()
    project.save()
    assert "Used by Fresh" in page().main.text


def test_products_are_listed_in_the_editors_order(visit):
    make_product("Alpha", order=2)
    make_product("Beta", order=1, licence="MIT", licence_certainty="disputed")
    page = visit("/products/")
    assert page.cards == ["Beta", "Alpha"]
    assert "MIT (sources disagree)" in page.all("article")[0].text


def test_product_that_does_not_exist_is_not_found(visit):
    visit("/products/nothing/", status=404)
