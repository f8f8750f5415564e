"""What `/metrics` tells, to those who have the token."""

import os
import platform
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import django
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from projects import generation, public_state
from projects.databases import PRIMARY, REPLICA
from projects.models import Project
from projects.search import checks

from .. import replica
from ..models import Enquiry
from .counters import ABOVE, BOUNDS, CLASSES, KINDS, shared
from .exposition import CONTENT_TYPE, Family, Sample, gauge, text

NO_DATABASE = (DatabaseError, InterfaceError)


@never_cache
def metrics(request):
    """Answer 404 where nobody is to ask, and 401 to those who may not."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        challenge = {"WWW-Authenticate": 'Bearer realm="metrics"'}
        return HttpResponse(
            "This takes a token.\n", "text/plain; charset=utf-8", status=401, headers=challenge
        )
    return HttpResponse(text(families()), CONTENT_TYPE)


def families() -> Iterator[Family]:
    yield Family("showcase_info", "gauge", "What is running.", [Sample(1, versions())])
    yield from of_requests()
    yield from of_workers()
    is_open = public_state.primary.is_open
    about = "Whether the answering worker leaves the database alone, because it did not answer."
    yield gauge("showcase_breaker_open", about, is_open)
    yield from of_database()
    if REPLICA in settings.DATABASES:
        yield from of_replica()


def of_requests() -> Iterator[Family]:
    """Yield what all workers have counted."""
    yield Family(
        "showcase_requests_total",
        "counter",
        "Requests answered, by what was asked for and the class of the status.",
        [
            Sample(shared.total((kind, status)), {"kind": kind, "status": status})
            for kind in KINDS
            for status in CLASSES
        ],
    )
    yield Family(
        "showcase_request_duration_seconds",
        "histogram",
        "How long answers took, without what the server adds.",
        [sample for kind in KINDS for sample in durations(kind)],
    )
    yield Family(
        "showcase_kept_pages_total",
        "counter",
        "Pages that are the same for everybody, by whether they had to be made.",
        [Sample(shared.total(("kept", it)), {"result": it}) for it in ("hit", "miss")],
    )


def durations(kind: str) -> Iterator[Sample]:
    counts = [shared.total((kind, place)) for place in range(ABOVE + 1)]
    for bound, upto in zip((*BOUNDS, "+Inf"), accumulate(counts), strict=True):
        yield Sample(upto, {"kind": kind, "le": bound}, "_bucket")
    yield Sample(shared.total((kind, "seconds")), {"kind": kind}, "_sum")
    yield Sample(sum(counts), {"kind": kind}, "_count")


def of_workers() -> Iterator[Family]:
    """Yield how the processes are that live now."""
    living = [
        (row, resident, started)
        for row, pid, started in shared.workers()
        if (resident := resident_memory(pid)) is not None
    ]
    yield Family(
        "showcase_worker_resident_memory_bytes",
        "gauge",
        "Memory of a worker, what it shares with the others included.",
        [Sample(resident, {"worker": row}) for row, resident, _ in living],
    )
    yield Family(
        "showcase_worker_start_time_seconds",
        "gauge",
        "When a worker began, in seconds of Unix time.",
        [Sample(started, {"worker": row}) for row, _, started in living],
    )


def resident_memory(pid: int) -> int | None:
    """Return how much memory a process has, if it lives and the system tells."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def of_database() -> Iterator[Family]:
    """Yield what the database tells; only that it does not, where it does not answer."""
    try:
        told = list(of_catalogue())
    except NO_DATABASE:
        told = []
    yield gauge("showcase_database_up", "Whether the database answers.", bool(told))
    yield from told


def of_catalogue() -> Iterator[Family]:
    states = Project.objects.order_by().values_list("state").annotate(Count("pk"))
    counts = dict.fromkeys(Project.State.values, 0) | dict(states)
    entries = [Sample(number, {"state": state}) for state, number in counts.items()]
    yield Family("showcase_entries", "gauge", "Entries by their state.", entries)
    number = Project.objects.published().count()
    yield gauge("showcase_entries_public", "Entries that visitors see.", number)
    number = generation.current().number
    yield gauge("showcase_generation", "How often the catalogue was written.", number)
    is_whole = not checks.fault()
    yield gauge("showcase_search_index_up", "Whether the search finds all there is.", is_whole)
    waiting = Enquiry.objects.filter(state=Enquiry.State.NEW).count()
    yield gauge("showcase_enquiries_waiting", "Enquiries that nobody has answered.", waiting)


def of_replica() -> Iterator[Family]:
    try:
        is_present = replica.shows(public_state.as_written(PRIMARY))
    except NO_DATABASE:
        is_present = False
    about = "Whether the replica is at the state of the primary, and so may be read."
    yield gauge("showcase_replica_present", about, is_present)
    about = "Requests that the replica was read for."
    read = [Sample(shared.total("replica"))]
    yield Family("showcase_replica_requests_total", "counter", about, read)


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "version": project["project"]["version"],
        "django": django.get_version(),
        "python": platform.python_version(),
    }
