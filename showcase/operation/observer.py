"""The outermost layer of the site: gives each request a name, and counts what is answered.

A WSGI layer and no middleware of Django's, for what is kept is answered in front of Django.
"""

import re
from collections.abc import Callable, Iterable
from random import getrandbits
from time import perf_counter
from typing import Any

from django.conf import settings

from ..serving.front import WAS_KEPT, Application, Environ
from . import logs
from .counters import shared

# What a proxy or a visitor may call a request: neither log nor answer takes anything else.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
HEADER = "X-Request-ID"
PROBES = {"/healthz", "/readyz", "/metrics"}


class Observer:
    """Watches an application; tells only those who have the token for metrics what it saw."""

    def __init__(self, application: Application):
        self.application = application
        self.is_counting = bool(settings.METRICS_TOKEN)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        name = name_of(environ)
        logs.request_id.set(name)

        def start(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
            headers.append((HEADER, name))
            return start_response(status, headers, *problem)

        if self.is_counting:
            return self.counted(environ, start)
        return self.application(environ, start)

    def counted(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Let a request be answered, and count it."""
        began = perf_counter()
        # What raises is answered by the server.
        answered = "500"

        def start(status: str, *rest: Any) -> Any:
            nonlocal answered
            answered = status
            return start_response(status, *rest)

        try:
            return self.application(environ, start)
        finally:
            count(environ, answered, perf_counter() - began)


def name_of(environ: Environ) -> str:
    """Return how a request is called by whoever handed it on, or a new name."""
    given: str = environ.get("HTTP_X_REQUEST_ID", "")
    if given and WELL_FORMED.fullmatch(given):
        return given
    # No secret, and every page needs one: hence none of the operating system's.
    return f"{getrandbits(96):024x}"


def count(environ: Environ, status: str, seconds: float) -> None:
    shared.answered(kind_of(environ["PATH_INFO"]), status, seconds, environ.get(WAS_KEPT))


def kind_of(path: str) -> str:
    if path.startswith(settings.STATIC_URL):
        return "file"
    if path.startswith("/admin/"):
        return "admin"
    return "probe" if path in PROBES else "page"
