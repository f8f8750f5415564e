"""Words that fit more entries than are counted."""

import re
from datetime import date
from itertools import product

from django.http import QueryDict

import pytest

from projects import listing
from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.search import hits
from projects.snapshot import present
from tests.factories import make_draft, make_kind, make_project, make_tag
from tests.pages.document import Document

pytestmark = pytest.mark.django_db

MOST = 3


@pytest.fixture(autouse=True)
def few_are_counted(monkeypatch):
    monkeypatch.setattr(hits, "HITS_MAX", MOST)
    monkeypatch.setattr(listing, "HITS_MAX", MOST)


@pytest.fixture
def machines():
    """Nine entries about machines; the last two are under one tag, the very last is named so."""
    testing = make_tag("testing")
    make_draft("Hidden", tagline="Starts machines")
    for number in range(8):
        project = make_project(f"Tool {number}", description="It starts machines.")
    project.tags.add(testing)
    make_project("Machines").tags.add(testing)


def test_a_list_of_too_many_says_so(machines, client):
    page = Document(client.get("/projects/?q=machines").text)
    # Which ones are counted is the database's choice; the draft may be among them.
    assert re.match(r"[345]\+ projects", page.one("h2", id="count").text)
    assert re.search(r"testing [12]\+ project", page.one("nav", id="narrow").text)


def test_the_best_is_among_those_that_are_counted(machines):
    assert Listing(ProjectFilters("machines"))[0].name == "Machines"


def test_what_few_entries_have_is_found_whole_among_too_many(machines):
    narrowed = Listing(ProjectFilters("machines").adding("tag", "testing"))
    assert [project.name for project in narrowed] == ["Machines", "Tool 7"]
    assert not narrowed.is_capped


def test_what_is_left_out_is_left_out_of_too_many_too(machines):
    make_project("Other", tagline="Reads clocks")
    assert [project.name for project in Listing(ProjectFilters("-machines"))] == ["Other"]


def test_a_list_of_as_many_as_are_counted_is_whole():
    for number in range(MOST):
        make_project(f"Tool {number}", description="It starts machines.")
    found = Listing(ProjectFilters("machines"))
    assert (len(found), found.is_capped) == (MOST, False)


def listing_of(query):
    return Listing(ProjectFilters.from_query(QueryDict(query)))


def counted(query):
    return len(listing_of(query))


@pytest.fixture
def machines_and_disks(monkeypatch):
    """Twelve older entries about machines and disks, and twelve newer ones about machines."""
    monkeypatch.setattr(hits, "LEAST_SHARE", 1)
    new = make_tag("new")
    for number in range(12):
        make_draft(f"Draft {number}", tagline="Machines")
    for number in range(12):
        make_project(f"Old {number}", tagline="Machines and disks")
    for number in range(12):
        make_project(f"New {number}", tagline="Machines").tags.add(new)


def test_what_is_counted_of_too_many_is_not_all_drafts_or_left_out(machines_and_disks):
    for query in ("q=machines", "q=machines&tag=new", "q=machines&-tag=new"):
        assert counted(query) >= MOST
        assert listing_of(query).is_capped
    found = listing_of("q=machines+-disks")
    # Whether the first that are counted say enough is the database's choice.
    assert len(found) == 12 if not found.is_capped else len(found) >= MOST


@pytest.fixture
def varied():
    """Four entries about machines that have something in common, and four that have nothing."""
    tags = [make_tag("all"), make_tag("even"), make_tag("odd")]
    kinds = [make_kind("all"), make_kind("even"), make_kind("odd")]
    licences, statuses = ("MIT", "GPL-2.0-only"), ("active", "dormant")
    for number in range(4):
        make_project(f"Plain {number}", description="It starts machines.")
        project = make_project(
            f"Tool {number}",
            description="It starts machines.",
            licence=licences[number % 2],
            licence_certainty="stated",
            status=statuses[number % 2],
            first_released_on=date(2020 + number % 2, 2, 1),
        )
        project.tags.add(tags[0], tags[1 + number % 2])
        project.kinds.add(kinds[0], kinds[1 + number % 2])


def test_words_and_values_together_find_what_is_chosen(varied):
    snapshot = present()
    values = [(name, value) for name, some in snapshot.postings.items() for value in some]
    assert {name for name, _ in values} >= {"tag", "kind", "licence", "status", "year"}
    for first, second in product(values, repeat=2):
        both = ProjectFilters("machines").adding(*first).adding(*second)
        for filters in (
            both,
            both.excluding(*second),
            ProjectFilters("machines").excluding(*first),
        ):
            found = Listing(filters)
            chosen = snapshot.select(filters.included, filters.excluded)
            assert found.projects == chosen if not found.is_capped else found.projects <= chosen
            assert found.is_capped == (len(chosen) > MOST)


def test_one_question_has_one_answer_whatever_was_asked_before(monkeypatch):
    few, many = make_tag("few"), make_tag("many")
    for number in range(6):
        make_project(f"Net {number}", tagline="A net").tags.add(few, many)
    for number in range(6):
        make_project(f"Network {number}", tagline="A network").tags.add(many)
    before = counted("q=net&tag=few"), counted("q=net&tag=many")
    assert (counted("q=net&tag=few"), counted("q=net&tag=many")) == before
