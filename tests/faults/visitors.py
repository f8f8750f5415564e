"""Visitors who read all the time, and look for errors and for mixtures of editions."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from threading import Event, Lock, Thread
from time import sleep

from .editions import PAGES, editions_in

# Enough to meet every moment, and to leave the machine to what is tried.
PAUSE = 0.005


class Visitors:
    """Some threads that ask a server; `wrong` tells what they should not have been answered."""

    def __init__(self, port: int, number: int = 2) -> None:
        self.port = port
        self.answers: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.is_over = Event()
        self.turns = [Lock() for _ in range(number)]
        self.threads = [Thread(target=self._read, args=(turn,), daemon=True) for turn in self.turns]

    @contextmanager
    def reading(self) -> Iterator["Visitors"]:
        for thread in self.threads:
            thread.start()
        try:
            yield self
        finally:
            self.is_over.set()
            for thread in self.threads:
                thread.join()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Have nobody there for a while, as long as the stage is set anew."""
        with ExitStack() as stack:
            for turn in self.turns:
                stack.enter_context(turn)
            yield

    def _read(self, turn: Lock) -> None:
        for address in cycle(PAGES):
            if self.is_over.is_set():
                break
            with turn:
                self._visit(address)
            sleep(PAUSE)

    def _visit(self, address: str) -> None:
        # Each time another one: a server may hang up on who says nothing for a while.
        client = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            client.request("GET", address, headers={"Host": "localhost"})
            response = client.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as error:
            self.wrong.append(f"{address}: {error!r}")
            return
        finally:
            client.close()
        self.answers[response.status] += 1
        found = editions_in(text)
        if response.status != 200 or len(found) != 1 or response.getheader("Age"):
            self.wrong.append(f"{address} has status {response.status} and editions {found}")
