"""What becomes of one address: asked briefly, then in full, again after a while, and followed."""

import http.client
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from threading import Event, Lock
from typing import NamedTuple
from urllib.parse import urljoin

from django.utils import timezone

from .guard import RefusedError, Target
from .network import Answer, Network

REDIRECTS_MAX = 5
# How long to wait before each further try, in seconds, unless the site names a time.
PAUSES = (2, 8)
PAUSE_MAX = 60
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
REDIRECTS = PERMANENT | {
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
}
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
# These say nothing about whether a person with a browser would see the page.
UNTOLD = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
}
UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class StoppedError(Exception):
    """Nothing more is to be asked."""


class Verdict(Enum):
    OK = "it answers"
    MOVED = "it answers from elsewhere, for good"
    FAILED = "whoever follows it finds nothing"
    UNTOLD = "it could not be found out"
    REFUSED = "it is not asked"


class Finding(NamedTuple):
    """What was found out about an address, in a sentence."""

    verdict: Verdict
    detail: str
    status: int | None = None
    new_url: str = ""
    is_worth_a_retry: bool = False
    # How many seconds the site asks to wait.
    pause: float | None = None


class Turns:
    """Lets one question at a time go to a host, with a pause between two."""

    def __init__(self, delay: float, stop: Event):
        self._delay, self._stop = delay, stop
        self._guard = Lock()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._free_at: dict[str, float] = {}

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks[host]
        with lock:
            self.wait(self._free_at.get(host, 0) - time.monotonic())
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + self._delay

    def wait(self, seconds: float) -> None:
        if seconds > 0:
            self._stop.wait(seconds)
        if self._stop.is_set():
            raise StoppedError


class Checker:
    """Finds out about addresses; any number of threads may share it."""

    def __init__(self, network: Network, delay: float, stop: Event):
        self._network, self._turns = network, Turns(delay, stop)
        # Hosts that had enough of us. They are left alone until the next run.
        self._weary: set[str] = set()

    def check(self, url: str) -> Finding:
        """Find out about an address, in several tries. Raises StoppedError."""
        for number, pause in enumerate(PAUSES):
            finding = self._try(url, is_first=number == 0)
            if not finding.is_worth_a_retry or (finding.pause or 0) > PAUSE_MAX:
                return finding
            self._turns.wait(pause if finding.pause is None else finding.pause)
        return self._try(url, is_first=False)

    def _try(self, url: str, *, is_first: bool) -> Finding:
        try:
            # A server may leave the brief question without any answer.
            return self._follow(Target.read(url), self._answer if is_first else self._full_answer)
        except RefusedError as error:
            return Finding(Verdict.REFUSED, str(error))
        except (OSError, http.client.HTTPException) as error:
            return finding_of_error(error)

    def _follow(self, target: Target, ask: Callable[[Target], Answer]) -> Finding:
        new_url, is_permanent, seen = "", True, {target}
        for _ in range(REDIRECTS_MAX + 1):
            answer = ask(target)
            if answer.status not in REDIRECTS or not answer.location:
                return self._judged(answer, target, new_url)
            target = redirected(target, answer.location)
            is_permanent = is_permanent and answer.status in PERMANENT
            new_url = str(target) if is_permanent else new_url
            if target in seen:
                return Finding(Verdict.FAILED, "It redirects in a circle.", answer.status)
            seen.add(target)
        detail = f"It redirects more than {REDIRECTS_MAX} times."
        return Finding(Verdict.FAILED, detail, answer.status)

    def _answer(self, target: Target) -> Answer:
        """Ask briefly, and in full where the brief answer is none to go by."""
        try:
            answer = self._ask("HEAD", target)
        except (http.client.HTTPException, ConnectionResetError):
            return self._full_answer(target)
        is_plain = answer.status < HTTPStatus.BAD_REQUEST or answer.status in BUSY
        return answer if is_plain else self._full_answer(target)

    def _full_answer(self, target: Target) -> Answer:
        return self._ask("GET", target)

    def _ask(self, method: str, target: Target) -> Answer:
        with self._turns.of(target.host):
            if target.host in self._weary:
                return Answer(HTTPStatus.TOO_MANY_REQUESTS, None, str(PAUSE_MAX + 1))
            return self._network.ask(method, target)

    def _judged(self, answer: Answer, target: Target, new_url: str) -> Finding:
        finding = finding_of_answer(answer, new_url)
        if finding.pause is not None and finding.pause > PAUSE_MAX:
            self._weary.add(target.host)
        return finding


def redirected(target: Target, location: str) -> Target:
    """Return where a redirect leads: it has to be allowed as much as the first address."""
    try:
        return Target.read(urljoin(str(target), location))
    except ValueError as error:
        # Among them those that no address can be read from.
        raise RefusedError("It redirects to what is no address of a public site.") from error


def finding_of_answer(answer: Answer, new_url: str) -> Finding:
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if new_url:
            return Finding(Verdict.MOVED, "It has moved for good.", status, new_url)
        return Finding(Verdict.OK, "It answers.", status)
    if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = f"The site answers “{phrase(status)}”."
        pause = seconds_of(answer.retry_after)
        return Finding(Verdict.UNTOLD, detail, status, is_worth_a_retry=True, pause=pause)
    if status in UNTOLD:
        detail = f"The site answers “{phrase(status)}” to programs; a browser may see more."
        return Finding(Verdict.UNTOLD, detail, status)
    return Finding(Verdict.FAILED, f"The site answers “{phrase(status)}”.", status)


def finding_of_error(error: OSError | http.client.HTTPException) -> Finding:
    """Return what an error tells an editor; whether it lasts is seen by trying again."""
    match error:
        case socket.gaierror() if error.errno in UNKNOWN_NAME:
            return Finding(Verdict.FAILED, "There is no host of this name.")
        case ssl.SSLCertVerificationError():
            return Finding(
                Verdict.FAILED, f"The site's certificate is not valid: {error.verify_message}."
            )
        case TimeoutError():
            return Finding(Verdict.UNTOLD, "It did not answer in time.", is_worth_a_retry=True)
        case ConnectionRefusedError():
            return Finding(Verdict.FAILED, "Nothing answers there.", is_worth_a_retry=True)
        case ssl.SSLError():
            detail = "No encrypted connection can be made to the site."
            return Finding(Verdict.FAILED, detail, is_worth_a_retry=True)
        case OSError():
            return Finding(Verdict.UNTOLD, "No connection could be made.", is_worth_a_retry=True)
    return Finding(Verdict.FAILED, "What answers there is no web server, or a broken one.")


def phrase(status: int) -> str:
    """Return a status as its number and, where there is one, its name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def seconds_of(retry_after: str | None) -> float | None:
    """Return how long a site asks to be left alone: a number of seconds, or a moment."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if timezone.is_naive(moment):
        return None
    return max(0.0, (moment - timezone.now()).total_seconds())
