"""Asks the site in this process as gunicorn does, to count what only the process can see."""

from typing import Any
from unittest.mock import patch
from urllib.parse import unquote
from wsgiref.util import setup_testing_defaults

from projects import public_state
from showcase.wsgi import application

from ..clients import CODINGS
from ..timing import Watch
from .cases import Case

# What was answered for an address, to be asked about again.
ETAGS: dict[str, str] = {}


def queries(watch: Watch, address: str, case: Case) -> int:
    """Return how many queries the answer takes."""
    watch.reset()
    # The state of the catalogue is asked for past the cursors that are watched.
    with patch.object(public_state, "_read", wraps=public_state._read) as reading:
        status = ask(address, ETAGS.get(address, "") if case.is_conditional else "")
    if status != case.status:
        raise RuntimeError(f"{address} is answered with {status}.")
    return watch.queries + reading.call_count


def ask(address: str, etag: str) -> int:
    """Return the status of an answer, and keep the ETag in mind."""
    answered: list[tuple[int, dict[str, str]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
        answered.append((int(status.split(maxsplit=1)[0]), dict(headers)))

    body = application(environ(address, etag), start_response)
    try:
        b"".join(body)
    finally:
        if close := getattr(body, "close", None):
            close()
    status, headers = answered[-1]
    ETAGS[address] = headers.get("ETag", "")
    return status


def environ(address: str, etag: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    made: dict[str, Any] = {
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": address,
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": CODINGS,
    }
    if etag:
        made["HTTP_IF_NONE_MATCH"] = etag
    setup_testing_defaults(made)
    return made
