"""Brings records into the catalogue: a three-way merge of each field."""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializedObject
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone

from people.documents.merging import Conflict, Merge, merge_fields
from people.fields import LastChangedField
from projects.models import Project

from .. import catalogue
from ..exchange import Reading
from ..loading import check_whole, position, saving
from ..records import Record, identity
from ..rows import natural_key
from .models import ImportedRow, named
from .report import Difference, Report
from .statements import Statement, fields_of, plain, statement, stored_lists
from .stored import MANY, StoredRows

# What a file says of these counts only where somebody says so.
PUBLISHING = ("state", "published_at")

type Stated = tuple[Reading, Record]
type Watch = Callable[[list[Stated]], Iterable[Stated]]


@dataclass
class Match:
    """A record with the row that it states, the stored one, and what it said last time."""

    reading: Reading
    record: Record
    stated: Any
    lists: dict[str, Any]
    stored: Any
    base: ImportedRow | None
    key: tuple[Any, ...]
    # What is noted for the next import.
    says: Statement = field(default_factory=dict)
    ours: Statement = field(default_factory=dict)
    merge: Merge = field(default_factory=Merge)

    def __str__(self) -> str:
        return named(self.record.model._meta.label_lower, [plain(part) for part in self.key])

    @property
    def is_by_the_way(self) -> bool:
        """Whether the file only mentions the row, and leaves one that is there alone."""
        return self.record.if_missing

    @property
    def row(self) -> Any:
        return self.stored or self.stated

    def differences(self, names: Iterable[str]) -> list[Difference]:
        before = self.base.fields if self.base else {}
        return [
            Difference(str(self), name, before.get(name), self.ours[name], self.theirs[name])
            for name in names
        ]

    @property
    def theirs(self) -> Statement:
        """What the file says; what it does not speak of is as it was."""
        return (self.base.fields if self.base else {}) | self.says


