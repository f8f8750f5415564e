"""The ledger of work that went into other people's projects."""

from datetime import date

import pytest

from projects.models import Contribution, Credit
from tests.factories import make_draft, make_person, make_project, make_upstream

from ..catalogue import relate

pytestmark = pytest.mark.django_db

A_DAY = date(2023, 10, 4)


def contribute(project, upstream, title="Leave out empty unions", **fields):
    defaults = {"state": "merged", "state_as_of": A_DAY}
    return Contribution.objects.create(
        project=project, upstream=upstream, title=title, **defaults | fields
    )


def test_ledger_says_what_was_done_by_whom_and_how_far_it_got(visit):
    project = make_project()
    url = "https://example.org/pull/1"
    contribute(project, make_upstream(), state="shipped", shipped_in="0.24.7", evidence_url=url)
    Credit.objects.create(person=make_person("Ada"), project=project)
    Credit.objects.create(person=make_person("Rui Xu", is_listed=False), project=project, order=1)
    section = visit("/upstream/").section("libbpf-rs")
    row = section.one("tbody").one("tr")
    assert row.text == "Leave out empty unions shipped in 0.24.7 4 Oct 2023 Ada, Rui Xu Virter"
    assert row.links() == {
        "Leave out empty unions": url,
        "Ada": "/people/ada/",
        "Virter": "/projects/virter/",
    }


def test_work_that_nobody_is_named_for_is_shown_too(visit):
    contribute(make_project(), make_upstream())
    assert "nobody is named" in visit("/upstream/").one("tbody").text


def test_person_with_two_roles_is_named_once(visit):
    project, person = make_project(), make_person("Ada")
    contribute(project, make_upstream())
    for role in ("author", "maintainer"):
        Credit.objects.create(person=person, project=project, role=role)
    assert visit("/upstream/").one("tbody").one("tr").all("td")[2].text == "Ada"


def test_upstream_is_listed_once_for_several_contributions(visit):
    project, upstream = make_project(), make_upstream()
    for title in ("One", "Two"):
        contribute(project, upstream, title)
    page = visit("/upstream/")
    assert len(page.one("section", class_="ledger").one("tbody").all("tr")) == 2


def test_upstream_page_shows_each_contribution_with_its_project(visit):
    upstream = make_upstream(
        description="Calls *libbpf*.",
        home_url="https://example.org/",
        repository_url="https://example.org/git",
        licence="BSD-2-Clause",
    )
    contribute(make_project(), upstream, description="They *broke* bindings.")
    page = visit("/upstream/libbpf-rs/")
    assert page.headings[:4] == ["libbpf-rs", "Facts", "What it is", "What went into it"]
    assert page.one("dl").text.startswith("Licence BSD-2-Clause")
    assert page.one("aside").links() == {
        "https://example.org/": "https://example.org/",
        "https://example.org/git": "https://example.org/git",
    }
    work = page.section("Leave out empty unions")
    assert "Virter: merged as of 4 Oct 2023" in work.text
    assert work.links() == {"Virter": "/projects/virter/"}


def test_only_public_work_is_shown(visit):
    upstream = make_upstream()
    contribute(make_project(), upstream, "Seen")
    contribute(make_draft(), upstream, "Unseen")
    for address in ("/upstream/", "/upstream/libbpf-rs/"):
        assert "Seen" in visit(address).main.text
        assert "Unseen" not in visit(address).main.text


def test_upstream_without_public_work_has_no_page(visit):
    contribute(make_draft(), make_upstream())
    assert "No contribution has been recorded yet." in visit("/upstream/").main.text
    visit("/upstream/libbpf-rs/", status=404)


def test_upstream_that_a_relation_names_has_a_page_and_no_place_in_the_ledger(visit):
    relate(make_project(), "port-of", make_upstream("bollard"))
    told = visit("/projects/virter/").section("How it fits together")
    assert told.links() == {"bollard": "/upstream/bollard/"}
    page = visit("/upstream/bollard/")
    assert page.headings == ["bollard", "Facts", "How it fits together"]
    assert "bollard" not in visit("/upstream/").main.text


def test_upstream_that_only_hidden_entries_are_related_to_has_no_page(visit):
    relate(make_draft(), "port-of", make_upstream("bollard"))
    visit("/upstream/bollard/", status=404)


def test_ledger_comes_in_alphabetical_order(visit):
    for name in ("libbpf-rs", "ReactOS", "Apache"):
        contribute(make_project(name), make_upstream(name))
    sections = visit("/upstream/").all("section", class_="ledger")
    assert [s.one("h2").text for s in sections] == ["Apache", "libbpf-rs", "ReactOS"]
