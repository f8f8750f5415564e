"""What no client library sends, to gunicorn as it is started in earnest, byte by byte."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from itertools import product

from django.db import connection

import pytest

from tests import ROOT
from tests.benchmarks.databases import at

from .production import HOST

# So that there is a database to copy.
pytestmark = pytest.mark.django_db

ANSWER = re.compile(rb"^HTTP/1\.[01] (\d{3}) ", re.MULTILINE)
HEAD = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n".encode()
GET = b"GET /robots.txt HTTP/1.1\r\n" + HEAD
POST = b"POST /admin/login/ HTTP/1.1\r\n" + HEAD
SMUGGLED = b"GET /admin/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"
CHUNK = b"Transfer-Encoding: chunked\r\n"

# Two readers could take these for one request or for two.
AMBIGUOUS = {
    "both lengths": POST + CHUNK + b"Content-Length: 4\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "both the other way": POST + b"Content-Length: 60\r\n" + CHUNK + b"\r\n0\r\n\r\n" + SMUGGLED,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + SMUGGLED,
    "a list of lengths": POST + b"Content-Length: 0, 44\r\n\r\n" + SMUGGLED,
    "a negative length": POST + b"Content-Length: -1\r\n\r\n" + SMUGGLED,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + SMUGGLED,
    "a length in letters": POST + b"Content-Length: 0x0\r\n\r\n" + SMUGGLED,
    "chunked twice": POST + CHUNK + CHUNK + b"\r\n0\r\n\r\n" + SMUGGLED,
    "chunked and no more": POST
    + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
    + SMUGGLED,
    "nearly chunked": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunked after a tab": POST + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "a folded header": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunked in HTTP/1.0": POST.replace(b"1.1", b"1.0") + CHUNK + b"\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk of no length": POST + CHUNK + b"\r\nzz\r\nabc\r\n0\r\n\r\n",
    "a chunk that is too long": POST + CHUNK + b"\r\n3\r\nabcdef\r\n0\r\n\r\n" + SMUGGLED,
    "a chunk with a sign": POST + CHUNK + b"\r\n-1\r\nabc\r\n0\r\n\r\n",
    "a chunk of all memory": POST + CHUNK + b"\r\nffffffffffffffffffff\r\nabc",
    "lines that end in LF": GET.replace(b"\r\n", b"\n") + b"\n" + SMUGGLED,
    "a CR alone": GET + b"X-A: a\rTransfer-Encoding: chunked\r\n\r\n",
    "two hosts": GET + b"Host: evil.example\r\n\r\n",
}
MALFORMED = {
    "a NUL in a header": GET + b"X-A: a\0b\r\n\r\n",
    "a header without a name": GET + b": a\r\n\r\n",
    "a header without a colon": GET + b"nothing\r\n\r\n",
    "a header with a strange name": GET + b"X-\xe4(): a\r\n\r\n",
    "a very long header": GET + b"X-A: " + b"a" * 70_000 + b"\r\n\r\n",
    "very many headers": GET + b"X-A: a\r\n" * 5_000 + b"\r\n",
    "no version": b"GET /robots.txt\r\n" + HEAD + b"\r\n",
    "another version": GET.replace(b"1.1", b"9.9") + b"\r\n",
    "a strange method": GET.replace(b"GET", b"G(T") + b"\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "no HTTP": bytes(range(255, 0, -1)) + b"\r\n\r\n",
    "nothing but ends of lines": b"\r\n" * 2_000,
    "half a request": GET,
    "half a line": b"GET /rob",
    "less than was announced": POST + b"Content-Length: 500\r\n\r\nmessage=a",
}
# Unusual, and to be answered as anything else.
STRANGE = {
    "a whole address": GET.replace(b"/rob", b"http://evil.example/rob") + b"\r\n",
    "two slashes": GET.replace(b"/rob", b"//evil.example/rob") + b"\r\n",
    "no slash": GET.replace(b"/rob", b"rob") + b"\r\n",
    "bytes that are no text": GET.replace(b"/rob", b"/\xff\xc0\xaf") + b"\r\n",
    "a fragment": GET.replace(b".txt", b".txt#<x>") + b"\r\n",
    "a line break in the address": GET.replace(b".txt", b".txt%0d%0aSet-Cookie:a=b") + b"\r\n",
    "a very long address": GET.replace(b".txt", b".txt?q=" + b"a" * 60_000) + b"\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a trace": GET.replace(b"GET", b"TRACE") + b"Cookie: secret\r\n\r\n",
    "another protocol": GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "an expectation": POST + b"Expect: 100-continue\r\nContent-Length: 0\r\n\r\n",
    "another expectation": GET + b"Expect: the-unexpected\r\n\r\n",
    # gunicorn takes it for its own address, by which probes ask.
    "no host": b"GET /robots.txt HTTP/1.1\r\nX-Forwarded-Proto: https\r\n\r\n",
    "another root": GET + b"SCRIPT_NAME: /evil\r\nPATH_INFO: /evil\r\n\r\n",
}


@pytest.fixture(scope="module")
def database(django_db_setup, django_db_blocker, tmp_path_factory):
    """The address of a database in which there is nothing but tables."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return at(os.environ["DATABASE_URL"], name)
    path = tmp_path_factory.mktemp("server") / "showcase.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def port(database):
    """The port of a server behind a proxy, of which nothing is left but this."""
    environment = os.environ | {
        "BASE_URL": f"https://{HOST}",
        "DATABASE_URL": database,
        "PROXY_SCHEME_HEADER": "X-Forwarded-Proto",
        "PROXY_ADDRESS_HEADER": "X-Forwarded-For",
        "SECRET_KEY": "only for this test, but long enough: 0123456789 abcdefghij",
    }
    with socket.create_server(("127.0.0.1", 0)) as listener:
        bind = f"fd://{listener.fileno()}"
        with subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--workers", "1", "--bind", bind],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            yield listener.getsockname()[1]
            server.terminate()


