"""What an import did, or would do: the same words for both."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..records import one_line, quoted


class Difference(NamedTuple):
    """A field in its three versions."""

    row: str
    field: str
    base: Any
    stored: Any
    new: Any


class Removal(NamedTuple):
    """A row that its file has no longer."""

    row: str
    proposal: str


@dataclass
class Report:
    """Every row of the files is new, updated, unchanged or left deleted."""

    new: list[str] = field(default_factory=list)
    updated: list[Difference] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    conflicts: list[Difference] = field(default_factory=list)
    removals: list[Removal] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        counts = {name: len(entries) for name, entries in vars(self).items()}
        return counts | {"updated": len({change.row for change in self.updated})}

    def as_json(self) -> dict[str, Any]:
        lists = {name: list(map(as_plain, entries)) for name, entries in vars(self).items()}
        return {"counts": self.counts(), **lists}

    def lines(self) -> Iterator[str]:
        """Yield the report as a person reads it at the terminal."""
        counts = self.counts()
        yield heading("New", counts["new"])
        yield from (f"  {row}" for row in self.new)
        yield heading("Updated", counts["updated"])
        yield from (f"  {changed(one)}" for one in self.updated)
        yield heading("Unchanged", counts["unchanged"])
        yield heading("Deleted here and left so", counts["deleted"])
        yield from (f"  {row}" for row in self.deleted)
        yield heading("Kept as edited here", counts["kept"])
        yield from (f"  {place(one)}: {quoted(one.stored)}" for one in self.kept)
        yield heading("Conflicts, to be decided in the admin", counts["conflicts"])
        yield from (f"  {conflicting(one)}" for one in self.conflicts)
        yield heading("No longer in the files, proposed", counts["removals"])
        yield from (f"  {removal.row}: {removal.proposal}" for removal in self.removals)


def as_plain(entry: str | Difference | Removal) -> str | dict[str, Any]:
    return entry if isinstance(entry, str) else entry._asdict()


def heading(words: str, count: int) -> str:
    return f"{words}: {count}"


def place(one: Difference) -> str:
    return f"{one.row}, {one.field}"


def changed(one: Difference) -> str:
    return one_line(f"{place(one)}: {quoted(one.stored)} becomes {quoted(one.new)}")


def conflicting(one: Difference) -> str:
    return one_line(
        f"{place(one)}: stored is {quoted(one.stored)}, new is {quoted(one.new)}, "
        f"last imported was {quoted(one.base)}"
    )
