"""How an entry's page asks for help, and where it sends those who want to give it."""

import pytest

from projects.models import Link
from tests.factories import make_page, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def ways(visit):
    """Read the ways to help on a project's page."""
    return lambda project: visit(project.get_absolute_url()).section("How to help")


def link(project, role):
    url = f"https://example.org/{role}"
    Link.objects.create(project=project, role=role, label=role, url=url)


def test_ways_to_help_lead_to_the_source_to_talk_and_to_support(ways):
    project = make_project()
    for role in ("source", "discussion", "support", "home"):
        link(project, role)
    assert ways(project).links() == {
        "source code": "https://example.org/source",
        "discussion": "https://example.org/discussion",
        "support": "https://example.org/support",
        "Write to us about this entry": "/contact/?project=virter",
    }


def test_they_lead_on_to_those_that_need_no_project(ways):
    make_page("Giving back")
    links = ways(make_project()).links()
    assert links["more ways to give back"] == "/about/giving-back/"


def test_discontinued_entry_asks_for_help_with_its_successor_instead(ways):
    project = make_project("Old", successor=make_project("New"), status="discontinued")
    link(project, "source")
    assert ways(project).all("li")[0].links() == {"New": "/projects/new/"}
    assert "source code" not in ways(project).links()


def test_discontinued_entry_without_a_successor_asks_for_no_code(ways):
    project = make_project(status="discontinued")
    link(project, "source")
    assert [way.one("strong").text for way in ways(project).all("li")] == [
        "Ask or correct.",
        "Support open source.",
    ]
