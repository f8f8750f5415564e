"""Rendered parts of pages that are kept in memory: {% keep … %} in templates."""

import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from threading import Lock
from typing import Self

from django.urls import get_script_prefix
from django.utils.translation import get_language

# What a packed text takes beside its bytes.
OVERHEAD = 200


def key_of(made_of: object, *more: bytes) -> bytes:
    """Return the key of a part of a page by what it is made of, where and in which language."""
    here = repr((get_language(), get_script_prefix(), made_of)).encode()
    return blake2b(b"".join((here, *more)), digest_size=16).digest()


@dataclass(slots=True)
class Place:
    """Where a part of a page is kept, and what is kept there."""

    html: str = ""
    store: Callable[[str], None] | None = None

    def keep(self, html: str) -> None:
        self.html = html
        if self.store:
            self.store(html)


class Parts[Key: Hashable]:
    """Parts of pages up to a size in bytes, packed as what they differ in from the first one.

    When there are too many, those go that came first.
    """

    def __init__(self, size: int, first: bytes = b"", packed: Mapping[Key, bytes] | None = None):
        self.size = size
        self._first = first
        self._packed = dict(packed or {})
        self._taken = sum(map(_taken, self._packed.values()))
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._packed)

    def get(self, key: Key) -> str | None:
        packed = self._packed.get(key)
        if packed is None:
            return None
        return zlib.decompressobj(zdict=self._first).decompress(packed).decode()

    def put(self, key: Key, text: str) -> None:
        content = text.encode()
        with self._lock:
            self._first = self._first or content
            packer = zlib.compressobj(zdict=self._first)
            packed = packer.compress(content) + packer.flush()
            # Two may have rendered the same.
            self._drop(key)
            self._packed[key] = packed
            self._taken += _taken(packed)
            while self._taken > self.size:
                self._drop(next(iter(self._packed)))

    def place(self, key: Key) -> Place:
        """Return the place of a part of a page, with the part, if it was rendered."""
        return Place(self.get(key) or "", partial(self.put, key))

    def without(self, is_gone: Callable[[Key], bool]) -> Self:
        """Return another one, with what is not gone."""
        # Another thread may add to this one while it is gone through.
        rest = {key: packed for key, packed in self._packed.copy().items() if not is_gone(key)}
        return type(self)(self.size, self._first, rest)

    def _drop(self, key: Key) -> None:
        self._taken -= _taken(self._packed.pop(key, None))


def _taken(packed: bytes | None) -> int:
    return 0 if packed is None else OVERHEAD + len(packed)
