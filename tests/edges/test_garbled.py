"""What went wrong once, and what would tell too much: odd headers, logs, and pages of errors."""

import sys
from itertools import product
from unittest.mock import Mock

import django
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client

import pytest

from tests import ROOT

from .cases import Case
from .production import BEHIND_TLS
from .test_fuzzing import send

pytestmark = pytest.mark.django_db

CONTENT_TYPES = [
    *("a; charset=utf-16", "a; charset=hex", "a; charset=undefined", "a; CHARSET*=utf-8''zlib"),
    *("multipart/form-data; boundary*=nothing''x", "a; b*=nothing''c", "a" * 20_000, "a;" * 9_000),
]


def test_form_is_answered_whatever_it_calls_itself(site):
    addresses = product(("/contact/", "/admin/login/", "/projects/"), ("", "a&" * 1_500))
    for content_type, (path, query) in product(CONTENT_TYPES, [*addresses]):
        body = b"message=%E4%F6%FC"
        case = Case(path, query, "POST", content_type=content_type, body=body)
        assert send(site, case).status in {200, 400, 403, 405}, case


def test_parts_of_a_form_are_told_apart_by_its_boundary(site):
    body = b'--a-b\r\nContent-Disposition: form-data; name="name"\r\n\r\nZoe\r\n--a-b--\r\n'
    for said in ("boundary=a-b", 'charset=utf-16; boundary="a-b"', "Boundary=a-b;charset=hex"):
        content_type = f"multipart/form-data; {said}"
        case = Case("/contact/", "", "POST", content_type=content_type, body=body)
        assert 'value="Zoe"' in send(site, case).text


def test_garbled_cookie_is_answered_with_none(site):
    names, values = ("__Host-csrf", "__Host-session", "messages"), ("x", "", "a" * 32, "\xff")
    for name, value in product(names, values):
        for address in ("/", "/contact/", "/nothing/", "/card.png", "/projects"):
            answer = site.ask(address, **BEHIND_TLS, cookie=f"{name}={value}")
            assert "set-cookie" not in answer.headers


def test_head_of_a_refusal_has_no_body(site):
    for host in ("evil.example", BEHIND_TLS["host"]):
        answer = site.ask("/?" + "a&" * 1_500, "HEAD", **BEHIND_TLS | {"host": host})
        assert (answer.status, answer.body) == (400, b"")


def test_visitors_cannot_fill_the_log(site, caplog):
    long = "x" * 20_000
    site.ask("/", host="evil.example")
    site.ask(f"/{long}", host=BEHIND_TLS["host"])
    site.ask(f"/?{'a&' * 1_500}", **BEHIND_TLS)
    send(site, Case("/contact/", "", "POST", content_type="a", content_length=str(10**9)))
    form = "application/x-www-form-urlencoded"
    send(site, Case("/contact/", "", "POST", content_type=form, content_length=str(10**9)))
    assert [record for record in caplog.records if record.exc_info] == []


def test_line_break_in_an_address_begins_no_line_in_the_log(site, caplog, monkeypatch):
    monkeypatch.setattr("showcase.errors.near", Mock(side_effect=ValueError))
    forged = "\r\nCRITICAL forged: \x1b[31m\u2028"
    answer = site.ask(f"/nothing/{forged}/", **BEHIND_TLS, user_agent=forged, referer=forged)
    assert answer.status == 500
    messages = [record.getMessage() for record in caplog.records]
    assert messages
    assert [message for message in messages if not message.isprintable()] == []


def test_page_of_an_error_tells_nothing_of_the_inside(site, monkeypatch):
    inside = ["secret", str(ROOT), settings.SECRET_KEY, "Traceback", "projects.views", "<pre"]
    inside += [django.get_version(), sys.version.split()[0], "site-packages", "DATABASES"]
    for error in (ValueError, OperationalError, PermissionDenied, SuspiciousOperation, OSError):
        raised = error(f"secret {ROOT}")
        monkeypatch.setattr("projects.views.ProjectListView.get_queryset", Mock(side_effect=raised))
        answer = site.ask("/projects/", **BEHIND_TLS)
        assert answer.status in {400, 403, 500, 503}
        assert [words for words in (*inside, error.__name__) if words in answer.text] == []


def test_form_without_its_token_is_told_nothing_of_the_inside(behind_tls):
    browser = Client(enforce_csrf_checks=True)
    page = browser.post("/admin/login/", secure=True, headers={"host": BEHIND_TLS["host"]})
    assert page.status_code == 403
    for words in ("Referer checking", "CSRF_", "Reason", "DEBUG", django.get_version()):
        assert words not in page.text


def test_admin_takes_what_browsers_send_and_nothing_else(behind_tls, admin_client):
    ask = {"secure": True, "headers": {"host": BEHIND_TLS["host"], "x-secret": "secret"}}
    addresses = ("/admin/", "/admin/login/", "/admin/projects/project/", "/admin/nothing/")
    for method, address in product(("TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"), addresses):
        response = admin_client.generic(method, address, **ask)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, POST"
        assert "secret" not in response.text
