"""Reads tables (CSV): a header that names columns, and a row for each project or person.

Cells may be separated by commas, semicolons or tabs. A column that is not there says nothing; an
empty cell says that there is nothing, except where a field has a value from the beginning, such as
the editorial state: a project of which the table does not say otherwise is a draft. Without
`status_as_of` the status is of the day of the import. Addresses and names that hang on a row are
added and never changed: a cell cannot say all that they have.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import models

from people.fields import LongTextField
from people.models import Alias, Handle, Person
from projects.models import Project

from ..records import FixtureError, Record, instead, quoted
from ..yaml import MAX_VALUES_ELSEWHERE, MalformedError
from .columns import ALIASES, COLUMNS, FIELDS, HANDLES, LINKS, REQUIRED, WORDS, bare, separated
from .entries import Entry
from .values import licence

SEPARATORS = ",;\t"
BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

type Cells = dict[str, str]


def read(file: str, text: str, today: date) -> list[Record]:
    rows = lines_of(text)
    line, header = next(rows, (0, []))
    columns = [name.strip().lower().replace(" ", "_") for name in header]
    model = subject(columns)
    refuse_header(f"{file}, line {line}" if line else file, model, columns)
    records: list[Record] = []
    for number, (line, row) in enumerate(rows, start=1):
        entry = Entry(file, number, line)
        records += READERS[model](entry, cells_of(entry, columns, row), today)
    if not records:
        raise FixtureError(file, "the table has no rows")
    return records


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, and on which line each begins."""
    refuse_nul(text)
    head = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, count = 1, 0
    try:
        for row in rows:
            count += len(row)
            refuse_many(count, line)
            if any(cell.strip() for cell in row):
                yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise MalformedError(f"this is no CSV ({error}); look at the quotes", line) from error


def refuse_many(cells: int, line: int) -> None:
    if cells > MAX_VALUES_ELSEWHERE:
        raise MalformedError(
            f"there are more than {MAX_VALUES_ELSEWHERE:,} cells; divide the file into several",
            line,
        )


def refuse_nul(text: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise MalformedError("there is a NUL character; take it out", line)


def subject(columns: list[str]) -> type[Any]:
    """Tell whether a header is that of projects or of people."""
    only_projects = set(COLUMNS[Project]) - set(COLUMNS[Person])
    return Person if only_projects.isdisjoint(columns) and "name" in columns else Project


def refuse_header(place: str, model: type[models.Model], columns: list[str]) -> None:
    what = f"a table of {model._meta.verbose_name_plural}"
    for number, column in enumerate(columns, start=1):
        if column not in COLUMNS[model]:
            raise FixtureError(
                place,
                f"column {number} is called {quoted(column)}, and {what} has no such column"
                f"{instead(column, COLUMNS[model])}",
            )
        if column in columns[: number - 1]:
            raise FixtureError(place, f"the column “{column}” is there twice; leave one of them")
    for column in REQUIRED[model]:
        if column not in columns:
            raise FixtureError(
                place, f"the column “{column}” is missing; {what} needs it, named in the first row"
            )


def cells_of(entry: Entry, columns: list[str], row: list[str]) -> Cells:
    if len(row) != len(columns):
        raise entry.error(
            f"this row has {len(row)} cells, and the header has {len(columns)}; "
            "put cells that hold a separator into quotes"
        )
    return dict(zip(columns, map(cell_text, row), strict=True))


def cell_text(cell: str) -> str:
    text = bare(cell.replace("\r\n", "\n"))
    return text if text.strip() else ""


def project(entry: Entry, cells: Cells, today: date) -> list[Record]:
    fields = values(entry, Project, cells)
    fields |= licence(fields.get("licence", ""))
    if slug := fields.pop("successor", None):
        fields["successor"] = [slug]
    elif "successor" in cells:
        fields["successor"] = None
    fields["status_as_of"] = fields.get("status_as_of") or today
    entry.project(**fields)
    for column in WORDS:
        getattr(entry, column)(separated(cells.get(column, "")))
    entry.links(**{role: cells.get(column, "").strip() for column, role in LINKS.items()})
    return entry.records


def person(entry: Entry, cells: Cells, today: date) -> list[Record]:
    entry.person(**values(entry, Person, cells))
    for name in separated(cells.get(ALIASES, "")):
        entry.state(Alias, if_missing=True, person=[entry.slug], name=name)
    for column, service in HANDLES.items():
        if name := cells.get(column, "").strip():
            entry.state(Handle, person=[entry.slug], service=service.value, name=name)
    return entry.records


READERS: dict[type[Any], Callable[[Entry, Cells, date], list[Record]]] = {
    Project: project,
    Person: person,
}


def values(entry: Entry, model: type[models.Model], cells: Cells) -> dict[str, Any]:
    """Return the fields that have a cell of their own."""
    for column in REQUIRED[model]:
        if not cells[column]:
            raise entry.error(f"the cell “{column}” is empty; every row needs it")
    stated: dict[str, Any] = {}
    for name in FIELDS[model]:
        if name in cells:
            field: Any = model._meta.get_field(name)
            if cells[name]:
                stated[name] = value(field, cells[name])
            elif field.null or (field.blank and not field.has_default()):
                stated[name] = None if field.null else ""
    return stated


def value(field: Any, cell: str) -> str | bool:
    if isinstance(field, LongTextField):
        return cell
    if isinstance(field, models.BooleanField):
        return BOOLEANS.get(cell.strip().lower(), cell)
    return cell.strip()
