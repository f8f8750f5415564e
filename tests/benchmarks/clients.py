"""Visitors who ask again as soon as they are answered, over connections that stay open.

All of them in one thread, and with no more of HTTP than what gunicorn answers, so that they take
little of the machine that they measure.
"""

import gzip
import socket
from collections.abc import Callable
from contextlib import ExitStack, closing
from selectors import EVENT_READ, DefaultSelector
from time import monotonic
from typing import NamedTuple

import brotli

PATIENCE = 120
AT_ONCE = 1 << 18
END_OF_HEAD = b"\r\n\r\n"
WITHOUT_BODY = (204, 304)
# What browsers take over TLS, but for zstd.
CODINGS = "gzip, br"


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
}


class Question(NamedTuple):
    """An address that is asked for, and the ETag of what is known of it already."""

    address: str
    etag: str = ""

    def __bytes__(self) -> bytes:
        condition = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return (
            f"GET {self.address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {CODINGS}\r\n"
            f"{condition}\r\n"
        ).encode()


class Answer(NamedTuple):
    """What came for a question, and when it was asked and whole."""

    question: Question
    began: float
    ended: float
    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def seconds(self) -> float:
        return self.ended - self.began

    @property
    def text(self) -> bytes:
        """The body as it was before it was compressed."""
        coding = self.headers.get("content-encoding", "identity")
        return DECODERS[coding](self.body)


class Connection:
    """One visitor's, opened again when the server closes it between two questions."""

    def __init__(self, port: int):
        self.port = port
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_new, self.received = True, b""

    def close(self) -> None:
        self.socket.close()

    def ask(self, question: Question) -> None:
        self.question, self.began = question, monotonic()
        self.send()

    def send(self) -> None:
        try:
            self.socket.sendall(bytes(self.question))
        except ConnectionError:
            self.again()

    def again(self) -> None:
        """Ask on a new connection: gunicorn may close one that is idle just when it is used."""
        if self.is_new or self.received:
            raise ConnectionError(f"The server hung up when asked for {self.question.address}.")
        self.close()
        self.open()
        self.send()

    def read(self) -> Answer | None:
        """Take what has come; return the answer when it is whole."""
        try:
            part = self.socket.recv(AT_ONCE)
        except ConnectionError:
            part = b""
        if not part:
            self.again()
            return None
        self.received += part
        return self.whole()

    def whole(self) -> Answer | None:
        head, separator, body = self.received.partition(END_OF_HEAD)
        if not separator:
            return None
        status, headers = read_head(head)
        if len(body) < length(status, headers):
            return None
        size = len(self.received)
        self.is_new, self.received = False, b""
        return Answer(self.question, self.began, monotonic(), status, headers, body, size)

    def answer(self, question: Question) -> Answer:
        """Ask, and wait for the answer."""
        self.ask(question)
        while True:
            if answer := self.read():
                return answer


def read_head(head: bytes) -> tuple[int, dict[str, str]]:
    """Return the status and the headers, by their names in small letters."""
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


def length(status: int, headers: dict[str, str]) -> int:
    """Return how many bytes follow the head."""
    if status in WITHOUT_BODY:
        return 0
    if "content-length" not in headers:
        raise ValueError("The answer does not say how long it is.")
    return int(headers["content-length"])


def converse(
    port: int,
    visitors: int,
    choose: Callable[[Connection], Question | None],
    take: Callable[[Connection, Answer], object],
) -> None:
    """Have visitors ask what is chosen for them, one after the other, until nothing is."""
    with ExitStack() as stack:
        selector = stack.enter_context(DefaultSelector())
        for _ in range(visitors):
            connection = Connection(port)
            stack.callback(connection.close)
            go_on(connection, selector, choose)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise TimeoutError(f"Nothing was answered for {PATIENCE} seconds.")
            for key, _ in ready:
                connection = key.data
                selector.unregister(key.fileobj)
                if answer := connection.read():
                    take(connection, answer)
                    go_on(connection, selector, choose)
                else:
                    # It may be another socket by now.
                    selector.register(connection.socket, EVENT_READ, connection)


def go_on(
    connection: Connection,
    selector: DefaultSelector,
    choose: Callable[[Connection], Question | None],
) -> None:
    if question := choose(connection):
        connection.ask(question)
        selector.register(connection.socket, EVENT_READ, connection)


def ask(port: int, question: Question) -> Answer:
    """Ask one question on a connection of its own."""
    with closing(Connection(port)) as connection:
        return connection.answer(question)
