"""The WSGI layer in front of Django (PEP 3333)."""

import io
import logging
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from time import time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from projects import public_state
from projects.breaker import UNREACHABLE
from projects.public_state import PublicState

from ..visitors import NETWORK, network_in
from . import keeping, policy, protection, release
from .addresses import Address, canonical
from .page import IDENTITY, Page, coding_for

logger = logging.getLogger(__name__)

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]
type Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# Of each answer by itself, or of its coding.
OF_ONE_ANSWER = {"content-length", "content-encoding", "date", "etag", "last-modified", "vary"}
# A name of the domain name system, and a port.
HOST_MAX_LENGTH = 253 + 6
# No browser says more.
ACCEPTED_MAX_LENGTH = 200
CONTENT_TYPE_MAX_LENGTH = 100
# Without the few signs that RFC 2046 allows in it as well and nobody uses: they would need quotes.
BOUNDARY = re.compile(r"""(?:^|;)\s*boundary="?([0-9a-z'_.-]{1,70})""", re.IGNORECASE)
# What a request tells Django of the database: the state that was read, or that it cannot be.
STATE, IS_UNREACHABLE = "showcase.public_state", "showcase.is_unreachable"
# What the layer above is told: whether the answer was there already.
WAS_KEPT = "showcase.was_kept"


class Front:
    """Answers what is the same for everybody from memory, and hands all else to Django.

    A page that is kept was asked for by nobody: Django gets a request made of the address alone,
    so that no header of a visitor can end up in it.
    """

    def __init__(self, application: Application, keeper: keeping.Keeper | None = None):
        self.application = application
        self.keeper = keeper or keeping.keeper()
        self.release = release.present()
        self.base = urlsplit(settings.BASE_URL)
        # With a page it comes from Django.
        self.protection = protection.headers()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        address = self.address(environ)
        visit = address and self.visit(environ, address)
        if not visit:
            return self.application(legible(environ), start_response)
        if visit.has_it_already():
            environ[WAS_KEPT] = True
            start_response("304 Not Modified", visit.headers())
            return []
        page = visit.page()
        if page is None:
            return self.application(legible(environ), start_response)
        body = page.bodies.get(visit.coding) or page.plain()
        start_response(page.status, visit.headers(page, len(body)))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def address(self, environ: Environ) -> Address | None:
        """Return what is asked for, if it is shown to everybody and asked for in our name."""
        is_read = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if not is_read or environ.get("SCRIPT_NAME"):
            return None
        if not is_ours(environ.get("HTTP_HOST", "")) or not self.is_by_our_scheme(environ):
            return None
        return canonical(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))

    def is_by_our_scheme(self, environ: Environ) -> bool:
        """Tell whether Django would answer rather than redirect to TLS."""
        if not settings.SECURE_SSL_REDIRECT:
            return True
        if not settings.SECURE_PROXY_SSL_HEADER:
            return bool(environ["wsgi.url_scheme"] == "https")
        name, value = settings.SECURE_PROXY_SSL_HEADER
        said: str = environ.get(name, "")
        return said.split(",", maxsplit=1)[0].strip() == value

    def visit(self, environ: Environ, address: Address) -> "Visit | None":
        """Return what can be answered from memory: nothing, where the state is not to be had."""
        try:
            state = public_state.current()
        except UNREACHABLE:
            environ[IS_UNREACHABLE] = True
            return self.visit_in_outage(environ, address)
        except DatabaseError as error:
            logger.warning("The state of the catalogue cannot be read: %s", error)
            return None
        return Visit(self, environ, address, state) if state.token else None

    def visit_in_outage(self, environ: Environ, address: Address) -> "Visit | None":
        """Return what was right when the database answered last, for as long as it may be shown."""
        state, age = public_state.last_known(), public_state.last_seen.age()
        is_recent = age < settings.OUTAGE_SECONDS
        return Visit(self, environ, address, state, age) if state and is_recent else None

    def made(self, environ: Environ, address: Address, state: PublicState) -> Page:
        """Let Django make a page for nobody."""
        answered: list[Any] = []
        chunks = self.application(
            self.anonymous(environ, address, state), lambda *answer: answered.extend(answer)
        )
        try:
            body = b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = answered[:2]
        is_kept = status.startswith("200") and is_for_everybody(headers)
        lasting = tuple(pair for pair in headers if pair[0].lower() not in OF_ONE_ANSWER)
        return Page(status, lasting, {IDENTITY: body}, is_kept)

    def anonymous(self, environ: Environ, address: Address, state: PublicState) -> Environ:
        """Return a request of nobody for an address.

        It tells from which network it was asked for, so that searches can be counted.
        """
        scheme, host = self.base.scheme, self.base.hostname or ""
        port = self.base.port or (443 if scheme == "https" else 80)
        made: Environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "HTTP_HOST": self.base.netloc,
            "REMOTE_ADDR": "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": environ["wsgi.errors"],
            "wsgi.multithread": environ["wsgi.multithread"],
            "wsgi.multiprocess": environ["wsgi.multiprocess"],
            "wsgi.run_once": False,
            STATE: state,
            NETWORK: network_in(environ),
        }
        if settings.SECURE_PROXY_SSL_HEADER and scheme == "https":
            name, value = settings.SECURE_PROXY_SSL_HEADER
            made[name] = value
        return made


class Visit:
    """One request for a page that is the same for everybody.

    It has an age if nobody can say whether its state is the present one.
    """

    def __init__(
        self,
        front: Front,
        environ: Environ,
        address: Address,
        state: PublicState,
        age: int | None = None,
    ):
        self.front, self.environ, self.address = front, environ, address
        self.state, self.age = state, age
        parts = (front.release.token, state.token, *address)
        self.key = blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()
        # Weak: the same page comes in several codings.
        self.etag = f'W/"{self.key}"'
        self.since = max(front.release.since, state.since)
        self.coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", "")[:ACCEPTED_MAX_LENGTH])

    def has_it_already(self) -> bool:
        """Tell whether the visitor was given this page before (RFC 9110, section 13.2.2)."""
        if known := self.environ.get("HTTP_IF_NONE_MATCH"):
            return self.key in {tag.removeprefix("W/").strip('"') for tag in parse_etags(known)}
        # Later is not enough: each state has a second of its own, and clocks go wrong.
        since: str = self.environ.get("HTTP_IF_MODIFIED_SINCE", "")
        return bool(since) and parse_http_date_safe(since) == self.since

    def page(self) -> Page | None:
        """Return the page in the coding that is wanted, made now if it is nowhere kept.

        Without a database none is made.
        """
        keeper, has_query = self.front.keeper, bool(self.address.query)
        page = keeper.get(self.key, has_query=has_query)
        self.environ[WAS_KEPT] = page is not None
        if page is None:
            with keeper.turn(self.key):
                page = keeper.fetch(self.key, has_query=has_query) or self._made()
        if page is None or self.coding in page.bodies or self.coding == IDENTITY:
            return page
        page = page.coded(self.coding)
        if page.is_kept:
            keeper.put(self.key, page, has_query=has_query)
        return page

    def _made(self) -> Page | None:
        if self.age is not None:
            return None
        # Those who take it plain are few, and get it unpacked.
        coding = "gzip" if self.coding == IDENTITY else self.coding
        page = self.front.made(self.environ, self.address, self.state).coded(coding)
        if page.is_kept:
            self.front.keeper.put(self.key, page, has_query=bool(self.address.query))
            self.front.keeper.share(self.key, page)
        return page

    def headers(self, page: Page | None = None, length: int = 0) -> Headers:
        """Return the headers of the page, or of the news that it is still the same."""
        headers = [("Vary", "Accept-Encoding")]
        if self.age is not None:
            headers += policy.headers_of_age(self.age)
        if page is None or page.is_kept:
            headers += self._validators()
        if page is None:
            return [*headers, *policy.headers(), *self.front.protection]
        headers += [*page.headers, ("Content-Length", str(length))]
        if self.coding != IDENTITY:
            headers.append(("Content-Encoding", self.coding))
        return headers

    def _validators(self) -> Headers:
        # Within its second another state may begin that could not be told from this one.
        is_over = self.since < int(time())
        modified = [("Last-Modified", _date(self.since))] if is_over else []
        return [("ETag", self.etag), *modified]


def legible(environ: Environ) -> Environ:
    """Return a request whose content is what browsers send: UTF-8, and parts by a plain boundary.

    Django reads the header before it is ready to refuse anything, and takes any codec of Python for
    a charset, also those that are none of text.
    """
    said: str = environ.get("CONTENT_TYPE", "")
    kind, _, parameters = said.partition(";")
    if not parameters and len(said) <= CONTENT_TYPE_MAX_LENGTH:
        return environ
    boundary = BOUNDARY.search(parameters)
    parts = f"; boundary={boundary[1]}" if boundary else ""
    return environ | {"CONTENT_TYPE": kind[:CONTENT_TYPE_MAX_LENGTH] + parts}


def is_ours(host: str) -> bool:
    """Tell whether Django would answer by that name."""
    return len(host) <= HOST_MAX_LENGTH and _is_allowed(host)


# There are as many as states that somebody still has.
_date = lru_cache(maxsize=16)(http_date)


@lru_cache(maxsize=256)
def _is_allowed(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def is_for_everybody(headers: Headers) -> bool:
    """Tell whether an answer was made for nobody in particular and may be kept."""
    values = {name.lower(): value.lower() for name, value in headers}
    return (
        "public" in values.get("cache-control", "")
        and "set-cookie" not in values
        and "cookie" not in values.get("vary", "")
    )
