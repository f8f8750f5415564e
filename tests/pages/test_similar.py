"""Entries that are like the one on the page, and why."""

from datetime import timedelta

from django.db import connection
from django.db.models import query
from django.db.models.fetch_modes import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects import snapshot
from projects.models import (
    Alternative,
    Collection,
    CollectionItem,
    Contribution,
    Credit,
    Project,
    TaggedProject,
)
from projects.similar import SIMILAR_MAX
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_draft,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import relate

pytestmark = pytest.mark.django_db


def tag(projects, *names):
    for name in names:
        made = make_tag(name)
        for project in projects:
            TaggedProject.objects.create(content_object=project, tag=made)


def share_an_alternative(projects):
    for project in projects:
        Alternative.objects.create(project=project, name="Vagrant", difference="Smaller.")


def share_a_collection(projects):
    collection = Collection.objects.create(name="Machines", slug="machines", tagline="So.")
    for project in projects:
        CollectionItem.objects.create(project=project, collection=collection)


def share_an_upstream(projects):
    upstream = make_upstream("ReactOS")
    for project in projects:
        Contribution.objects.create(
            project=project, upstream=upstream, title="Fix", state="merged", state_as_of=A_DAY
        )


def share_a_product(projects):
    product = make_product("DRBD")
    for project, verb in zip(projects, ("spun-out-of", "made-for"), strict=True):
        relate(project, verb, product)


def share_an_author(projects):
    person = make_person("Ada Lovelace")
    for project, role in zip(projects, ("author", "creator"), strict=True):
        Credit.objects.create(project=project, person=person, role=role)


BONDS = {
    "1 shared tag: Storage.": lambda projects: tag(projects, "Storage"),
    "4 shared tags: CI, Go, libvirt, Testing.": lambda projects: tag(
        projects, "Testing", "Go", "CI", "libvirt"
    ),
    "Replaces the same tool: Vagrant.": share_an_alternative,
    "In the same collection: Machines.": share_a_collection,
    "Contributed to the same project: ReactOS.": share_an_upstream,
    "Same product: DRBD.": share_a_product,
    "Same author: Ada Lovelace.": share_an_author,
}


@pytest.fixture
def similar(visit):
    """Read the section of an entry's page: the reasons by the name of each similar entry."""

    def similar(project):
        page = visit(project.get_absolute_url())
        assert page.problems == []
        if "Similar entries" not in page.headings:
            return {}
        entries = page.section("Similar entries").one("ul").all("li")
        return {
            entry.all("a")[0].text: entry.one("p", class_="muted").text.partition(" Compare")[0]
            for entry in entries
        }

    return similar


@pytest.mark.parametrize("reason", BONDS)
def test_reason_is_told_on_both_pages(similar, reason):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    make_project("Other")
    BONDS[reason]([virter, vmshed])
    assert similar(virter) == {"vmshed": reason}
    assert similar(vmshed) == {"Virter": reason}


def test_entry_that_shares_nothing_has_no_such_section(similar):
    tag([make_project("Virter")], "Storage")
    assert similar(make_project("Other")) == {}


def test_section_stands_after_the_alternatives_and_leads_on(visit):
    virter, vmshed = make_project("Virter"), make_project("vmshed", tagline="Runs tests.")
    share_an_alternative([virter, vmshed])
    page = visit("/projects/virter/")
    alternatives = page.headings.index("Alternatives, and how this differs")
    assert page.headings[alternatives + 1] == "Similar entries"
    section = page.section("Similar entries")
    assert "vmshed: Runs tests." in section.text
    assert section.links() == {
        "vmshed": "/projects/vmshed/",
        "Compare Virter and vmshed": "/compare/?project=virter&project=vmshed",
    }


def test_most_alike_comes_first_with_all_reasons_and_names_decide_ties(similar):
    virter, *others = [make_project(name) for name in ("Virter", "c", "B", "a")]
    tag([virter, *others], "Storage")
    tag([virter, others[1]], "Testing")
    share_an_author([virter, others[1]])
    found = similar(virter)
    assert list(found) == ["B", "a", "c"]
    assert found["B"] == "2 shared tags: Storage, Testing. Same author: Ada Lovelace."


def test_no_more_are_told_than_can_be_read(similar):
    projects = [make_project(f"Number {number}") for number in range(SIMILAR_MAX + 2)]
    tag(projects, "Storage")
    assert list(similar(projects[0])) == [
        f"Number {number}" for number in range(1, SIMILAR_MAX + 1)
    ]


