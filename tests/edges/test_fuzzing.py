"""Five thousand odd requests to every public address and form: each gets an answer in order."""

import gzip
import io
import re
from collections import Counter
from urllib.parse import unquote_to_bytes

from django.urls import Resolver404, resolve

import brotli
import pytest

from tests.pages.patterns import public_names

from .cases import MARK, TARGETS, Chance
from .test_headers import PROTECTION

# In a transaction of the test no snapshot of the catalogue could be kept.
pytestmark = pytest.mark.django_db(transaction=True)

CASES = 5_000
# Asked for like all others, and not there for who has no secret.
SECRET = {"projects:preview", "files:metrics"}
# What a visitor may be answered; anything else was not meant.
STATUSES = {200, 206, 301, 302, 304, 400, 403, 404, 405, 410, 413, 416, 429}
# What no answer has: an echo that is not escaped, a template that was run, files, insides.
NEVER = [f"<{MARK}", f"<!ENTITY {MARK}", MARK.upper(), "root:x:0", "Traceback", 'File "']
NEVER += ["site-packages", "sqlite3.", "psycopg", "DoesNotExist"]
# Quotes of a text are as they are in XML.
NEVER_IN_HTML = [f'"{MARK}=', f"'{MARK}="]
CHARSET = re.compile(
    r"charset=\"?utf-8\"?$|^<\?xml version=\"1.0\" encoding=\"utf-8\"", re.IGNORECASE
)


def send(site, case):
    environ = {
        "REQUEST_METHOD": case.method,
        "SCRIPT_NAME": "",
        # A server decodes the path and hands on bytes as if they were Latin-1 (PEP 3333).
        "PATH_INFO": unquote_to_bytes(case.path.encode("latin-1", "replace")).decode("latin-1"),
        "QUERY_STRING": case.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": case.network,
        "HTTP_X_FORWARDED_FOR": case.network,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(case.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | {f"HTTP_{name.upper()}": value for name, value in case.headers.items()}
    if case.content_type is not None:
        length = str(len(case.body)) if case.content_length is None else case.content_length
        environ |= {"CONTENT_TYPE": case.content_type, "CONTENT_LENGTH": length}
    return site._asked(environ)


def faults(case, answer):
    """Yield what is wrong with an answer."""
    headers, body = answer.headers, uncompressed(answer)
    if answer.status not in STATUSES:
        yield f"status {answer.status}"
    missing = PROTECTION - headers.keys()
    if missing - {"strict-transport-security"} or (missing and is_over_tls(case)):
        yield f"no {missing}"
    if "set-cookie" in headers and not case.path.startswith("/admin"):
        yield "a cookie"
    # Whom Django's first layers refuse, before TLS, the server leaves out the body for.
    if case.method == "HEAD" and body and is_over_tls(case):
        yield "a body for HEAD"
    if is_text(headers) and body:
        yield from faults_of_text(headers["content-type"], body)


def faults_of_text(kind, body):
    try:
        text = body.decode()
    except UnicodeDecodeError:
        yield "no text"
        return
    if not (CHARSET.search(kind) or CHARSET.search(text)):
        yield "no charset"
    never = NEVER + NEVER_IN_HTML if "html" in kind else NEVER
    yield from (f"{words!r} in the answer" for words in never if words in text)


def is_over_tls(case):
    return case.headers["x_forwarded_proto"].startswith("https")


def is_text(headers):
    kind = headers.get("content-type", "")
    return kind.startswith("text/") or "xml" in kind or "json" in kind


def uncompressed(answer):
    coding = answer.headers.get("content-encoding")
    if not answer.body or not coding:
        return answer.body
    return {"gzip": gzip.decompress, "br": brotli.decompress}[coding](answer.body)


def view_of(case):
    try:
        return resolve(unquote_to_bytes(case.path).decode()).view_name
    except (Resolver404, UnicodeError):
        return None


def test_odd_requests_are_answered_in_order(full_site, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    chance, statuses, views = Chance(TARGETS), Counter(), Counter()
    for number in range(CASES):
        case = chance.case()
        answer = send(full_site, case)
        assert [*faults(case, answer)] == [], f"number {number}: {case}"
        statuses[int(answer.status)] += 1
        chance.tags += [answer.headers["etag"]] if "etag" in answer.headers else []
        if answer.status < 400 or view_of(case) in SECRET:
            views[view_of(case)] += 1
    # Every address was found in spite of all, and every kind of refusal was met.
    assert views.keys() >= {name for name, _ in public_names()}
    assert statuses.keys() >= {200, 301, 304, 400, 403, 404, 405}
