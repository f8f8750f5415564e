"""A visitor who writes, and takes the time that people take."""

import time
from unittest.mock import patch

from django.test import Client

import pytest

from showcase.enquiries.sending import began_now
from tests.pages.document import Document

CONTACT, THANKS = "/contact/", "/contact/thanks/"
WORDS = {
    "kind": "question",
    "message": "Does it run\non ARM?",
    "name": "Zoë Quokka",
    "email": "zoe@example.org",
    "consent": "on",
}


def began(seconds_ago):
    """Return the moment of a form that was opened a while ago."""
    then = time.time() - seconds_ago
    with patch("django.core.signing.time.time", return_value=then):
        return began_now()


@pytest.fixture
def client():
    """A browser as it is in earnest: a form without Django's token is refused where it is asked."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def send(client, db):
    """Send the form; what a test does not speak of is filled in as it should be."""

    def send(address=CONTACT, headers=None, network="192.0.2.1", **changes):
        words = WORDS | {"moment": began(60)} | changes
        sent = {name: value for name, value in words.items() if value is not None}
        return client.post(address, sent, headers=headers, REMOTE_ADDR=network)

    return send


@pytest.fixture
def refused(send):
    """Send the form and read the page that comes back."""

    def refused(status=200, **changes):
        response = send(**changes)
        assert response.status_code == status
        page = Document(response.text)
        assert page.problems == []
        return page

    return refused


def summary(page):
    """Return the sentences at the head of the page, and the places that they lead to."""
    return page.one("section", class_="notice").links()


def typed(page):
    """Return what stands in the boxes of the form."""
    boxes = page.main.all("input", type="text") + page.main.all("input", type="email")
    values = {box["name"]: box.attributes.get("value", "") for box in boxes}
    chosen = [box["value"] for box in page.main.all("input", type="radio") if is_ticked(box)]
    consent = is_ticked(page.main.one("input", type="checkbox"))
    message = page.main.one("textarea").text
    return values | {"kind": chosen, "consent": consent, "message": message}


def is_ticked(box):
    return "checked" in box.attributes
