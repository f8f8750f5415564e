"""Lists stay quick, say what needs attention, and find."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

import pytest

from people.models import Alias
from projects.models import Link, Project, Release, Tag
from tests.factories import (
    A_DAY,
    make_draft,
    make_kind,
    make_page,
    make_person,
    make_project,
    make_tag,
)

from ..catalogue import add_more, make_catalogue
from .test_pages import OURS, address

pytestmark = pytest.mark.django_db

ODD_SEARCHES = {
    "a NUL": "a\0b",
    "an emoji": "🦀",
    "a quote": '"',
    "quotes": "\"'“”'\"",
    "a backslash": "\\",
    "operators": "% _ AND OR * ( NEAR :",
    "1,000 letters": "x" * 1_000,
    "500 words": "a " * 500,
    "half a pair": "\ud83e",
    "blanks": " \t\r\n\u2028 ",
}


@pytest.mark.parametrize("text", ODD_SEARCHES.values(), ids=ODD_SEARCHES)
def test_any_search_is_answered(text, admin_client):
    make_catalogue()
    text = text.encode(errors="surrogatepass")
    for model in OURS:
        assert admin_client.get(address(model, "changelist"), {"q": text}).status_code == 200


@pytest.mark.parametrize("text", ODD_SEARCHES.values(), ids=ODD_SEARCHES)
@pytest.mark.parametrize(
    ("model", "field"), [("project", "successor"), ("credit", "person"), ("taggedproject", "tag")]
)
def test_any_lookup_is_answered(text, model, field, admin_client):
    query = {"app_label": "projects", "model_name": model, "field_name": field}
    text = text.encode(errors="surrogatepass")
    assert admin_client.get("/admin/autocomplete/", query | {"term": text}).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_twice_the_rows_need_no_more_queries(model, admin_client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(address(model, "changelist"))
        return len(captured)

    catalogue = make_catalogue()
    add_more(catalogue, 2)
    queries()
    few = queries()
    add_more(catalogue, 3)
    add_more(catalogue, 4)
    assert model.objects.count() >= 4
    assert queries() == few


def names(response):
    return [str(row) for row in response.context["cl"].result_list]


def test_an_entry_is_found_by_another_name_of_its_author(admin_client):
    make_project("vmshed")
    person = make_person()
    Alias.objects.create(person=person, name="rck")
    make_project("Virter").credits.create(person=person)
    response = admin_client.get(address(Project, "changelist"), {"q": "RCK"})
    assert names(response) == ["Virter"]


def test_a_relation_is_looked_up_by_a_part_of_a_name(admin_client):
    make_draft("Virter")
    query = {"app_label": "projects", "model_name": "credit", "field_name": "project"}
    found = admin_client.get("/admin/autocomplete/", query | {"term": "irt"}).json()
    assert [result["text"] for result in found["results"]] == ["Virter"]


def test_an_entry_shows_its_status_with_its_date_and_its_first_kind(admin_client):
    project = make_project()
    project.kind_items.create(kind=make_kind("driver"), order=1)
    project.kind_items.create(kind=make_kind("library"), order=0)
    page = admin_client.get(address(Project, "changelist")).content.decode()
    assert '<td class="field-dated_status">active, 1 Jan 2024</td>' in page
    assert '<td class="field-primary_kind">library</td>' in page


def test_a_release_says_in_a_word_whether_it_is_one(admin_client):
    project = make_project()
    project.releases.create(version="v1", date=A_DAY)
    project.releases.create(version="v2-rc", date=A_DAY, is_prerelease=True)
    page = admin_client.get(address(Release, "changelist")).content.decode()
    assert page.count('<td class="field-sort">release</td>') == 1
    assert page.count('<td class="field-sort">pre-release</td>') == 1


def test_a_link_shows_the_site_that_it_leads_to(admin_client):
    url = "https://docs.example.org/a/long/way/down?page=1"
    make_project().links.create(role="documentation", label="Manual", url=url)
    page = admin_client.get(address(Link, "changelist")).content.decode()
    assert '<td class="field-site">docs.example.org</td>' in page


@pytest.mark.parametrize("make", [make_project, make_person, make_tag, make_page])
def test_a_list_gives_the_day_of_the_last_change(make, admin_client):
    row = make()
    day = date_format(timezone.localtime(row.updated_at), "SHORT_DATE_FORMAT")
    page = admin_client.get(address(type(row), "changelist")).content.decode()
    assert f'<td class="field-changed_on">{day}</td>' in page


def test_a_tag_shows_how_many_projects_carry_it(admin_client):
    tag = make_tag()
    make_project("Virter").tags.add(tag)
    make_draft("vmshed").tags.add(tag)
    page = admin_client.get(address(Tag, "changelist")).content.decode()
    assert '<td class="field-project_count">2</td>' in page


@pytest.mark.parametrize("query", ["state__exact=%00", "updated_at__year=99999"])
def test_a_filter_that_no_value_can_meet_is_answered(admin_client, query):
    make_project()
    response = admin_client.get(f"{address(Project, 'changelist')}?{query}", follow=True)
    assert response.status_code == 200
