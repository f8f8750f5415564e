"""An answer that can be given again: headers, and a body in the codings that were asked for."""

import gzip
import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Self

import brotli

IDENTITY = "identity"
# The better one first. Their lower levels: a page is made once, but somebody waits for it, and the
# next level takes two thirds more work for four bytes of a hundred.
CODINGS = ("br", "gzip")
BROTLI_QUALITY, GZIP_LEVEL = 3, 4
# So much the parts of a page take beside their letters.
OVERHEAD = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to one address, without what depends on who asks."""

    status: str
    headers: tuple[tuple[str, str], ...]
    # One coding at least, by its name in HTTP.
    bodies: dict[str, bytes]
    # Whether it may be given again.
    is_kept: bool = True

    @property
    def size(self) -> int:
        """Return about how many bytes of memory it takes."""
        return OVERHEAD + sum(map(len, self.bodies.values()))

    def coded(self, coding: str) -> Self:
        """Return the page with its body in a coding too; the plain one is not kept."""
        if coding in self.bodies:
            return self
        bodies = {name: body for name, body in self.bodies.items() if name != IDENTITY}
        return replace(self, bodies=bodies | {coding: _encoded(self.plain(), coding)})

    def plain(self) -> bytes:
        coding, body = next(iter(self.bodies.items()))
        return _decoded(body, coding)

    def dumps(self) -> bytes:
        """Return the page as bytes: its headers as JSON in a line, then its first body."""
        coding, body = next(iter(self.bodies.items()))
        return json.dumps([coding, self.status, *self.headers]).encode() + b"\n" + body

    @classmethod
    def loads(cls, content: bytes) -> Self:
        """Return the page of such bytes."""
        head, _, body = content.partition(b"\n")
        coding, status, *pairs = json.loads(head)
        headers = tuple((name, value) for name, value in pairs)
        return cls(status, headers, {coding: body})


@lru_cache(maxsize=256)
def coding_for(accepted: str) -> str:
    """Return the best coding that an Accept-Encoding header allows (RFC 9110, section 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        # Nobody weighs them but to refuse one.
        weights[name] = not any(piece.replace(" ", "") in _REFUSED for piece in parameters)
    return next((name for name in CODINGS if weights.get(name)), IDENTITY)


_REFUSED = {"q=0", "q=0.0", "q=0.00", "q=0.000"}


def _encoded(body: bytes, coding: str) -> bytes:
    if coding == "br":
        packed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        return packed
    # The moment of compression is of no interest; without it equal pages have equal bytes.
    return gzip.compress(body, GZIP_LEVEL, mtime=0) if coding == "gzip" else body


def _decoded(body: bytes, coding: str) -> bytes:
    if coding == "br":
        plain: bytes = brotli.decompress(body)
        return plain
    return gzip.decompress(body) if coding == "gzip" else body
