"""Writes rows as fixtures, and projects and people as tables too."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import models
from django.db.models import QuerySet

from people.models import Person
from projects.models import Project
from projects.models.vocabulary import slug_from_name

from .. import catalogue
from .columns import ALIASES, COLUMNS, FIELDS, HANDLES, LINKS, joined, shielded

# What a cell needs of other rows, by the models that can be tables.
FETCHED: dict[type[Any], list[str]] = {
    Project: ["kind_items__kind", "language_items__language", "tag_items__tag", "links"],
    Person: ["aliases", "handles"],
}
# Spreadsheets take a file for something else than UTF-8 without its mark.
ENCODING = "utf-8-sig"


def as_yaml(chosen: QuerySet[Any]) -> bytes:
    """Return the rows and what belongs to them, as a fixture states them."""
    text: str = serializers.serialize(
        "yaml",
        # A relation between two of them belongs to both.
        list(dict.fromkeys(with_parts(chosen))),
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    return text.encode()


def with_parts(chosen: QuerySet[Any]) -> list[Any]:
    """Return the rows and then what their forms edit with them, model by model."""
    rows = catalogue.in_order(chosen)
    for name in chosen.model.document_parts:
        part: Any = chosen.model._meta.get_field(name)
        owned = {f"{part.field.name}__in": chosen.order_by().values("pk")}
        rows += with_parts(part.related_model._default_manager.filter(**owned))
    return rows


def as_csv(chosen: QuerySet[Any]) -> bytes:
    """Return the projects or people as a table; nothing where there are none."""
    model: type[Any] = chosen.model
    rows = chosen.prefetch_related(*FETCHED[model])
    if model is Project:
        rows = rows.select_related("successor")
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS[model])
    table.writeheader()
    table.writerows(map(CELLS[model], sorted(rows, key=lambda row: row.slug)))
    return out.getvalue().encode(ENCODING) if rows else b""


def project_cells(project: Project) -> dict[str, str]:
    links = project.links.all()
    return shielded_cells(
        fields(project)
        | {
            "successor": project.successor.slug if project.successor else "",
            "kinds": words(item.kind for item in project.kind_items.all()),
            "languages": words(item.language for item in project.language_items.all()),
            "tags": words(item.tag for item in project.tag_items.all()),
        }
        | {
            column: next((link.url for link in links if link.role == role), "")
            for column, role in LINKS.items()
        }
    )


def person_cells(person: Person) -> dict[str, str]:
    services = {service.value: column for column, service in HANDLES.items()}
    handles = {services[handle.service]: handle.name for handle in person.handles.all()}
    names = joined([alias.name for alias in person.aliases.all()])
    return shielded_cells(fields(person) | handles | {ALIASES: names})


CELLS: dict[type[Any], Any] = {Project: project_cells, Person: person_cells}


def fields(row: models.Model) -> dict[str, str]:
    """Return the cells of the fields that are no keys."""
    own = [row._meta.get_field(name) for name in FIELDS[type(row)]]
    return {field.name: cell(getattr(row, field.name)) for field in own if not field.is_relation}


def cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
    return str(value)


def words(named: Iterable[Any]) -> str:
    """Return the names; where the slug was not made of the name, it stands for it."""
    return joined(
        [word.name if slug_from_name(word.name) == word.slug else word.slug for word in named]
    )


def shielded_cells(cells: dict[str, str]) -> dict[str, str]:
    return {column: shielded(text) for column, text in cells.items()}
