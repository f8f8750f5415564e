"""A session begins with a sign-in, and ends."""

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session

import pytest

from .conftest import LOGIN, PASSWORD

pytestmark = pytest.mark.django_db

HOURS = 12 * 3600
CHANGE = "/admin/password_change/"


@pytest.fixture
def signed_in(editor, client):
    client.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    return client


def change_password(client, new="wombat-wombat"):
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    return client.post(CHANGE, words)


@pytest.mark.parametrize("wanted", [{}, {"next": "https://elsewhere.example/"}])
def test_who_wants_nothing_of_ours_is_led_to_the_first_page_of_the_admin(wanted, editor, client):
    words = {"username": editor.username, "password": PASSWORD}
    assert client.post(LOGIN, words | wanted)["Location"] == "/admin/"


def test_session_that_somebody_was_given_before_is_not_theirs_afterwards(editor, client):
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["session"] = session.session_key
    client.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    assert client.cookies["session"].value != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_cookie_goes_with_the_browser_and_the_session_after_a_working_day(signed_in):
    cookie = signed_in.cookies["session"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert signed_in.session.get_expiry_age() == HOURS


def test_nothing_that_is_done_makes_a_session_last_longer(signed_in):
    ends = Session.objects.get().expire_date
    assert signed_in.get("/admin/").status_code == 200
    assert change_password(signed_in, new="short").status_code == 200
    assert Session.objects.get().expire_date == ends


def test_session_that_is_over_leads_to_the_form(signed_in):
    Session.objects.update(expire_date="2024-01-01T00:00Z")
    assert signed_in.get("/admin/")["Location"].startswith("/admin/login/")


def test_leaving_takes_a_form_and_ends_the_session(signed_in):
    assert signed_in.get("/admin/logout/").status_code == 405
    assert Session.objects.exists()
    signed_in.post("/admin/logout/")
    assert not Session.objects.exists()
    assert signed_in.get("/admin/").status_code == 302


def test_new_password_ends_all_sessions_but_the_one_it_was_given_in(signed_in):
    elsewhere = type(signed_in)()
    elsewhere.force_login(get_user_model().objects.get())
    assert elsewhere.get("/admin/").status_code == 200
    assert change_password(signed_in).status_code == 302
    assert signed_in.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


@pytest.mark.parametrize("new", ["wombat-1234", "password1234", "123456789012345"])
def test_password_that_is_short_or_known_or_a_number_is_refused(signed_in, new):
    assert change_password(signed_in, new).status_code == 200
    assert get_user_model().objects.get().check_password(PASSWORD)
