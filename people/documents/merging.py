"""Three-way merge, field by field: what two sides made of the same beginning."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .document import Document, Fields, Key


class Conflict(NamedTuple):
    """A field that both sides changed, each in its own way."""

    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True)
class Merge:
    """What became of each field.

    `values` has every field; where there is a conflict, it has our value, which stays until
    somebody decides. `kept` names the fields that only we changed, `taken` those that only they
    did.
    """

    values: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)


def merge_fields(base: Fields, ours: Fields, theirs: Fields) -> Merge:
    """Merge the fields of one row.

    A field that one side does not have is one that this side leaves as it was in `base`. What
    `base` does not have, either, was added by whoever has it.
    """
    merge = Merge()
    for name in dict.fromkeys([*base, *ours, *theirs]):
        before = base.get(name)
        our, their = ours.get(name, before), theirs.get(name, before)
        merge.values[name] = our
        if our == their:
            continue
        if our == before and name in base:
            merge.values[name] = their
            merge.taken.append(name)
        elif their == before and name in base:
            merge.kept.append(name)
        elif name not in ours:
            merge.values[name] = their
            merge.taken.append(name)
        elif name not in theirs:
            merge.kept.append(name)
        else:
            merge.conflicts[name] = Conflict(before, our, their)
    return merge


class Dispute(NamedTuple):
    """A field of a row in a document that both sides changed."""

    key: Key
    name: str
    conflict: Conflict

    @property
    def address(self) -> str:
        return address(self.key, self.name)


def merge_documents(
    base: Document, ours: Document, theirs: Document
) -> tuple[Document, list[Dispute]]:
    """Merge two documents that were made of the same one, and list what has to be decided.

    Nothing that anybody wrote is lost: a row that one side took out and the other changed stays, as
    it was changed. Where there is a dispute, the merged document has our value.
    """
    rows: dict[Key, Fields] = {}
    disputes = []
    theirs = _numbered_apart(base, ours, theirs)
    for key in dict.fromkeys([*theirs.rows, *ours.rows]):
        before, our, their = (side.rows.get(key) for side in (base, ours, theirs))
        if our is None or their is None:
            left = our if their is None else their
            # Who took it out did so knowingly only if nobody has changed it since.
            if before is None or left != before:
                rows[key] = left or {}
            continue
        merge = merge_fields(before or {}, our, their)
        rows[key] = merge.values
        disputes += [Dispute(key, name, found) for name, found in merge.conflicts.items()]
    return Document(rows), disputes


def decide(merged: Document, theirs: Document, addresses: set[str]) -> Document:
    """Return a merged document that has their value where a dispute was decided for them."""
    rows = {key: dict(fields) for key, fields in merged.rows.items()}
    for key in merged.rows.keys() & theirs.rows.keys():
        for name, value in theirs.rows[key].items():
            if address(key, name) in addresses:
                rows[key][name] = value
    return Document(rows)


def address(key: Key, name: str) -> str:
    """Name a field of a row so that a form can say what was decided of it."""
    return f"{key.model}:{key.number}:{name}"


def _numbered_apart(base: Document, ours: Document, theirs: Document) -> Document:
    """Give their unsaved rows other numbers than ours: both sides counted down from the same one.

    What both sides added alike is one row.
    """
    lowest = min((key.number for key in [*base.rows, *ours.rows, *theirs.rows]), default=0)
    taken = [
        key
        for key, fields in theirs.rows.items()
        if key.number < 0 and key not in base.rows and ours.rows.get(key, fields) != fields
    ]
    return theirs.numbered({key: lowest - step for step, key in enumerate(taken, start=1)})
