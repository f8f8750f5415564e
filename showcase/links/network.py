"""One question to one server: the only module that makes a connection."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Buffer, Callable, Collection
from typing import NamedTuple

from django.conf import settings

from .guard import PORTS, RefusedError, Target, is_public

# Of the headers and the page together. Whether it is there is known long before.
BYTES_MAX = 128 * 1024
PAGE_BYTES = 4 * 1024
TIMEOUT = 10.0


class Answer(NamedTuple):
    """What a server said, as far as it matters here."""

    status: int
    location: str | None
    retry_after: str | None


def resolve(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Network:
    """How servers are reached. The arguments are for tests, which have their own servers."""

    def __init__(
        self,
        *,
        timeout: float = TIMEOUT,
        resolve: Callable[[str, int], list[str]] = resolve,
        is_allowed: Callable[[str], bool] = is_public,
        ports: Collection[int] | None = frozenset(PORTS.values()),
        tls: ssl.SSLContext | None = None,
    ):
        self.timeout = timeout
        self._resolve, self._is_allowed, self._ports = resolve, is_allowed, ports
        self._tls = tls or ssl.create_default_context()

    def ask(self, method: str, target: Target) -> Answer:
        """Ask for an address. Raises RefusedError, OSError or HTTPException."""
        addresses = self._checked_addresses(target)
        deadline = time.monotonic() + self.timeout
        with self._connect(addresses, target, deadline) as connected:
            connection = http.client.HTTPConnection(target.host, target.port)
            # As there is a connection already, http.client makes none of its own.
            connection.sock = Bounded(connected, deadline)
            connection.auto_open = 0
            connection.request(method, target.path, headers=headers(target))
            with connection.getresponse() as response:
                response.read(PAGE_BYTES)
                location, pause = map(response.getheader, ("Location", "Retry-After"))
                return Answer(response.status, as_utf_8(location), pause)

    def _checked_addresses(self, target: Target) -> list[str]:
        """Resolve a host, once, and refuse it if any of the answers is not to be asked."""
        if self._ports is not None and target.port not in self._ports:
            raise RefusedError(f"It names port {target.port}; only 80 and 443 are asked.")
        addresses = self._resolve(target.host, target.port)
        if not all(self._is_allowed(address) for address in addresses):
            raise RefusedError(f"{target.host} is not, or not only, at a public address.")
        return addresses

    def _connect(self, addresses: list[str], target: Target, deadline: float) -> socket.socket:
        """Connect to the first of the addresses that answers: to it, not to the name again."""
        failure: OSError = socket.gaierror(socket.EAI_NONAME, "no address")
        for number, address in enumerate(addresses):
            # One that swallows everything must leave some time for the others.
            timeout = time_until(deadline) / (len(addresses) - number)
            try:
                connected = socket.create_connection((address, target.port), timeout)
            except OSError as error:
                failure = error
            else:
                connected.settimeout(time_until(deadline))
                return self._secured(connected, target)
        raise failure

    def _secured(self, connected: socket.socket, target: Target) -> socket.socket:
        if target.scheme == "http":
            return connected
        try:
            return self._tls.wrap_socket(connected, server_hostname=target.host)
        except OSError:
            connected.close()
            raise


class Bounded:
    """A connection as http.client needs it, which ends at a moment, however the bytes trickle."""

    def __init__(self, connected: socket.socket, deadline: float):
        self._connected, self._deadline = connected, deadline

    def sendall(self, content: bytes) -> None:
        self._connected.settimeout(time_until(self._deadline))
        self._connected.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(BoundedReader(self._connected, self._deadline))

    def close(self) -> None:
        """Leave it open: http.client lets go of it before it has read the answer."""


class BoundedReader(io.RawIOBase):
    def __init__(self, connected: socket.socket, deadline: float):
        self._connected, self._deadline = connected, deadline
        self._left = BYTES_MAX

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        if self._left <= 0:
            raise http.client.HTTPException("more than is read of any answer")
        self._connected.settimeout(time_until(self._deadline))
        number = self._connected.recv_into(buffer)
        self._left -= number
        return number


def time_until(deadline: float) -> float:
    """Return how many seconds are left. Raises TimeoutError if none are."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("timed out")
    return seconds


def as_utf_8(value: str | None) -> str | None:
    """Return a header as browsers read it; http.client takes each byte for a letter."""
    return value and value.encode("latin-1").decode(errors="replace")


def headers(target: Target) -> dict[str, str]:
    """Return what every question carries: who asks, and where that can be read up."""
    name = "".join(sign for sign in settings.SITE_NAME if sign.isascii() and sign.isprintable())
    return {
        "Host": target.authority,
        "User-Agent": f"showcase-link-check ({name}; +{settings.BASE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }
