"""Reads files of every format, and says in one sentence what is wrong with one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import PurePath
from typing import Any, NamedTuple

from django.utils import timezone

from projects.models import Project

from ..records import FixtureError, Record, decoded, located, quoted
from ..rows import blame, python_value
from . import citation, codemeta, fixtures, landscape, publiccode, tables

MEGABYTE = 1024**2
# About 20,000 projects; more of them are several files.
MAX_SIZE = 20 * MEGABYTE

type Reader = Callable[[str, str, date], list[Record]]


@dataclass(frozen=True)
class Reading:
    """What a file says."""

    records: list[Record]
    # The format and the file: “CSV projects.csv”.
    origin: str
    # Whether a field that a record leaves out has its default, or is not spoken of.
    leaves_out_defaults: bool
    # Whether what a later file of this origin lacks has gone.
    is_list: bool


class Format(NamedTuple):
    """A format, and how a file of it is known."""

    name: str
    endings: tuple[str, ...]
    beginning: bytes
    read: Reader
    is_list: bool = False
    is_ours: bool = False

    def is_begun_by(self, content: bytes) -> bool:
        return re.search(self.beginning, content[:MEGABYTE], re.MULTILINE) is not None

    def is_called(self, file: PurePath) -> bool:
        return file.stem.startswith(self.name.lower())


YAML, JSON = (".yaml", ".yml"), (".json",)
FIXTURE = Format(
    "fixture", YAML + JSON, rb"^- model\s*:", fixtures.read, is_list=True, is_ours=True
)
# What is YAML or JSON and nothing else is a fixture: it comes last.
FORMATS = [
    Format("publiccode", YAML, rb"^publiccodeYmlVersion\s*:", publiccode.read),
    Format("CITATION", (*YAML, ".cff"), rb"^cff-version\s*:", citation.read),
    Format("landscape", YAML, rb"^landscape\s*:", landscape.read, is_list=True),
    Format("codemeta", JSON, rb"\A(?:\xef\xbb\xbf)?\s*\{", codemeta.read),
    Format("CSV", (".csv", ".tsv"), rb"", tables.read, is_list=True),
    FIXTURE,
]


def read(name: str, content: bytes, today: date | None = None) -> Reading:
    """Return what a file says. Raises FixtureError.

    Nothing is asked of the database: whether what a key names is there is seen when rows are made.
    """
    refuse_size(name, len(content))
    form = detect(name, content)
    with located(name):
        records = form.read(name, decoded(content), today or timezone.localdate())
    if not form.is_ours:
        # Of ours, that is seen when rows are made.
        records = list(each_once(map(checked, records)))
    refuse_circles(records)
    return Reading(records, origin_of(form, name), form.is_ours, form.is_list)


def origin_of(form: Format, file: str) -> str:
    """Return what a row comes from, wherever the file lies today."""
    return f"{form.name} {PurePath(file).name}"


def refuse_size(name: str, size: int) -> None:
    """Refuse a file that is too large, before anybody reads it."""
    if size > MAX_SIZE:
        raise FixtureError(
            name,
            f"the file has {size / MEGABYTE:,.0f} MB, and {MAX_SIZE // MEGABYTE} MB is the most; "
            "divide it into several",
        )


def detect(name: str, content: bytes) -> Format:
    """Tell the format of a file by its ending, then by what it says, then by its name."""
    file = PurePath(name.lower())
    possible = [form for form in FORMATS if file.suffix in form.endings]
    if not possible:
        raise FixtureError(
            name,
            "nothing is known of files that are called so; there are .yaml and .json, .csv, "
            "publiccode.yml, codemeta.json, CITATION.cff and landscape.yml",
        )
    begun = (form for form in possible if form.is_begun_by(content))
    called = (form for form in possible if form.is_called(file))
    return next(chain(begun, called), possible[-1])


def checked(record: Record) -> Record:
    """Check each value by itself, and give it the type that its field has."""
    for name, value in record.fields.items():
        field = record.field(name)
        if not field.is_relation:
            with blame(record, name):
                record.fields[name] = field.clean(python_value(field, value), None)
    return record


def each_once(records: Iterable[Record]) -> Iterator[Record]:
    """Yield the records; only what has a page of its own may not be stated twice."""
    stated: dict[tuple[Any, str], Record] = {}
    for record in records:
        slug = record.fields.get("slug")
        key = record.model, str(record.fields if slug is None else slug)
        first = stated.setdefault(key, record)
        if first is record:
            yield record
        elif slug is not None and not record.if_missing:
            raise record.error(f"this is stated already in {first.place()}; leave one of them")


def refuse_circles(records: Iterable[Record]) -> None:
    """Refuse entries that take the place of each other."""
    projects = {str(record.fields.get("slug")): record for record in records if is_project(record)}
    after = {slug: successor_of(record) for slug, record in projects.items()}
    settled: set[str] = set()
    for start in after:
        way: dict[str, None] = {}
        slug: str | None = start
        while slug in after and slug not in settled:
            if slug in way:
                circle = list(way)[list(way).index(slug) :]
                raise projects[slug].error(
                    f"{', then '.join(map(quoted, [*circle[:3], slug]))}: "
                    "these take the place of each other; leave one successor out",
                    "successor",
                )
            way[slug] = None
            slug = after[slug]
        settled |= way.keys()


def is_project(record: Record) -> bool:
    return record.model is Project


def successor_of(record: Record) -> str | None:
    match record.fields.get("successor"):
        case [str(slug)]:
            return slug
    return None
