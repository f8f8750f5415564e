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
from django.utils.crypto import constant_time_compare, salted_hmac

from cachetools import LRUCache
from redis import RedisError

from .page import Page

logger = logging.getLogger(__name__)

# Bytes. Addresses with parameters have no end: they cannot drive out the others.
PLAIN_SIZE, WITH_QUERY_SIZE = 4_000_000, 2_000_000
SHARED_FOR = 24 * 3600
# Seconds for which a shared memory is left alone that did not answer.
REST = 5
SEAL_LENGTH = 32


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
    """Pages of all processes, in a memory that may go away and come back.

    Others may write there too: each page carries a seal that takes the secret key to make.
    """

    def __init__(self, cache: BaseCache):
        self.cache = cache
        self.rests_until = 0.0

    def get(self, key: str) -> Page | None:
        sealed = self._ask(self.cache.get, key)
        if sealed is None:
            return None
        seal, content = sealed[:SEAL_LENGTH], sealed[SEAL_LENGTH:]
        if not constant_time_compare(seal, _seal(key, content)):
            logger.warning("What is kept in the shared memory as %s is not from here.", key)
            return None
        return Page.loads(content)

    def put(self, key: str, page: Page) -> None:
        content = page.dumps()
        self._ask(self.cache.set, key, _seal(key, content) + content, SHARED_FOR)

    def count(self, key: str, seconds: int) -> int | None:
        """Count one more of something for a while; nothing, where the memory does not answer."""
        number: int | None = self._ask(self._counted, key, seconds)
        return number

    def _counted(self, key: str, seconds: int) -> int:
        self.cache.add(key, 0, seconds)
        return self.cache.incr(key)

    def _ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        if time.monotonic() < self.rests_until:
            return None
        try:
            return question(*arguments)
        except RedisError as error:
            self.rests_until = time.monotonic() + REST
            logger.warning("The shared memory does not answer: %s", error)
            return None


def _seal(key: str, content: bytes) -> bytes:
    return salted_hmac(f"showcase.serving {key}", content, algorithm="sha256").digest()


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
