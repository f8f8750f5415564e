"""Three-way merge, field by field: what two sides made of the same beginning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

type Fields = Mapping[str, Any]


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
