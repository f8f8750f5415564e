"""What an operation would make of each entry, worked out without anybody else seeing it."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError

from people.changes import rehearsal
from people.documents.differences import RowChange, differences
from people.documents.document import Document, documents_of
from people.documents.restoring import restore

from ...models import Project
from .operations import OPERATIONS, Operation

SALT = "projects.admin.bulk"


@dataclass(frozen=True)
class Step:
    """What becomes of one entry, or why it is left out."""

    project: Project
    before: Document
    after: Document
    refusals: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return not self.refusals and self.before != self.after

    @property
    def changes(self) -> list[RowChange]:
        return differences(self.before, self.after)

    @cached_property
    def fingerprint(self) -> str:
        """Tell this change from any other."""
        text = json.dumps([self.before.records(), self.after.records()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def planned(operation: Operation, projects: Iterable[Project]) -> list[Step]:
    """Return what becomes of each entry; its rules are not asked yet."""
    projects = list(projects)
    documents = documents_of(Project, (project.pk for project in projects))
    return [_step(operation, project, documents[project.pk]) for project in projects]


def rehearsed(
    operation: Operation, projects: Iterable[Project], refusal: Callable[[Project], str]
) -> list[Step]:
    """Return what would become of each entry, if it were done and every rule asked."""
    steps = []
    for step in planned(operation, projects):
        refusals = [sentence] if (sentence := refusal(step.project)) else step.refusals
        if step.is_change and not refusals:
            refusals = _broken_rules(step)
        steps.append(replace(step, refusals=refusals))
    return steps


@dataclass(frozen=True)
class Plan:
    """An operation as it was looked at: what travels through the page, signed."""

    operation: Operation
    # The fingerprints of what was shown, by the number of the entry.
    shown: dict[int, str]

    @classmethod
    def of(cls, operation: Operation, steps: Iterable[Step]) -> "Plan":
        return cls(operation, {it.project.pk: it.fingerprint for it in steps if it.is_change})

    @classmethod
    def read(cls, text: str) -> "Plan | None":
        """Return the plan in a form, or None if it carries none of ours, or an outdated one."""
        try:
            name, values, shown = signing.loads(text, salt=SALT)
        except signing.BadSignature:
            return None
        if name not in OPERATIONS:
            return None
        numbered = {int(number): fingerprint for number, fingerprint in shown.items()}
        return cls(OPERATIONS[name](values), numbered)

    def signed(self) -> str:
        parts: tuple[Any, ...] = (self.operation.name, self.operation.values(), self.shown)
        return signing.dumps(parts, salt=SALT, compress=True)


def _step(operation, project, before):
    try:
        return Step(project, before, operation.made_of(before))
    except ValidationError as error:
        return Step(project, before, before, error.messages)


def _broken_rules(step):
    try:
        with rehearsal():
            restore(step.after, step.before)
    except ValidationError as error:
        return error.messages
    return []
