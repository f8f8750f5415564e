"""Has pages that were made: some in this process, and all of a while in a shared memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary

from cachetools import LRUCache

from .page import Page
from .sharing import Shared, shared_memory

# Bytes. Addresses with parameters have no end: they cannot drive out the others.
PLAIN_SIZE, WITH_QUERY_SIZE = 4_000_000, 2_000_000


class Memory:
    """Pages of this process, the most recently asked for."""

    def __init__(self, size: int):
        self.pages: LRUCache[str, Page] = LRUCache(size, getsizeof=lambda page: page.size)
        self.lock = Lock()

    def get(self, key: str) -> Page | None:
        with self.lock:
            return self.pages.get(key)

    def put(self, key: str, page: Page) -> None:
        with self.lock:
            if page.size <= self.pages.maxsize:
                self.pages[key] = page


class Keeper:
    """Pages by what they are made of."""

    def __init__(self, shared: Shared | None = None):
        self.plain, self.with_query = Memory(PLAIN_SIZE), Memory(WITH_QUERY_SIZE)
        self.shared = shared
        self.making: WeakValueDictionary[str, Lock] = WeakValueDictionary()
        self.lock = Lock()

    def get(self, key: str, *, has_query: bool) -> Page | None:
        """Return a page that this process has."""
        return self._memory(has_query).get(key)

    def fetch(self, key: str, *, has_query: bool) -> Page | None:
        """Return a page that this process has, or gets from the shared memory."""
        page = self.get(key, has_query=has_query)
        if page is None and self.shared and (page := self.shared.get(key)):
            self._memory(has_query).put(key, page)
        return page

    def put(self, key: str, page: Page, *, has_query: bool) -> None:
        """Keep a page for this process."""
        self._memory(has_query).put(key, page)

    def share(self, key: str, page: Page) -> None:
        """Keep a page for all processes."""
        if self.shared:
            self.shared.put(key, page)

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Wait while somebody else in this process makes the same page."""
        with self.lock:
            turn = self.making.setdefault(key, Lock())
        with turn:
            yield

    def _memory(self, has_query: bool) -> Memory:
        return self.with_query if has_query else self.plain


def keeper() -> Keeper:
    """Return a keeper with the shared memory of the settings, if there is one."""
    return Keeper(shared_memory())
