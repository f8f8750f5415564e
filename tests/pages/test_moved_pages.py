"""A page that was renamed is still found at its former address."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from projects.models import Project, Tag
from showcase.models import Redirect
from showcase.redirects import move
from showcase.sections import SECTIONS
from tests.factories import make_draft, make_page, make_person, make_product, make_project, make_tag

from .document import Document
from .patterns import public_names

pytestmark = pytest.mark.django_db


def rename(thing, slug):
    thing.slug = slug
    thing.save()


@pytest.fixture
def renamed():
    project = make_project("Old name")
    rename(project, "new-name")
    return project


@pytest.mark.parametrize("make", [make_project, make_product, make_person, make_page])
def test_former_address_leads_to_the_present_one(make, client):
    thing = make("Old name")
    former = thing.get_absolute_url()
    rename(thing, "new-name")
    response = client.get(former)
    assert response.status_code == 301
    assert response["Location"] == thing.get_absolute_url()


def test_former_address_of_a_tag_leads_to_the_present_one(client):
    tag = make_tag("Disks")
    make_project().tag_items.create(tag=tag)
    rename(tag, "storage")
    assert client.get("/tags/disks/")["Location"] == "/tags/storage/"
    assert client.get("/tags/disks/feed.atom")["Location"] == "/tags/storage/feed.atom"


def test_what_lies_below_a_renamed_page_moves_with_it(renamed, client):
    response = client.get("/projects/old-name/feed.atom")
    assert response["Location"] == "/projects/new-name/feed.atom"


def test_redirect_keeps_the_query_string(renamed, client):
    response = client.get("/projects/old-name/?a=1&b=%C3%A4")
    assert response["Location"] == "/projects/new-name/?a=1&b=%C3%A4"


def test_former_address_without_its_last_slash_arrives_too(renamed, client):
    response = client.get("/projects/old-name", follow=True)
    assert response.status_code == 200
    assert Document(response.text).one("h1").text == "Old name"


def test_head_is_led_on_as_well(renamed, client):
    assert client.head("/projects/old-name/").status_code == 301


def test_page_that_was_renamed_twice_is_reached_in_one_step(renamed, client):
    rename(renamed, "newest-name")
    assert client.get("/projects/old-name/")["Location"] == "/projects/newest-name/"
    assert client.get("/projects/new-name/")["Location"] == "/projects/newest-name/"


def test_page_that_was_renamed_back_is_where_it_was(renamed, client):
    rename(renamed, "old-name")
    assert client.get("/projects/old-name/").status_code == 200
    assert client.get("/projects/new-name/")["Location"] == "/projects/old-name/"


def test_new_page_at_a_former_address_is_shown(renamed, visit):
    make_project("Another", slug="old-name")
    assert visit("/projects/old-name/").one("h1").text == "Another"


def test_names_may_be_exchanged(client):
    one, other = make_project("One"), make_project("Other")
    rename(one, "between")
    rename(other, "one")
    rename(one, "other")
    assert client.get("/projects/one/").status_code == 200
    assert client.get("/projects/other/").status_code == 200
    assert client.get("/projects/between/")["Location"] == "/projects/other/"


def test_whatever_lies_deeper_is_not_invented(renamed, client):
    assert client.get("/projects/old-name/nothing/").status_code == 404
    assert client.get("/projects/old-names/").status_code == 404


def test_changed_name_alone_moves_nothing(client):
    project = make_project("Old name")
    project.name = "New name"
    project.save()
    assert not Redirect.objects.exists()


def test_renamed_draft_is_as_unknown_as_before(client):
    before = client.get("/projects/old-name/")
    rename(make_draft("Old name"), "new-name")
    after = client.get("/projects/old-name/")
    assert after.status_code == 404
    assert after.content == before.content


def test_renamed_entry_that_was_withdrawn_leads_nowhere(renamed, client):
    Project.objects.update(state="withdrawn")
    assert client.get("/projects/old-name/").status_code == 404


def test_tag_that_nothing_public_carries_any_more_leads_nowhere(client):
    tag = make_tag("Disks")
    rename(tag, "storage")
    assert Tag.objects.count() == 1
    assert client.get("/tags/disks/").status_code == 404


def test_editor_may_lead_one_address_to_any_other(client):
    move("/somewhere/", "/about/")
    make_page("About")
    assert client.get("/somewhere/")["Location"] == "/about/"


def test_editor_may_leave_out_the_last_slash(client):
    move("/somewhere/", "/projects")
    assert client.get("/somewhere/", follow=True).status_code == 200


def test_address_that_leads_to_no_page_is_not_found(client):
    move("/somewhere/", "/nowhere/")
    assert client.get("/somewhere/").status_code == 404


def test_every_public_address_with_a_slug_can_be_led_to():
    with_slug = [name for name, parameters in public_names() if "slug" in parameters]
    assert with_slug
    assert {reverse(name, args=["a"]).split("/")[1] for name in with_slug} <= SECTIONS.keys()


# In earnest what is kept in memory is read once for all, after the write.
@pytest.mark.django_db(transaction=True)
def test_leading_on_does_not_fetch_what_the_page_shows(client):
    rename(make_project("Old name"), "virter")
    client.get("/projects/")

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert asked("/projects/old-name/") <= asked("/projects/nothing-like-it/") + 1


@pytest.mark.parametrize(
    "path", ["/%00/", "/projects/%00/", "/%ff/", "/projects/old-name/%0d%0aSet-Cookie:x=1/"]
)
def test_path_that_no_browser_sends_is_not_found(renamed, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("length", [200, 5_000, 40_000])
def test_path_of_any_depth_is_not_found(client, length):
    assert client.get("/a" * length).status_code == 404
