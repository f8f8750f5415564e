"""Tells one state of the code, and of what goes into pages beside the catalogue, from another."""

import sys
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

# Whatever can change a page. Packages change with the list of their hashes.
PATTERNS = (
    "people/**/*.py",
    "projects/**/*.py",
    "showcase/**/*.py",
    "templates/**/*",
    "locale/**/*.mo",
)
FILES = ("requirements.txt", "var/static/staticfiles.json")
SETTINGS = (
    *("BASE_URL", "CDN_SECONDS", "DEBUG", "SECURE_HSTS_PRELOAD"),
    *("SECURITY_CONTACT", "SITE_NAME", "SITE_TAGLINE"),
)


class Release(NamedTuple):
    """A state of the code, and the second of Unix time since when it is here."""

    token: str
    since: int


def present(root: Path | None = None) -> Release:
    """Read the code once, at the start: it does not change under a running process."""
    root = root or settings.BASE_DIR
    digest = blake2b(digest_size=16)
    digest.update(sys.version.encode())
    digest.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    since = 0
    found = chain.from_iterable(root.glob(pattern) for pattern in PATTERNS)
    for path in sorted({*found, *(root / name for name in FILES)}):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root)} {len(content)} ".encode())
            digest.update(content)
            since = max(since, int(path.stat().st_mtime))
    return Release(digest.hexdigest(), since)
