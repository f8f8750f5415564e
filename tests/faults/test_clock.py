"""Whatever the clock of the machine does, pages are the present ones and nobody is sent away."""

import time
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from django.test import Client
from django.utils import timezone
from django.utils.http import parse_http_date

import pytest

from projects.models import Project
from showcase.models import Enquiry

from ..contact.conftest import WORDS, began
from ..pages.document import Document
from ..serving.asking import Site
from .editions import ENTRY

DAY = 24 * 3600


@contextmanager
def clock_set(seconds):
    """Set the clock by so many seconds; what passes is counted by another one."""
    now, seconds_since_1970 = timezone.now, time.time
    with (
        patch("django.utils.timezone.now", lambda: now() + timedelta(seconds=seconds)),
        patch("time.time", lambda: seconds_since_1970() + seconds),
        patch("showcase.serving.front.time", lambda: seconds_since_1970() + seconds),
    ):
        yield


def edit(text):
    Project.objects.filter(slug="entry-1").update(tagline=text)


def assert_is_present(answer, text):
    """The page shows what was written last, and says of itself nothing that cannot be."""
    assert answer.status == 200
    assert text in answer.text
    if changed := answer.headers.get("last-modified"):
        assert parse_http_date(changed) <= time.time()


@pytest.mark.parametrize("seconds", [-DAY, 20 * 365 * DAY])
def test_visitors_see_every_edit_before_and_after_the_clock_is_set(seconds, site):
    front = Site()
    assert_is_present(front.ask(ENTRY), "edition 1")
    with clock_set(seconds):
        assert_is_present(front.ask(ENTRY), "edition 1")
        edit("In another time.")
        answer = front.ask(ENTRY)
        assert_is_present(answer, "In another time.")
        assert front.ask(ENTRY, if_none_match=answer.headers["etag"]).status == 304
    assert_is_present(front.ask(ENTRY), "In another time.")
    edit("In our time.")
    assert_is_present(front.ask(ENTRY), "In our time.")
    assert front.ask("/readyz").status == 200


@pytest.mark.parametrize("seconds", [-DAY, 2 * DAY])
def test_form_from_before_the_clock_was_set_can_be_sent(seconds, site, monkeypatch):
    client = Client()
    with clock_set(seconds):
        page = Document(client.post("/contact/", WORDS | {"moment": began(60 - seconds)}).text)
        # It asks to send it once more, and nothing has to be typed again.
        again = {box["name"]: box["value"] for box in page.main.all("input", type="hidden")}
        assert page.main.one("textarea").text == " ".join(WORDS["message"].split())
        monkeypatch.setattr("showcase.enquiries.sending.FASTEST", timedelta(seconds=-1))
        assert client.post("/contact/", WORDS | again).status_code == 302
    assert Enquiry.objects.get().name == WORDS["name"]
