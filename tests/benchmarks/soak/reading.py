"""Visitors who want different things, and look after each edit whether every worker shows it."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from random import Random
from time import monotonic
from typing import NamedTuple

from ..clients import Answer, Connection, Question, converse
from .editor import Journal
from .freshness import Reading, number_in

EDITED = "edited page"
# Of a hundred visitors who do not look for an edit, so many ask this.
SHARES = {
    "kept page": 40,
    "304 page": 15,
    "kept feed": 3,
    "304 feed": 2,
    "fresh list page": 10,
    "fresh entry page": 15,
    "search": 10,
    "suggestions": 5,
}
# What is known already is asked for with its ETag.
CONDITIONAL = {"304 page": "kept page", "304 feed": "kept feed"}


# So many questions of one visitor, then another comes.
VISIT = 100


class Wanted(NamedTuple):
    """A question, and what kind it is."""

    kind: str
    question: Question


class Readers:
    """Chooses what is asked, and keeps what comes of it."""

    def __init__(self, addresses: dict[str, list[str]], journal: Journal, seconds: float):
        self.addresses, self.journal = addresses, journal
        self.start = monotonic()
        self.end = self.start + seconds
        self.random = Random(3)  # noqa: S311 (nothing secret is made of it)
        self.subjects: defaultdict[str, list[str]] = defaultdict(list)
        for address, subject in journal.watched:
            self.subjects[address].append(subject)
        self.known_commits = 0
        self.asked: dict[Connection, Wanted] = {}
        self.visits: Counter[Connection] = Counter()
        self.workers: set[str] = set()
        self.worker: dict[Connection, str] = {}
        # What each worker has yet to be asked after an edit.
        self.due: defaultdict[str, deque[str]] = defaultdict(deque)
        self.etags: dict[str, str] = {}
        # What was shown under an ETag: whoever is told that it is still good sees that.
        self.shown: dict[tuple[str, str], dict[str, int]] = {}
        self.readings: list[Reading] = []
        self.waits: defaultdict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()

    def read(self, port: int, visitors: int) -> None:
        converse(port, visitors, self.choose, self.take)

    def choose(self, connection: Connection) -> Question | None:
        # Looked at first: nothing is written any more after that.
        is_over = monotonic() > self.end and self.journal.is_closed
        self.look_at_journal()
        wanted = self.next_edited(connection)
        if wanted is None and not is_over:
            wanted = self.next_other()
        if wanted is None:
            return None
        self.asked[connection] = wanted
        return wanted.question

    def look_at_journal(self) -> None:
        commits = self.journal.commits[self.known_commits :]
        self.known_commits += len(commits)
        for commit in commits:
            for address, subject in self.journal.watched:
                if subject == commit.subject:
                    for worker in self.workers:
                        self.due[worker].append(address)

    def next_edited(self, connection: Connection) -> Wanted | None:
        due = self.due[self.worker.get(connection, "")]
        if not due:
            return None
        address = due.popleft()
        etag = self.random.choice((self.etags.get(address, ""), ""))
        return Wanted(EDITED, Question(address, etag))

    def next_other(self) -> Wanted:
        (kind,) = self.random.choices([*SHARES], [*SHARES.values()])
        address = self.random.choice(self.addresses[CONDITIONAL.get(kind, kind)])
        etag = self.etags.get(address, "") if kind in CONDITIONAL else ""
        return Wanted(kind, Question(address, etag))

    def take(self, connection: Connection, answer: Answer) -> None:
        kind, (address, _) = self.asked.pop(connection)
        self.waits[kind].append(answer.seconds)
        self.statuses[answer.status] += 1
        worker = answer.headers.get("x-worker", "")
        if worker not in self.workers:
            # What was written before it was known has not been looked for.
            self.workers.add(worker)
            self.due[worker].extend(self.subjects)
        self.worker[connection] = worker
        if answer.status == 200:
            self.etags[address] = answer.headers.get("etag", "")
        if address in self.subjects and answer.status in {200, 304}:
            self.readings += self.readings_of(answer, worker)
        self.visits[connection] += 1
        if self.visits[connection] % VISIT == 0:
            # A worker keeps the connections that it has, however many more those are than others'.
            connection.close()
            connection.open()
            del self.worker[connection]

    def readings_of(self, answer: Answer, worker: str) -> Iterable[Reading]:
        address, etag = answer.question
        if answer.status == 200:
            text, etag = answer.text, answer.headers.get("etag", "")
            shown = {subject: number_in(text, subject) for subject in self.subjects[address]}
            self.shown[address, etag] = shown
        for subject, number in self.shown[address, etag].items():
            yield Reading(subject, address, worker, answer.began, number)
