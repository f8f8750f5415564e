"""Has pages that were made: some in this process, and all of a while in a shared memory."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

from cachetools import LRUCache
from redis import RedisError

from .page import Page

logger = logging.getLogger(__name__)

# Bytes. Addresses with parameters have no end: they cannot drive out the others.
PLAIN_SIZE, WITH_QUERY_SIZE = 6_000_000, 2_000_000
SHARED_FOR = 24 * 3600
# Seconds for which a shared memory is left alone that did not answer.
REST = 5


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


class AsBytes:
    """Hands bytes on as they are: what Django does by default would run what a stranger wrote."""

    @staticmethod
    def dumps(content: bytes) -> bytes:
        return content

    @staticmethod
    def loads(content: bytes) -> bytes:
        return content


class Shared:
    """Pages of all processes, in a memory that may go away and come back."""

    def __init__(self, cache: BaseCache):
        self.cache = cache
        self.rests_until = 0.0

    def get(self, key: str) -> Page | None:
        content = self._ask(self.cache.get, key)
        if content is None:
            return None
        try:
            return Page.loads(content)
        except (ValueError, TypeError, AttributeError):
            logger.warning("What is kept in the shared memory as %s is no page.", key)
            return None

    def put(self, key: str, page: Page) -> None:
        self._ask(self.cache.set, key, page.dumps(), SHARED_FOR)

    def _ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        if time.monotonic() < self.rests_until:
            return None
        try:
            return question(*arguments)
        except RedisError as error:
            self.rests_until = time.monotonic() + REST
            logger.warning("The shared memory does not answer: %s", error)
            return None


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
    return Keeper(Shared(caches["shared"]) if "shared" in settings.CACHES else None)
