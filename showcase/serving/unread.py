"""Reads what nobody has read of a request, so that whoever sent it gets the answer."""

from collections.abc import Callable, Iterable
from typing import Any

from .front import Application, Environ

PIECE = 64 * 1024
# A little more than the proxies in deploy/ let through.
PIECES_MAX = 22 * 1024 * 1024 // PIECE


class ReadToTheEnd:
    """Answers when a request has come in, also where its first words are enough to refuse it.

    The server closes the connection after the answer. Whoever is still sending then, such as a
    proxy, takes that for a failure and never sees what was answered.
    """

    def __init__(self, application: Application):
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        answer = self.application(environ, start_response)
        if environ.get("CONTENT_LENGTH") or "HTTP_TRANSFER_ENCODING" in environ:
            read_rest(environ["wsgi.input"])
        return answer


def read_rest(sent: Any) -> None:
    try:
        for _ in range(PIECES_MAX):
            if not sent.read(PIECE):
                return
    except OSError:
        # It ended in the middle, or nobody is there any more.
        return
