"""What those see who answer."""

import json

from django.contrib.auth.models import Permission
from django.urls import reverse

import pytest

from showcase.models import Enquiry
from tests.editing.accounts import make_user, signed_in
from tests.factories import A_MOMENT, make_draft, make_project

pytestmark = pytest.mark.django_db

LIST = "/admin/showcase/enquiry/"


def make_enquiry(message="Does it run?", **fields):
    return Enquiry.objects.create(message=message, consented_at=A_MOMENT, **fields)


def form_of(enquiry):
    return reverse("admin:showcase_enquiry_change", args=[enquiry.pk])


def act(client, action, *enquiries, **more):
    chosen = {"action": action, "_selected_action": [enquiry.pk for enquiry in enquiries]}
    return client.post(LIST, chosen | more)


@pytest.fixture
def written():
    """Two by one person, one by another, one by nobody."""
    return [
        make_enquiry("One", email="zoe@example.org"),
        make_enquiry("Two", email="Zoe@Example.org", state="closed"),
        make_enquiry("Three", email="other@example.org"),
        make_enquiry("Four"),
    ]


def test_correction_stands_beside_what_the_entry_says(admin_client):
    project = make_project(need="It asks *libvirt*.")
    page = admin_client.get(form_of(make_enquiry(kind="correction", project=project))).text
    assert "The entry at present" in page
    assert "It asks *libvirt*." in page
    assert f'<a href="/admin/projects/project/{project.pk}/change/">Edit “Virter”</a>' in page


def test_enquiry_about_nothing_has_nothing_beside_it(admin_client):
    assert "The entry at present" not in admin_client.get(form_of(make_enquiry())).text


def test_entry_is_shown_to_those_who_may_see_it():
    clerk = make_user("clerk")
    clerk.user_permissions.set(Permission.objects.filter(codename__endswith="_enquiry"))
    enquiry = make_enquiry(project=make_draft(need="A wombat."))
    page = signed_in(clerk).get(form_of(enquiry)).text
    assert "Does it run?" in page
    assert "wombat" not in page


def test_all_that_a_person_wrote_is_taken_along(admin_client, written):
    response = act(admin_client, "take_along", written[0])
    assert response["Content-Disposition"].startswith('attachment; filename="enquiries-')
    assert {record["message"] for record in json.loads(response.content)} == {"One", "Two"}


def test_forgetting_asks_first(admin_client, written):
    page = act(admin_client, "forget", written[0]).text
    assert page.count("zoe@example.org") + page.count("Zoe@Example.org") == 2
    assert Enquiry.objects.count() == 4


def test_all_that_a_person_wrote_is_forgotten_even_what_is_not_on_the_list(admin_client, written):
    chosen = {"action": "forget", "_selected_action": [written[0].pk], "confirmed": "yes"}
    admin_client.post(f"{LIST}?state__exact=new", chosen)
    assert set(Enquiry.objects.values_list("message", flat=True)) == {"Three", "Four"}


def test_who_gave_no_address_is_forgotten_alone(admin_client, written):
    make_enquiry("Five")
    act(admin_client, "forget", written[3], confirmed="yes")
    assert not Enquiry.objects.filter(message="Four").exists()
    assert Enquiry.objects.count() == 4


@pytest.mark.parametrize(
    ("group", "status", "may_forget"),
    [("editor", 403, False), ("publisher", 200, False), ("administrator", 200, True)],
)
def test_groups_may_do_what_is_theirs(group, status, may_forget, written):
    client = signed_in(make_user("colleague", group))
    response = client.get(LIST)
    assert response.status_code == status
    act(client, "forget", written[0], confirmed="yes")
    assert Enquiry.objects.filter(message="One").exists() is not may_forget


def test_new_enquiries_wait_on_the_first_page(admin_client):
    make_enquiry(kind="correction", project=make_project())
    make_enquiry(kind="suggestion", state="closed")
    page = admin_client.get("/admin/").text
    assert "correction of an entry" in page
    assert "suggestion of an entry" not in page