def sent(port, request):
    """Send bytes, say that there will be no more, and return all that comes back."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as visitor:
        answer = b""
        # Who is not listened to any more may be cut off.
        with suppress(ConnectionError):
            visitor.sendall(request)
            visitor.shutdown(socket.SHUT_WR)
            while block := visitor.recv(65_536):
                answer += block
    return answer


def statuses(answer):
    return [int(status) for status in ANSWER.findall(answer)]


def is_alive(port):
    return statuses(sent(port, GET + b"Connection: close\r\n\r\n")) == [200]


@pytest.mark.parametrize("name", AMBIGUOUS | MALFORMED)
def test_what_can_be_read_in_two_ways_is_refused_or_read_in_one(name, port):
    answer = sent(port, (AMBIGUOUS | MALFORMED)[name])
    first, *others = statuses(answer) or [400]
    assert first in {400, 403, 405, 413, 431, 501}, answer
    # What was smuggled in is not taken for a request.
    assert others in ([], [400]), answer
    assert_tells_nothing(answer)
    assert is_alive(port)


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_strange_is_answered(name, port):
    answer = sent(port, STRANGE[name])
    assert [status for status in statuses(answer) if not 200 <= status < 500] in ([], [100])
    assert_tells_nothing(answer)
    assert is_alive(port)


def test_no_spelling_of_the_header_of_the_proxy_is_taken_for_it(port):
    plain = b"GET /robots.txt HTTP/1.1\r\nConnection: close\r\nHost: " + HOST.encode() + b"\r\n"
    names = (
        b"X_Forwarded_Proto",
        b"X-Forwarded_Proto",
        b"X Forwarded Proto",
        b"HTTP_X_FORWARDED_PROTO",
    )
    for name, value in product(names, (b"https", b" https")):
        assert statuses(sent(port, plain + name + b": " + value + b"\r\n\r\n")) in ([301], [400])


def test_server_outlives_those_who_never_end_their_request(port):
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    for visitor in slow:
        visitor.sendall(GET + b"X-A: ")
        visitor.close()
    assert is_alive(port)


def assert_tells_nothing(answer):
    for words in (b"Traceback", b"site-packages", str(ROOT).encode(), b"Python/", b"secret"):
        assert words not in answer
    assert re.search(rb"(?i)^server: .*[0-9]", answer, re.MULTILINE) is None