def test_who_only_helped_is_no_author(similar):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    for project, role in ((virter, "author"), (vmshed, "packaging")):
        person = make_person() if project == virter else Credit.objects.get().person
        Credit.objects.create(project=project, person=person, role=role)
    assert similar(virter) == similar(vmshed) == {}


def test_relation_that_tells_no_origin_makes_nothing_similar(similar):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    product = make_product("DRBD")
    relate(virter, "made-for", product)
    relate(vmshed, "uses", product)
    assert similar(virter) == similar(vmshed) == {}


def test_successor_and_predecessor_are_told_elsewhere(similar):
    new = make_project("New")
    old = make_project("Old", successor=new, status="discontinued")
    tag([old, new], "Storage")
    assert similar(old) == similar(new) == {}


def test_alternative_in_the_catalogue_is_told_elsewhere(similar):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    tag([virter, vmshed], "Storage")
    Alternative.objects.create(project=virter, other=vmshed, name="vmshed", difference="Small.")
    assert similar(virter) == {}
    assert list(similar(vmshed)) == ["Virter"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"state": "in-review"},
        {"state": "withdrawn", "published_at": A_MOMENT},
        {"state": "published", "published_at": timezone.now() + timedelta(days=1)},
    ],
)
@pytest.mark.parametrize("reason", BONDS)
def test_hidden_entry_is_never_similar(visit, reason, fields):
    virter, secret = make_project("Virter"), make_draft("Zanzibar", **fields)
    BONDS[reason]([virter, secret])
    page = visit("/projects/virter/")
    assert "Similar entries" not in page.headings
    assert "zanzibar" not in page.html.lower()


def test_hidden_alternative_makes_nothing_similar(similar):
    virter, vmshed, secret = make_project("Virter"), make_project("vmshed"), make_draft("Zanzibar")
    for project in (virter, vmshed):
        Alternative.objects.create(project=project, other=secret, name="Zanzibar", difference=".")
    assert similar(virter) == similar(vmshed) == {}


def test_similar_entries_cost_as_many_queries_however_many_there_are(client, monkeypatch):
    monkeypatch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    for share in BONDS.values():
        share([virter, vmshed])

    def queries():
        # Whoever comes first after a write brings the search up to it.
        client.get("/projects/virter/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/projects/virter/").status_code == 200
        return len(captured)

    before = queries()
    more = [make_project(f"Number {number}") for number in range(20)]
    tag([virter, vmshed, *more], "One", "Two", "Three")
    for project in more:
        Alternative.objects.create(project=project, name="Vagrant", difference="Smaller.")
        CollectionItem.objects.create(project=project, collection=Collection.objects.get())
    assert queries() == before


def test_very_common_thing_is_looked_for_among_the_newest(similar, monkeypatch):
    monkeypatch.setattr("projects.similar.HOLDERS_MAX", 3)
    virter = make_project("Virter")
    others = [make_project(f"Number {number}") for number in range(1, 6)]
    tag([virter, *others], "Common")
    tag([virter, others[0]], "Rare")
    assert list(similar(virter)) == ["Number 1", "Number 3", "Number 4", "Number 5"]


@pytest.mark.parametrize("share", [share_an_alternative, share_a_collection])
def test_of_rows_that_very_many_have_the_newest_entries_are_looked_at(similar, monkeypatch, share):
    monkeypatch.setattr("projects.similar.HOLDERS_MAX", 3)
    # The number stands in the query, which is made anew.
    monkeypatch.setattr("projects.similar.RELATED.compiled", {})
    virter = make_project("Virter")
    share([virter, *(make_project(f"Number {number}") for number in range(1, 6))])
    assert list(similar(virter)) == ["Number 3", "Number 4", "Number 5"]


def test_entry_withdrawn_since_the_snapshot_was_read_is_not_similar(similar, monkeypatch):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    tag([virter, vmshed], "Storage")
    known = snapshot.present()
    monkeypatch.setattr("projects.similar.present", lambda: known)
    assert list(similar(virter)) == ["vmshed"]
    Project.objects.filter(pk=vmshed.pk).update(state="withdrawn")
    assert similar(virter) == {}


def test_two_roles_of_one_person_are_one_thing_shared(similar):
    virter, vmshed, other = (make_project(name) for name in ("Virter", "vmshed", "Other"))
    person = make_person("Ada Lovelace")
    for project in (virter, vmshed):
        for role in ("author", "creator"):
            Credit.objects.create(project=project, person=person, role=role)
    Credit.objects.create(project=other, person=person, role="maintainer")
    assert similar(virter) == dict.fromkeys(("Other", "vmshed"), "Same author: Ada Lovelace.")
