"""Who is told by mail, of what, and what happens when they cannot be."""

from smtplib import SMTPRecipientsRefused

from django.core import mail

import pytest

from showcase.enquiries import mailing
from showcase.models import Enquiry
from tests.factories import make_project

from .conftest import THANKS, began

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def team(settings):
    settings.ENQUIRIES_TO = ["team@example.org"]


def test_those_who_answer_are_told(send):
    make_project()
    send(project="virter")
    (message,) = mail.outbox
    assert message.to == ["team@example.org"]
    assert message.reply_to == ["zoe@example.org"]
    assert "question about a project" in message.subject
    assert "Virter" in message.subject
    number = Enquiry.objects.get().pk
    assert f"http://localhost:8000/admin/showcase/enquiry/{number}/change/" in message.body
    assert "Does it run\non ARM?" in message.body


def test_mail_is_in_the_language_of_the_catalogue(send):
    send("/de/contact/")
    assert "question about a project" in mail.outbox[0].subject


def test_nobody_is_told_unless_somebody_is_named(send, settings):
    settings.ENQUIRIES_TO = []
    send()
    assert mail.outbox == []
    assert Enquiry.objects.exists()


def test_what_comes_twice_is_told_once(send):
    moment = began(60)
    for _ in range(2):
        send(moment=moment)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("zoe@example.org"),
        TimeoutError,
        SMTPRecipientsRefused({"zoe@example.org": (550, b"no")}),
    ],
)
def test_failing_mail_loses_nothing_and_logs_nobody(error, send, monkeypatch, caplog):
    def fail(message):
        raise error

    monkeypatch.setattr(mailing.EmailMessage, "send", fail)
    assert send()["Location"] == THANKS
    assert Enquiry.objects.get().message
    assert "was not mailed" in caplog.text
    for word in ("zoe", "Quokka", "ARM"):
        assert word not in caplog.text


@pytest.mark.parametrize("name", ["name", "email", "project"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "%0A"])
def test_no_header_can_be_slipped_in(name, line_break, send):
    send(**{name: f"zoe@example.org{line_break}Bcc: all@example.org"})
    for message in mail.outbox:
        headers = message.message().as_string().partition("\n\n")[0]
        assert "all@" not in headers


@pytest.mark.parametrize("address", ["zoe@bücher.example", '"a b"@example.org', "zoë@example.org"])
def test_odd_address_stops_nothing(address, send):
    response = send(email=address)
    assert response.status_code in {200, 302}
    assert Enquiry.objects.count() == len(mail.outbox) == (response.status_code == 302)
    for message in mail.outbox:
        message.message().as_bytes()
