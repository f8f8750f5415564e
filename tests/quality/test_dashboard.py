"""The first page of the admin: what waits for an editor, as far as they may see it."""

import re
from datetime import timedelta
from html import unescape

from django.test import Client
from django.utils import timezone

import pytest

from projects.admin.project import ProjectAdmin
from projects.models import Project
from projects.quality import scored
from showcase.models import MissedSearch
from tests.factories import make_draft, make_person, make_project

from .entries import make_complete

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def panels(client):
    """Return the panels by their titles, each with its rows as they are read."""
    response = client.get(INDEX)
    assert response.status_code == 200
    found = re.findall(r'<section class="module".*?</section>', response.text, re.DOTALL)
    return {title(panel): rows(panel) for panel in found}


def title(panel):
    return plain(re.search(r"<h2.*?</h2>", panel)[0])


def rows(panel):
    return [plain(row) for row in re.findall(r"<li>(.*?)</li>", panel)]


def plain(html):
    return unescape(re.sub(r"<.*?>", "", html)).strip()


def test_an_empty_site_has_nothing_waiting(admin_client):
    assert panels(admin_client) == {
        "Drafts": [],
        "In review": [],
        "Scheduled": [],
        "Working copies": [],
        "Enquiries": [],
        "Import files": [],
        "Next fixes": [],
        "Searches without result": [],
        "Recent changes": [],
    }


def test_what_is_not_public_yet_waits(admin_client):
    moment = timezone.now() + timedelta(days=3)
    make_draft("Draft")
    make_draft("Reviewed", state="in-review")
    make_project("Later", published_at=moment)
    make_project("Public")
    found = panels(admin_client)
    assert [row.split()[0] for row in found["Drafts (1)"]] == ["Draft"]
    assert [row.split()[0] for row in found["In review (1)"]] == ["Reviewed"]
    assert [row.split()[0] for row in found["Scheduled (1)"]] == ["Later"]


def test_titles_lead_to_the_whole_lists(admin_client):
    make_draft("Draft")
    make_draft("Reviewed", state="in-review")
    make_project("Later", published_at=timezone.now() + timedelta(days=3))
    page = admin_client.get(INDEX).text
    for name, title in (("Draft", "Drafts"), ("Reviewed", "In review"), ("Later", "Scheduled")):
        url = unescape(re.search(rf'<a href="([^"]+)">{title} \(1\)', page)[1])
        found = admin_client.get(url, follow=True).context["cl"].result_list
        assert [project.name for project in found] == [name]


def test_a_few_of_many_are_shown_and_all_are_counted(admin_client):
    for number in range(7):
        make_draft(f"Draft {number}")
    assert len(panels(admin_client)["Drafts (7)"]) == 5


def test_the_most_urgent_fixes_are_shown(admin_client):
    make_complete()
    make_draft()
    found = panels(admin_client)["Next fixes"]
    assert found[0] == "State the licence, as the project itself does. Secret"
    assert len(found) == 8


def test_searches_without_result_are_shown(admin_client):
    today = timezone.localdate()
    MissedSearch.objects.create(words="quokka", count=3, first_on=today, last_on=today)
    assert panels(admin_client)["Searches without result"] == ["quokka 3 \N{MULTIPLICATION SIGN}"]


def test_recent_changes_are_shown(admin_form, admin_client):
    admin_form(make_draft()).fill(tagline="Feeds a quokka.").send()
    (row,) = panels(admin_client)["Recent changes"]
    assert row.startswith("Secret changed by admin, ")


def test_who_may_see_nothing_has_no_panel(colleague):
    make_draft()
    assert panels(colleague()) == {}


def test_one_sees_what_one_may_see(colleague):
    make_draft()
    found = panels(colleague("view_missedsearch"))
    assert list(found) == ["Next fixes", "Searches without result"]
    assert not any(found.values())


def test_one_is_told_of_no_entry_that_ones_own_list_lacks(colleague, monkeypatch):
    make_draft()
    make_project()
    monkeypatch.setattr(
        ProjectAdmin, "get_queryset", lambda *_: scored(Project.objects.published())
    )
    client = colleague("view_project")
    for page in (client.get(INDEX).text, client.get("/admin/next-fixes/").text):
        assert "Virter" in page
        assert "Secret" not in page


def test_names_are_text(admin_client):
    make_draft("<b>bold</b>")
    page = admin_client.get(INDEX).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "<b>" not in page


def test_whoever_is_a_person_of_the_catalogue_finds_their_page_and_entries(django_user_model):
    user = django_user_model.objects.create_user("roland", is_staff=True)
    person = make_person("Roland Kammerer", user=user)
    make_project("Virter").credits.create(person=person)
    make_draft("Secret").credits.create(person=person)
    client = Client()
    client.force_login(user)
    rows = panels(client)["Your page and entries"]
    assert [" ".join(row.split()) for row in rows] == ["Roland Kammerer person", "Virter project"]
