"""What a line of the log looks like, whatever is in it."""

import json
import logging
import sys

from django.conf import settings

import pytest

from showcase.operation import logs
from showcase.operation.logs import JsonFormatter, TextFormatter

FORMATTERS = [TextFormatter, JsonFormatter]


@pytest.fixture(autouse=True)
def _request():
    before = logs.request_id.set("one-request")
    yield
    logs.request_id.reset(before)


def record(message, *args, name="showcase.test", error=None, **extra):
    made = logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, args, error, extra=extra
    )
    made.created = 1_800_000_000.25
    return made


def raised(message):
    try:
        raise LookupError(message)
    except LookupError:
        return sys.exc_info()


def test_a_line_says_when_how_bad_who_which_request_and_what():
    line = TextFormatter().format(record("Nothing is at %s.", "/here/"))
    assert line == (
        "2027-01-15T08:00:00.250+00:00 ERROR showcase.test one-request Nothing is at /here/."
    )


def test_an_object_says_the_same():
    assert json.loads(JsonFormatter().format(record("Nothing is at %s.", "/here/"))) == {
        "time": "2027-01-15T08:00:00.250+00:00",
        "level": "ERROR",
        "logger": "showcase.test",
        "request": "one-request",
        "message": "Nothing is at /here/.",
    }


@pytest.mark.parametrize("formatter", FORMATTERS)
@pytest.mark.parametrize(
    "sign",
    ["\n", "\r", "\r\n", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u202e", "\u200f", "\ud800"],
)
def test_nothing_in_a_message_begins_another_line(formatter, sign):
    forged = f"a{sign}2027-01-15T08:00:00.250+00:00 CRITICAL showcase: all is lost"
    line = formatter().format(record("Refused %s", forged, user=forged, error=raised(forged)))
    assert sign not in line
    assert len(line.splitlines()) == 1
    line.encode()


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_an_error_is_told_with_the_way_to_it(formatter):
    line = formatter().format(record("Failed", error=raised("no such shelf")))
    assert "LookupError: no such shelf" in line
    assert "test_logs.py" in line


@pytest.mark.parametrize("formatter", FORMATTERS)
@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Mail to zoe@example.org was refused", "zoe"),
        ("postgres://showcase:pass-word@localhost/name", "pass-word"),
        ("Error handling request /projects/?q=illness&page=2", "illness"),
        ("Invalid request from ip=192.0.2.1: Invalid HTTP Version", "192.0.2.1"),
        ("Invalid request from ip=2001:db8::1: Invalid HTTP Version", "db8"),
    ],
)
def test_nobody_is_named(formatter, text, secret):
    line = formatter().format(record(text, note=text, error=raised(text)))
    assert secret not in line
    assert "…" in json.loads(line)["message"] if formatter is JsonFormatter else "…" in line


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_the_audit_alone_names_who_did_it(formatter):
    line = formatter().format(record("Signed in", name="showcase.audit", user="zoe@example.org"))
    assert "zoe@example.org" in line


@pytest.mark.parametrize("formatter", FORMATTERS)
def test_a_request_is_not_written_down(formatter, rf):
    request = rf.get("/?q=illness", headers={"cookie": "session=secret"})
    line = formatter().format(record("Failed", request=request, status_code=500))
    assert "500" in line
    assert "secret" not in line
    assert "illness" not in line


def test_what_looks_like_an_address_takes_no_time_to_look_for():
    assert len(logs.discreet("x" * 100_000)) == 100_000
    assert len(logs.discreet("?" * 100_000)) == 100_000


@pytest.fixture
def handled():
    """Every record that reaches the handlers of the site, none of which is written."""
    records = []

    class Gathering(logging.Handler):
        def emit(self, record):
            records.append(record)

    handler = Gathering()
    logging.getLogger().addHandler(handler)
    yield records
    logging.getLogger().removeHandler(handler)


def test_what_breaks_is_told_once_and_with_the_way_to_it(handled, client, monkeypatch):
    monkeypatch.setattr("showcase.views.text_file", lambda *args: 1 / 0)
    client.raise_request_exception = False
    assert client.get("/robots.txt?q=illness").status_code == 500
    (only,) = handled
    line = TextFormatter().format(only)
    assert "ERROR django.request one-request Internal Server Error: /robots.txt " in line
    assert "ZeroDivisionError" in line
    assert "illness" not in line


@pytest.mark.django_db
def test_what_visitors_do_wrong_is_not_told(handled, client):
    assert client.get("/nothing/").status_code == 404
    assert client.get("/robots.txt", headers={"host": "evil.example"}).status_code == 400
    assert client.post("/robots.txt").status_code == 405
    assert handled == []


def test_nothing_is_told_twice():
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    assert logging.getLogger("django").handlers == []
