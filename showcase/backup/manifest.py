"""What a backup says of itself: where it is from, and what has to be in it."""

import json
import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.core.management.base import CommandError

FORMAT = 1
# No slash, no dot before the ending: none of them leads out of a folder.
FILE_NAME = re.compile(r"[a-z0-9_]+\.(?:sqlite3|dump|jsonl)")


@dataclass(frozen=True)
class Contents:
    """What was in a database at one moment."""

    migrations: list[str]
    # By table.
    rows: dict[str, int]
    # The last number that each table gave to a row, where the copy itself does not know it.
    sequences: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest(Contents):
    kind: str = ""
    engine: str = ""
    made_at: str = ""
    # Of the code.
    release: str = ""
    # The SHA-256 of each.
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=2, sort_keys=True).encode()


SHAPES: dict[str, Any] = {
    "migrations": (list, str),
    "rows": (dict, int),
    "sequences": (dict, int),
    "files": (dict, str),
}


def read(content: bytes) -> Manifest:
    """Read what a backup says of itself; it may say anything."""
    try:
        stated = json.loads(content)
        if stated["format"] != FORMAT:
            raise CommandError(
                f"The backup has format {stated['format']!r:.20}, and this release reads format "
                f"{FORMAT}; restore it with the release that made it."
            )
        manifest = Manifest(**stated)
        if not _is_in_shape(manifest):
            raise ValueError
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise CommandError(
            "The backup's manifest.json is not one that “manage.py backup” writes; "
            "take another backup."
        ) from error
    return manifest


def _is_in_shape(manifest: Manifest) -> bool:
    for name in (each.name for each in fields(manifest)):
        value = getattr(manifest, name)
        kind, part = SHAPES.get(name, (str if name != "format" else int, None))
        if type(value) is not kind:
            return False
        parts = value.values() if kind is dict else value if kind is list else ()
        if any(type(each) is not part for each in parts):
            return False
    return all(FILE_NAME.fullmatch(name) for name in manifest.files)