class Import:
    """One import of several readings, within the transaction of its caller."""

    def __init__(self, readings: Iterable[Reading], *, as_stated: bool):
        self.readings = list(readings)
        self.as_stated = as_stated
        self.rows = StoredRows()
        self.report = Report()
        self.matches: dict[Record, Match] = {}
        self._saved: dict[Record, models.Model] = {}

    def run(self, watch: Watch) -> None:
        """Merge every record. Raises FixtureError."""
        stated = [(reading, record) for reading in self.readings for record in reading.records]
        stated.sort(key=lambda pair: position(pair[1]))
        self._read_ahead([record for _, record in stated])
        for reading, record in watch(stated):
            self._bring_in(reading, record)
        self._point_to_their_own()
        check_whole(self._saved.items())

    def _read_ahead(self, records: list[Record]) -> None:
        found = [record.model for record in records]
        for record in records:
            if record.model not in catalogue.MODELS:
                raise record.error("this is no part of the catalogue, so it is not imported")
        for model in catalogue.MODELS:
            if found.count(model) >= MANY:
                self.rows.read_all(model)

    def _bring_in(self, reading: Reading, record: Record) -> None:
        if self.rows.hangs_on_deleted(record):
            name = " ".join(
                [record.model._meta.label_lower, *identity(record.model, record.fields)]
            )
            self.report.deleted.append(name)
            return
        match = self._match(reading, record)
        if match.stored and match.is_by_the_way:
            self.report.unchanged.append(str(match))
        elif match.stored:
            self._merge(match)
        elif match.base:
            self.rows.leave_deleted((record.model, match.key))
            self.report.deleted.append(str(match))
        else:
            self._add(match)

    def _match(self, reading: Reading, record: Record) -> Match:
        made = self.rows.make(record)
        key = natural_key(made.object)
        stored, base = self.rows.stored.get((record.model, key)), self.rows.base(record.model, key)
        match = Match(reading, record, made.object, made.m2m_data or {}, stored, base, key)
        match.says = self._statement(match)
        self.matches[record] = match
        return match

    def _statement(self, match: Match) -> Statement:
        fields = match.record.fields
        says = statement(match.stated, match.lists, self.rows.names)
        # What these point to may come later.
        says |= {field.name: fields.get(field.name) for field in own_kind(match.record.model)}
        if match.record.model is Project and not self.as_stated:
            says = {name: value for name, value in says.items() if name not in PUBLISHING}
        if match.reading.leaves_out_defaults:
            return says
        return {name: value for name, value in says.items() if name in fields}

    def _add(self, match: Match) -> None:
        row = match.stated
        if isinstance(row, Project) and not self.as_stated:
            row.state = Project.State.DRAFT
        self._save(match.record, DeserializedObject(row, match.lists))
        self.report.new.append(str(match))

    def _merge(self, match: Match) -> None:
        ours = statement(match.stored, stored_lists(match.stored), self.rows.names)
        match.ours = {name: value for name, value in ours.items() if name in match.theirs}
        before = match.base.fields if match.base else {}
        match.merge = merge_fields(before, match.ours, match.theirs)
        self._leave_what_does_not_fit(match)
        merge = match.merge
        if merge.taken:
            take(match)
            self._save_taken(match)
        self.report.updated += match.differences(merge.taken)
        self.report.kept += match.differences(merge.kept)
        self.report.conflicts += match.differences(merge.conflicts)
        if not merge.taken:
            self.report.unchanged.append(str(match))

    def _leave_what_does_not_fit(self, match: Match) -> None:
        """Where both sides together break a rule that each of them keeps, somebody decides."""
        merge = match.merge
        if not (merge.taken and (merge.kept or merge.conflicts)):
            return
        trial = copy.copy(match.stored)
        try:
            take(match, trial)
            trial.full_clean()
        except ValidationError:
            for name in merge.taken:
                before = match.base and match.base.fields.get(name)
                merge.conflicts[name] = Conflict(before, match.ours[name], match.theirs[name])
            merge.taken.clear()

    def _save_taken(self, match: Match) -> None:
        lists = {name: rows for name, rows in match.lists.items() if name in match.merge.taken}
        columns = [
            field.attname
            for field in match.stored._meta.concrete_fields
            if field.name in match.merge.taken or isinstance(field, LastChangedField)
        ]
        # Nothing but what was taken is written: others may be writing the rest.
        self._save(match.record, DeserializedObject(match.stored, lists), columns)

    def _point_to_their_own(self) -> None:
        """Set what points to rows of the same model, now that all of them are there."""
        for record, made in self.rows.finish():
            match = self.matches[record]
            names = [field.attname for field in own_kind(record.model)]
            taken = [name for name in names if name.removesuffix("_id") in match.merge.taken]
            if match.stored and taken:
                for name in taken:
                    setattr(match.stored, name, getattr(match.stated, name))
                self._save(record, DeserializedObject(match.stored), taken)
            elif not match.stored and (record.model, match.key) not in self.rows.deleted:
                self._save(record, made)

    def _save(
        self, record: Record, made: DeserializedObject, columns: list[str] | None = None
    ) -> None:
        chosen: dict[str, Any] = {"update_fields": columns} if columns else {}
        with saving(record, made.object, DEFAULT_DB_ALIAS):
            made.save(using=DEFAULT_DB_ALIAS, **chosen)
        self._saved[record] = made.object


def take(match: Match, row: Any = None) -> None:
    """Give the stored row, or a trial of it, what the file has and nobody else has changed."""
    row = row or match.stored
    merge = match.merge
    later = own_kind(match.record.model)
    for column in fields_of(match.record.model):
        if column.name in merge.taken and column not in later:
            setattr(row, column.attname, getattr(match.stated, column.attname))
    is_theirs = not (merge.kept or merge.conflicts)
    for column in row._meta.concrete_fields:
        if isinstance(column, LastChangedField):
            is_stated = is_theirs and column.name in match.record.fields
            setattr(
                row,
                column.name,
                getattr(match.stated, column.name) if is_stated else timezone.now(),
            )


def own_kind(model: type[models.Model]) -> list[Any]:
    """Return the fields that point to rows of the same model."""
    return [field for field in fields_of(model) if field.related_model is model]
