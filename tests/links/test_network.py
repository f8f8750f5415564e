"""Connections go where they were allowed to go, and end when they have to."""

import http.client
import ssl

import pytest

from showcase.links.guard import RefusedError, Target

from .sites import (
    CERTIFICATE,
    HERE,
    endless,
    half_a_page,
    local_network,
    raw,
    serving,
    silent,
    trickling,
)


def ask(site, path="/", method="GET", scheme="http", host="site.test", **options):
    return local_network(**options).ask(method, Target.read(site.url(path, host, scheme)))


@pytest.fixture
def secure_site():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE)
    with serving(tls) as site:
        yield site


@pytest.fixture
def trusting():
    return ssl.create_default_context(cafile=CERTIFICATE)


def test_a_name_is_resolved_once_and_never_again(site):
    answers = iter([[HERE], ["169.254.169.254"]])
    assert ask(site, resolve=lambda host, port: next(answers)).status == 200
    with pytest.raises(RefusedError):
        ask(site, resolve=lambda host, port: next(answers))
    assert len(site.asked) == 1


def test_the_next_address_is_tried_where_the_first_does_not_answer(site):
    # Nothing listens there: the whole network of loopback is this machine.
    addresses = ["127.0.0.9", HERE]
    answer = ask(
        site, resolve=lambda host, port: addresses, is_allowed=lambda address: address in addresses
    )
    assert answer.status == 200


def test_the_server_is_told_the_name_and_who_asks(site, settings):
    settings.SITE_NAME, settings.BASE_URL = "Schö\r\nn", "https://showcase.example.org"
    hosts = []
    site.answer("/", lambda handler: hosts.append(handler.headers["Host"]))
    with pytest.raises(http.client.HTTPException):
        ask(site)
    assert hosts == [f"site.test:{site.port}"]
    assert site.agents == {"showcase-link-check (Schn; +https://showcase.example.org)"}


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_site):
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(secure_site, scheme="https")
    assert secure_site.asked == []


def test_a_certificate_is_looked_at_by_the_name_although_the_address_is_asked(
    secure_site, trusting
):
    assert ask(secure_site, scheme="https", tls=trusting).status == 200
    with pytest.raises(ssl.SSLCertVerificationError):
        ask(secure_site, scheme="https", host="other.test", tls=trusting)


@pytest.mark.parametrize("answer", [silent, trickling, half_a_page])
def test_an_answer_that_takes_too_long_is_cut_off(site, answer):
    site.answer("/", answer)
    with pytest.raises(TimeoutError):
        ask(site, timeout=0.3)


def test_of_an_endless_page_only_the_beginning_is_read(site):
    site.answer("/", endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65_536))
    assert ask(site).status == 200


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: x\r\n"),
        endless(b"HTTP/1.1 200 OK\r\nX-Header: ", b"x" * 65_536),
        endless(b"HTTP/1.1 100 Continue\r\n", b"\r\nHTTP/1.1 100 Continue\r\n"),
        endless(b"", b"\0" * 1_024),
        raw(b"HTTP/1.1 200 OK\r\n", b"X-Header: x\r\n" * 1_000, b"\r\n"),
        raw(b"SSH-2.0-OpenSSH_9.9\r\n"),
        raw(b"HTTP/1.1 many OK\r\n\r\n"),
        raw(b"HTTP/1.1 99999 OK\r\n\r\n"),
        raw(b"\xff\xfe\0"),
        raw(),
    ],
    ids=[
        "endless headers",
        "an endless header",
        "endless promises",
        "endless zeros",
        "many headers",
        "another protocol",
        "no status",
        "an odd status",
        "three bytes",
        "nothing",
    ],
)
def test_garbage_is_no_answer(site, answer):
    site.answer("/", answer)
    with pytest.raises(http.client.HTTPException):
        ask(site)
