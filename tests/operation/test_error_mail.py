"""Who is told of errors by mail, how often, and what happens when they cannot be."""

import logging
import socket
import sys
import threading

from django.core import mail

import pytest

from showcase import environment
from showcase.operation import error_mail
from showcase.operation.error_mail import KINDS_MAX, PAUSE, ErrorMail

from .smtp import MailServer


@pytest.fixture(autouse=True)
def team(settings):
    settings.ADMINS = ["team@example.org"]
    settings.EMAIL_SUBJECT_PREFIX = "[Showcase] "


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 1_000.0

    monkeypatch.setattr(error_mail, "monotonic", lambda: Clock.now)
    return Clock


@pytest.fixture
def tell(clock):
    """Log errors, and wait until what is to be sent has been."""
    handler = ErrorMail()

    def tell(message="Broken", *args, level=logging.ERROR, error=None, **extra):
        exc_info = (type(error), error, error.__traceback__) if error else None
        tell_by(handler, level, message, *args, exc_info=exc_info, extra=extra)
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and thread.name.startswith("error mail"):
                thread.join()

    return tell


def tell_by(handler, level, message, *args, **more):
    logger = logging.getLogger("showcase.test")
    logger.addHandler(handler)
    logger.log(level, message, *args, **more)
    logger.removeHandler(handler)


def test_error_is_told_with_the_way_to_it(tell):
    try:
        raise LookupError("no such shelf")
    except LookupError as error:
        tell("Page %s is broken", "/here/", error=error)
    (message,) = mail.outbox
    assert message.to == ["team@example.org"]
    assert message.subject == "[Showcase] ERROR showcase.test: Page /here/ is broken"
    assert "message: Page /here/ is broken" in message.body
    assert message.body.rstrip().endswith("LookupError: no such shelf")
    assert __file__ in message.body


def test_warning_is_not_told(tell):
    tell(level=logging.WARNING)
    assert mail.outbox == []


def test_nothing_of_a_request_is_told(tell, rf):
    request = rf.post("/?q=illness", {"password": "hush"}, headers={"cookie": "session=secret"})
    tell("Broken for zoe@example.org", request=request, error=ValueError("zoe@example.org"))
    (message,) = mail.outbox
    for word in ("illness", "hush", "secret", "zoe"):
        assert word not in message.subject + message.body


def test_no_header_can_be_slipped_in(tell):
    tell("Broken\nBcc: all@example.org")
    assert "\n" not in mail.outbox[0].subject
    assert "\nBcc" not in mail.outbox[0].body


def test_one_kind_is_told_once_a_minute_and_then_how_often_it_was(tell, clock):
    for number in range(5):
        tell("Broken: %s", number)
    tell("Something else")
    assert [message.subject for message in mail.outbox] == [
        "[Showcase] ERROR showcase.test: Broken: 0",
        "[Showcase] ERROR showcase.test: Something else",
    ]
    clock.now += PAUSE
    tell("Broken: %s", 5)
    assert "held back since the last mail of this kind: 4" in mail.outbox[2].body
    clock.now += PAUSE
    tell("Broken: %s", 6)
    assert "held back" not in mail.outbox[3].body


def test_kinds_without_end_are_not_told_without_end(tell):
    for number in range(KINDS_MAX + 10):
        tell(f"Kind {number}")
    assert len(mail.outbox) == KINDS_MAX


@pytest.fixture
def server(settings, monkeypatch):
    """A real mail server, and real mail to it."""
    with MailServer() as server:
        mail_to(server.server_address[1], settings)
        yield server


def mail_to(port, settings):
    settings.MAILERS = {"default": environment.mail(f"smtp://127.0.0.1:{port}")}


def test_mail_server_takes_it(tell, server):
    tell("Grün is broken")
    (message,) = server.mails
    assert "Subject: [Showcase]" in message
    assert "To: team@example.org" in message


@pytest.mark.parametrize("error", [ConnectionRefusedError, TimeoutError])
def test_failing_mail_is_logged_and_makes_no_mail(tell, error, monkeypatch, caplog):
    def fail(*arguments):
        raise error("zoe@example.org")

    monkeypatch.setattr(error_mail, "mail_admins", fail)
    tell()
    told = [record for record in caplog.records if record.name == error_mail.__name__]
    assert [(record.levelname, record.getMessage()) for record in told] == [
        ("WARNING", f"An error was not mailed ({error.__name__}).")
    ]


def test_mail_server_that_says_nothing_holds_up_nobody(settings, clock, client, monkeypatch):
    handler = ErrorMail()
    logging.getLogger("django.request").addHandler(handler)
    monkeypatch.setattr("showcase.views.text_file", lambda *args: 1 / 0)
    client.raise_request_exception = False
    before = {*threading.enumerate()}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail_to(silent.getsockname()[1], settings)
        try:
            assert client.get("/robots.txt").status_code == 500
            (waiting,) = {*threading.enumerate()} - before
            assert waiting.is_alive()
        finally:
            logging.getLogger("django.request").removeHandler(handler)
            connection, _ = silent.accept()
            connection.close()
    waiting.join()


def test_end_of_the_process_is_no_reason_to_fail(clock, monkeypatch, capsys):
    def refuse(self):
        raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    tell_by(ErrorMail(), logging.ERROR, "Broken")
    assert "Broken" in capsys.readouterr().err
    assert sys.exception() is None
