"""Asks the site as a web server does, headers and all."""

import io
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from urllib.parse import quote

from django.core.handlers.wsgi import WSGIHandler

from projects.models import Project
from showcase.serving.front import Front


@dataclass(frozen=True)
class Answer:
    status: HTTPStatus
    headers: dict[str, str]
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Site:
    """Django with the layer in front of it; knows which requests came through."""

    def __init__(self, keeper=None):
        self.handler = WSGIHandler()
        self.came_through = []
        self.lock = Lock()
        self.front = Front(self.django, keeper)

    def django(self, environ, start_response):
        with self.lock:
            self.came_through.append(environ)
        return self.handler(environ, start_response)

    def ask(self, address, method="GET", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            # As PEP 3333 has it: bytes as if they were Latin-1.
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": quote(query, safe="=&%+-_.~:/?@!$'()*,;"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "192.0.2.1",
            "HTTP_HOST": "localhost",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return self._asked(environ)

    def _asked(self, environ):
        answered = []
        chunks = self.front(environ, lambda *answer: answered.extend(answer))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        status, headers = answered[:2]
        names = [name.lower() for name, _ in headers if name.lower() != "set-cookie"]
        assert len(names) == len({*names}), f"Some header is there twice: {names}"
        lower = {name.lower(): value for name, value in headers}
        return Answer(HTTPStatus(int(status.split()[0])), lower, body)

    def count(self, address, **headers):
        """Return how often Django was asked for the answer."""
        before = len(self.came_through)
        self.ask(address, **headers)
        return len(self.came_through) - before


def rename(name):
    """Write something that is on many pages."""
    Project.objects.filter(slug="virter").update(name=name)
