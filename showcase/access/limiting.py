"""Keeps programs from searching without end: for words that nobody asked for, a page is made.

What is kept is answered before any of this. Who types sees suggestions a few times in a second,
for some seconds; the limit is far above that, for a whole office behind one address.
"""

from collections.abc import Callable
from threading import Lock
from time import time

from django.http import HttpRequest, HttpResponse

from cachetools import LRUCache

from .. import errors
from ..serving.sharing import Shared, shared_memory
from ..visitors import is_somebody, network_of, pseudonym

SEARCHES_MAX, SECONDS = 300, 60
# In the memory of a process; a megabyte or two.
NETWORKS_MAX = 10_000
# The views that search for words.
SEARCHES = {
    "projects:facet",
    "projects:project_feed",
    "projects:project_list",
    "projects:suggest",
}


class SearchLimitMiddleware:
    """Answers 429 to whoever searches too often; one of these serves a whole process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.tally = Tally(shared_memory())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        if request.resolver_match.view_name not in SEARCHES or not request.GET.get("q"):
            return None
        network = network_of(request)
        if not is_somebody(network) or self.tally.add(network) <= SEARCHES_MAX:
            return None
        return errors.too_many_searches(request, SECONDS - int(time()) % SECONDS)


class Tally:
    """How often each network searched within the minute, counted by all processes if they can."""

    def __init__(self, shared: Shared | None = None):
        self.shared = shared
        self.counted: LRUCache[str, int] = LRUCache(NETWORKS_MAX)
        self.lock = Lock()

    def add(self, network: str) -> int:
        """Count one search more, and return how many there are."""
        key = pseudonym("access.searches", int(time()) // SECONDS, network)
        number = self.shared.count(key, SECONDS) if self.shared else None
        return self._add_here(key) if number is None else number

    def _add_here(self, key: str) -> int:
        with self.lock:
            self.counted[key] = number = self.counted.get(key, 0) + 1
        return number
