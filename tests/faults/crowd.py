"""Many editors and many more readers on one SQLite file: nobody meets a lock, nothing is lost."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from random import Random
from threading import Event, Thread
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from projects.models import Project

from ..admin.forms import AdminForm
from .acts import HOST

NUMBER = "Number {} of {}."
# Seconds that a reader looks at a page, in the middle.
READING = 5.0
PATIENCE = 300


class Answer(NamedTuple):
    status_code: int
    content: bytes


class Browser:
    """Asks a server as somebody or as nobody."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port = port
        shown = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
        self.headers = HOST | ({"Cookie": shown} if shown else {})

    def get(self, url: str) -> Answer:
        return self._ask("GET", url)

    def post(self, url: str, sent: dict[str, Any]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", url, urlencode(sent, doseq=True), kind)

    def _ask(
        self, method: str, url: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        # Each time another one: a server may hang up on who says nothing for a while.
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, url, body, self.headers | (headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.read())


@dataclass
class Record:
    """What everybody was answered, and how long it took."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"save": [], "page": []})
    wrong: list[str] = field(default_factory=list)


@dataclass
class Desk:
    """An entry, and the editor who writes one number after the other into it."""

    slug: str
    url: str
    page: str
    cookies: dict[str, str]
    # The number that was begun to be written, and the one that certainly was.
    begun: int = 0
    written: int = 0

    def edit(self, port: int, saves: int, record: Record) -> None:
        browser = Browser(port, self.cookies)
        for number in range(1, saves + 1):
            try:
                self.save(browser, number, record)
            except (OSError, HTTPException) as error:
                record.wrong.append(f"Number {number} of {self.slug}: {error!r}")
                break

    def numbers_in(self, text: str) -> set[int]:
        shown = rf"Number (\d+) of {self.slug}\."
        return {int(number) for number in re.findall(shown, text)}

    def save(self, browser: Browser, number: int, record: Record) -> None:
        form = AdminForm(browser, self.url)
        self.begun = number
        began = monotonic()
        status = form.fill(tagline=NUMBER.format(number, self.slug)).send().status_code
        record.seconds["save"].append(monotonic() - began)
        record.statuses["save", status] += 1
        if status == 302:
            self.written = number
        else:
            record.wrong.append(f"Number {number} of {self.slug} was answered with {status}")


def desks(number: int) -> list[Desk]:
    """Return so many desks, with somebody signed in at each."""
    return [desk(f"entry-{place}") for place in range(1, number + 1)]


def desk(slug: str) -> Desk:
    user = User.objects.create_user(f"editor-{slug}", is_staff=True, is_superuser=True)
    client = Client(headers=HOST)
    client.force_login(user)
    entry = Project.objects.get(slug=slug)
    url = reverse("admin:projects_project_change", args=[entry.pk])
    # It brings the cookie that forms are compared with.
    assert client.get(url).status_code == 200
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return Desk(slug, url, entry.get_absolute_url(), cookies)


def read(
    port: int, watched: list[Desk], number: int, pause: float, record: Record, is_over: Event
) -> None:
    """Read one page after the other, and look whether each shows what was written last."""
    random = Random(number)  # noqa: S311 (no secret)
    order = random.sample(watched, len(watched))
    browser = Browser(port)
    for seen in cycle(order):
        if is_over.wait(random.uniform(0, 2 * pause)):
            break
        written, began = seen.written, monotonic()
        try:
            status, content = browser.get(seen.page)
        except (OSError, HTTPException) as error:
            record.wrong.append(f"{seen.page}: {error!r}")
            continue
        record.seconds["page"].append(monotonic() - began)
        record.statuses["page", status] += 1
        found = seen.numbers_in(content.decode())
        if status != 200 or (found and not written <= min(found) <= max(found) <= seen.begun):
            record.wrong.append(f"{seen.page}: {status} with {found} after {written}")


@contextmanager
def readers(
    port: int, watched: list[Desk], number: int, pause: float, record: Record
) -> Iterator[None]:
    is_over = Event()
    threads = [
        Thread(target=read, args=(port, watched, place, pause, record, is_over))
        for place in range(number)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def crowd(
    port: int, watched: list[Desk], reading: int, saves: int, pause: float = READING
) -> Record:
    """Let everybody work at the same time, until each editor has saved so often."""
    record = Record()
    editors = [Thread(target=desk.edit, args=(port, saves, record)) for desk in watched]
    with readers(port, watched, reading, pause, record):
        for editor in editors:
            editor.start()
        for editor in editors:
            editor.join()
    record.wrong += [
        f"{desk.slug} was left at {desk.written} of {saves}"
        for desk in watched
        if desk.written != saves
    ]
    return record


def lost(watched: list[Desk]) -> list[str]:
    """Return the desks at which a number was saved that is not in the database."""
    stored = dict(Project.objects.values_list("slug", "tagline"))
    return [
        desk.slug
        for desk in watched
        if desk.written and stored[desk.slug] != NUMBER.format(desk.written, desk.slug)
    ]
