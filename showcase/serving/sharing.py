"""The memory that all processes and machines share: Valkey or Redis, which may go and come back."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.utils.crypto import constant_time_compare, salted_hmac

from .page import Page

logger = logging.getLogger(__name__)

SHARED_FOR = 24 * 3600
# Seconds for which a shared memory is left alone that did not answer.
REST = 5
SEAL_LENGTH = 32


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
        # Takes 50 ms and 3 MB, which a site without a shared memory does not spend.
        from redis import RedisError  # noqa: PLC0415

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


def shared_memory() -> Shared | None:
    """Return the one of the settings, if there is one."""
    return Shared(caches["shared"]) if "shared" in settings.CACHES else None
