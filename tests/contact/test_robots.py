"""What keeps programs out, and what people notice of it: nothing they wrote is lost."""

from datetime import timedelta

from django.utils import timezone

import pytest

from showcase.enquiries.sending import SENT_MAX
from showcase.models import Enquiry, Sending
from tests.pages.document import Document

from .conftest import CONTACT, THANKS, WORDS, began, summary, typed

pytestmark = pytest.mark.django_db

A_DAY = 24 * 3600


def send_too_often(send, **options):
    for number in range(SENT_MAX):
        assert send(message=f"Number {number}", **options).status_code == 302
    return send(message="One more", **options)


def test_who_fills_in_every_box_is_told_to_empty_one(refused):
    page = refused(website="https://example.org")
    (sentence,) = summary(page)
    assert sentence.startswith("Empty this box")
    # From now on it can be seen.
    assert "Leave this empty" not in [part.text for part in page.all(class_="visually-hidden")]
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (0, "That was faster"),
        (A_DAY + 60, "This form was open"),
        ("", "This form was open"),
        ("a:b:c", "This form was open"),
    ],
)
def test_form_that_comes_too_soon_or_too_late_is_shown_again(moment, told, refused, send):
    sent = moment if isinstance(moment, str) else began(moment)
    page = refused(moment=sent)
    (sentence,) = summary(page)
    assert sentence.startswith(told)
    assert typed(page)["message"] == "Does it run on ARM?"
    assert not Enquiry.objects.exists()
    assert page.one("input", name="moment")["value"] != sent


def test_moment_is_good_for_no_other_form(refused):
    page = refused(moment=f"{began(60)[:-1]}!")
    assert len(summary(page)) == 1


def test_form_with_a_slip_keeps_its_moment(refused):
    moment = began(60)
    assert refused(moment=moment, message="").one("input", name="moment")["value"] == moment


def test_too_many_are_refused_for_a_while_and_nothing_is_lost(send):
    response = send_too_often(send)
    assert response.status_code == 429
    assert 3_500 < int(response["Retry-After"]) <= 3_600
    assert response["Cache-Control"] == "no-store"
    page = Document(response.text)
    assert "60 minutes" in page.one("section", class_="notice").text
    assert typed(page)["message"] == "One more"
    assert Enquiry.objects.count() == SENT_MAX


def test_others_may_write_meanwhile(send):
    send_too_often(send)
    assert send(network="192.0.2.2").status_code == 302


def test_addresses_of_one_ipv6_network_count_together(send):
    send_too_often(send, network="2001:db8::1")
    assert send(network="2001:db8::2").status_code == 429
    assert send(network="2001:db8:0:1::1").status_code == 302


def test_an_hour_later_more_may_be_written_and_the_digests_are_gone(send):
    send_too_often(send)
    Sending.objects.update(sent_at=timezone.now() - timedelta(hours=1, seconds=1))
    assert send().status_code == 302
    assert Sending.objects.count() == 1


def test_what_was_kept_is_thanked_for_however_often_it_comes(send):
    moment = began(60)
    send(moment=moment)
    send_too_often_but_one = range(SENT_MAX - 1)
    for number in send_too_often_but_one:
        send(message=f"Number {number}")
    assert send(message="One more").status_code == 429
    assert send(moment=moment)["Location"] == THANKS


def test_where_somebody_wrote_from_cannot_be_read(send, monkeypatch):
    send()
    today = Sending.objects.get().sender
    assert "192.0.2.1" not in today
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    send(message="More")
    assert Sending.objects.exclude(sender=today).count() == 1


def test_proxy_is_believed_when_it_is_named_and_visitors_are_not(send, settings):
    def forwarded(address):
        headers = {"X-Forwarded-For": f"203.0.113.{address}"}
        return send(message=f"From {address}", headers=headers).status_code

    assert [forwarded(number) for number in range(6)] == [302] * 5 + [429]
    settings.PROXY_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    assert forwarded(7) == 302
    said = [{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"} for number in range(6)]
    answers = [send(message=f"{number}", headers=said[number]) for number in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8000"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_form_on_another_site_is_refused(headers, send):
    response = send(headers=headers)
    assert response.status_code == 403
    assert "The form has expired" in response.text
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Origin": "http://testserver"},
        {"Origin": "http://localhost:8000"},
    ],
)
def test_form_on_this_site_is_taken(headers, send):
    assert send(headers=headers).status_code == 302


@pytest.mark.parametrize(
    "nonsense", ["\0", "\ud800", "\u202e", "<script>alert(1)</script>", "9" * 9_000]
)
@pytest.mark.parametrize("name", [*WORDS, "project", "moment", "website"])
def test_nonsense_is_answered_and_never_shown_as_markup(name, nonsense, send):
    changes = {name: nonsense.encode("utf-8", "replace").decode()}
    response = send(**changes)
    assert response.status_code in {200, 302}
    assert "<script>alert" not in response.text


@pytest.mark.parametrize("body", [b"%", b"--x\r\n", b"\xff\xfe", b"a=" * 2_000, b"&" * 3_000])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_body_that_is_no_form_is_answered(body, kind, client):
    assert client.post(CONTACT, body, content_type=kind).status_code in {200, 400}
    assert not Enquiry.objects.exists()


def test_slug_in_the_address_may_be_anything(client):
    for slug in ("%00", "%ff", "a" * 3_000, "%ED%A0%80", "<script>alert(1)</script>"):
        response = client.get(f"{CONTACT}?project={slug}")
        assert response.status_code == 200
        assert "<script>alert" not in response.text
