"""An editor whose edits carry numbers, and visitors who hold every answer against them."""

import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Lock, Thread
from time import sleep

from django.db import Error, connection

from projects.models import Project
from showcase.models import Page

from .machines import Gunicorn

SECONDS_BETWEEN_EDITS = 0.1
NUMBER = re.compile(r"edition (\d+)")
# Stands in an address for something that nobody has asked for before, so that no page is kept.
NOT_KEPT = "{}"


@dataclass
class Thing:
    """Something that is edited, and the pages that show it."""

    name: str
    addresses: tuple[str, ...]
    # The highest number that was begun to be written, and the highest that certainly was.
    begun: int = 0
    written: int = 0


class Editor(Thread):
    """Edits an entry and a page in turn; goes on where the database does not answer."""

    def __init__(self) -> None:
        super().__init__(name="editor", daemon=True)
        self.project = Project.objects.published().order_by("pk")[0]
        self.page = Page.objects.get(slug=Page.ABOUT)
        path = self.project.get_absolute_url()
        found = f"/projects/?q={self.project.slug}"
        self.entry = Thing("entry", (path, f"/de{path}", found, f"{found}&compare={NOT_KEPT}"))
        self.prose = Thing("page", ("/about/",))
        self.things = [self.entry, self.prose]
        self.number = 0
        self.is_at_work, self.is_over = Event(), Event()
        self.turn = Lock()

    def run(self) -> None:
        while not self.is_over.wait(SECONDS_BETWEEN_EDITS):
            self.is_at_work.wait()
            with self.turn:
                self.edit(self.things[self.number % len(self.things)])
        connection.close()

    def edit(self, thing: Thing) -> None:
        self.number += 1
        thing.begun = self.number
        text = f"This is edition {self.number}."
        try:
            if thing is self.entry:
                self.project.tagline = text
                self.project.save(update_fields=["tagline", "updated_at"])
            else:
                self.page.body = text
                self.page.save(update_fields=["body"])
        except Error:
            # Whether it was written nobody knows; another connection tells of the next one.
            connection.close()
            sleep(SECONDS_BETWEEN_EDITS)
        else:
            thing.written = self.number

    def rest(self) -> None:
        """Write no more, and return when the edit under way is over."""
        self.is_at_work.clear()
        with self.turn:
            pass


@dataclass
class Record:
    """What visitors of a gunicorn were answered during an act of the drill."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{count:,} {word}" for word, count in sorted(self.answers.items()))


class Visitor(Thread):
    """Reads pages of a gunicorn, one after the other, without a pause."""

    def __init__(self, server: Gunicorn, things: list[Thing]) -> None:
        super().__init__(name=f"visitor of {server.name}", daemon=True)
        self.server = server
        self.pages = [(thing, address) for thing in things for address in thing.addresses]
        self.record = Record()
        self.is_over = Event()

    def run(self) -> None:
        client = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        for number in count():
            if self.is_over.is_set():
                break
            for thing, address in self.pages:
                self.visit(client, thing, address.format(f"{self.ident}-{number}"))
        client.close()

    def visit(self, client: HTTPConnection, thing: Thing, address: str) -> None:
        record, written = self.record, thing.written
        try:
            client.request("GET", address)
            response = client.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException):
            client.close()
            record.answers["refused"] += 1
            sleep(0.05)
            return
        # A page that could not be asked for anew says how old it is.
        good = "kept" if response.getheader("Age") else "answered"
        word = good if response.status == 200 else str(response.status)
        record.answers[word] += 1
        if response.status == 503 and response.getheader("Retry-After"):
            sleep(0.05)
        elif response.status != 200:
            record.wrong.append(f"{address} has status {response.status}")
        elif not is_right(text, written, thing):
            found = NUMBER.findall(text)
            record.wrong.append(f"{address} shows {found} when {written} was written")


def is_right(text: str, written: int, thing: Thing) -> bool:
    """Tell whether a page shows what was written last before it was asked for, or later."""
    numbers = {int(number) for number in NUMBER.findall(text)}
    return bool(numbers) and written <= min(numbers) and max(numbers) <= thing.begun
