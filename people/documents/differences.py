"""What changed from one document to another, in the words of the forms."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.db import models

from .document import Document, Fields, Key, kept_fields, owner_fields

WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Words or lines: comparing takes the square of their number.
PIECES_MAX = 3_000
# Texts that share less are two texts: word by word, nobody could read either of them.
SHARED_MIN = 0.4


class Piece(NamedTuple):
    """A part of a text: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return compared(self.before, self.after)


@dataclass(frozen=True)
class RowChange:
    """A row that was `added`, `changed` or `removed`, and what it says now."""

    kind: str
    label: str
    title: str
    fields: list[FieldChange]


def differences(before: Document, after: Document) -> list[RowChange]:
    """Return what changed; rows that only got another number did not."""
    gone = [key for key in before.rows if key not in after.rows]
    new = [key for key in after.rows if key not in before.rows]
    for key in list(gone):
        twin = next((other for other in new if _is_twin(before, key, after, other)), None)
        if twin:
            gone.remove(key)
            new.remove(twin)
    within = {*before.rows, *after.rows}
    return [
        *(_row("removed", key, before.rows[key], {}, within) for key in gone),
        *(
            _row("changed", key, before.rows[key], fields, within)
            for key, fields in after.rows.items()
            if key in before.rows and before.rows[key] != fields
        ),
        *(_row("added", key, {}, after.rows[key], within) for key in new),
    ]


def compared(before: str, after: str) -> list[Piece]:
    """Return the text with what was taken out and put in, word by word within changed lines."""
    pieces: list[Piece] = []
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    runs = _runs(*lines, _matcher(*lines)) if _are_few(*lines) else iter([(before, after)])
    for old, new in runs:
        if old == new:
            pieces.append(Piece("same", new))
        else:
            pieces += _compared_words(WORD.findall(old), WORD.findall(new))
    return pieces


def shown(field: Any, value: Any) -> str:
    """Return a value of a document as an editor would say it."""
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_name(field.related_model, number) for number in value)
    if field.is_relation:
        return _name(field.related_model, value)
    return str(dict(field.flatchoices).get(value, value))


def _compared_words(old: list[str], new: list[str]) -> Iterator[Piece]:
    for before, after in _runs_of_words(old, new):
        if before == after:
            yield Piece("same", after)
            continue
        if before:
            yield Piece("removed", before)
        if after:
            yield Piece("added", after)


def _runs_of_words(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    whole = iter([("".join(old), "".join(new))])
    if not _are_few(old, new):
        return whole
    # One and the same matcher: what it has compared for the one it knows for the other.
    matcher = _matcher(old, new)
    return _runs(old, new, matcher) if matcher.ratio() >= SHARED_MIN else whole


def _are_few(old: list[str], new: list[str]) -> bool:
    return len(old) + len(new) <= PIECES_MAX


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _runs(
    old: list[str], new: list[str], matcher: SequenceMatcher[str]
) -> Iterator[tuple[str, str]]:
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield "".join(old[start:end]), "".join(new[new_start:new_end])


def _is_twin(before: Document, key: Key, after: Document, other: Key) -> bool:
    return key.model == other.model and before.rows[key] == after.rows[other]


def _row(kind: str, key: Key, before: Fields, after: Fields, within: Collection[Key]) -> RowChange:
    model = key.model_class
    owners = _owners(model, after or before, within)
    changes = []
    for name in kept_fields(model):
        field = model._meta.get_field(name)
        old, new = shown(field, before.get(name)), shown(field, after.get(name))
        # To whom a row belongs goes without saying, unless it went to somebody else.
        if old != new and not (name in owners and not (before and after)):
            changes.append(FieldChange(str(field.verbose_name).capitalize(), old, new))
    label = str(model._meta.verbose_name)
    return RowChange(kind, label.capitalize(), title_of(model, after or before, within), changes)


def title_of(model: type[models.Model], fields: Fields, within: Collection[Key] = ()) -> str:
    """Return what tells a row from its neighbours: a name of its own, or what it points to."""
    for name in ("name", "title", "label", "version", "supports", "text"):
        if fields.get(name):
            return str(fields[name])
    owners = _owners(model, fields, within)
    others = (
        shown(field, fields.get(field.name))
        for field in model._meta.concrete_fields
        if field.is_relation and field.name not in owners
    )
    return ", ".join(filter(None, others))


def _owners(model: type[models.Model], fields: Fields, within: Collection[Key]) -> set[str]:
    """Return the fields by which a row belongs to the document, not to what it tells of besides.

    A relation belongs to the things at both its ends, and is in the documents of both.
    """
    return {
        owner.name
        for owner in owner_fields(model)
        if not within or (owner.related_model._meta.label_lower, fields.get(owner.name)) in within
    }


def _name(model: type[models.Model], number: int) -> str:
    row = model._base_manager.filter(pk=number).first()
    return str(row) if row else f"{model._meta.verbose_name} {number}, which is gone"
