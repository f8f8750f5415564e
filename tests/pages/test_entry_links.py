"""Where an entry leads: its links, and the sources that bear it out."""

from datetime import date

import pytest

from projects.models import Link, Source
from tests.factories import make_project

pytestmark = pytest.mark.django_db

A_DAY = date(2023, 10, 4)


@pytest.fixture
def entry(visit):
    """Open the page of an entry."""
    return lambda project: visit(project.get_absolute_url())


def test_entry_leads_first_to_its_source_and_its_documentation(entry):
    project = make_project()
    for order, role in enumerate(("documentation", "package", "source", "source")):
        url = f"https://example.org/{role}-{order}"
        Link.objects.create(project=project, role=role, label=role, url=url, order=order)
    ways = entry(project).one("p", class_="entry__ways")
    assert list(ways.links().items()) == [
        ("Source code", "https://example.org/source-2"),
        ("Documentation", "https://example.org/documentation-0"),
        ("Compare", "/compare/?project=virter"),
    ]
    assert [link["rel"] for link in ways.all("a")] == ["noopener", "noopener", "nofollow"]


def test_entry_without_links_offers_the_comparison_alone(entry):
    assert list(entry(make_project()).one("p", class_="entry__ways").links()) == ["Compare"]


@pytest.mark.parametrize("role", Link.Role)
def test_link_says_what_it_is_good_for(entry, role):
    project = make_project()
    Link.objects.create(project=project, role=role, label="There", url="https://example.org/x?a&b")
    links = entry(project).one("aside").one("ul", class_="links")
    assert links.text == f"{role.label} There"
    assert links.links() == {"There": "https://example.org/x?a&b"}


def test_source_says_what_it_bears_out_and_how_far_to_trust_it(entry):
    project = make_project()
    Source.objects.create(
        project=project,
        supports="Licence",
        title="Cargo.toml",
        url="https://example.org/Cargo.toml",
        as_of=A_DAY,
        confidence="unverified",
        note="The README says otherwise.",
    )
    Source.objects.create(project=project, supports="Year", title="Hearsay", confidence="disputed")
    rows = entry(project).section("Where this comes from").one("tbody").all("tr")
    assert [row.text for row in rows] == [
        "Licence Cargo.toml The README says otherwise. 4 Oct 2023 unverified",
        "Year Hearsay not dated disputed",
    ]
    assert rows[0].links() == {"Cargo.toml": "https://example.org/Cargo.toml"}
