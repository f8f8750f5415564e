"""Does a whole import in one transaction, or all of it but the writing."""

from collections.abc import Callable, Iterable

from django.db import transaction

from people.changes import rehearsal, told_together
from projects import generation

from .. import catalogue
from ..exchange import Reading
from .merging import Import, Watch
from .models import ImportedRow
from .noting import note_conflicts, note_merged
from .removals import propose
from .report import Report


def run(
    readings: Iterable[Reading],
    *,
    as_stated: bool = False,
    is_dry: bool = False,
    watch: Watch = iter,
    judge: Callable[[Report], None] | None = None,
) -> Report:
    """Import readings, and return what that did. Raises FixtureError.

    A dry run does all of it and takes it back, so that it reports exactly what would happen.
    `judge` sees the report before anything is settled; what it raises undoes everything.
    """
    with rehearsal() if is_dry else transaction.atomic():
        # Editors wait, or we do: what is compared here stays so until it is written.
        generation.hold()
        if catalogue.is_empty():
            # Rows that went with everything else were not deleted by an editor, one by one.
            ImportedRow.objects.all().delete()
        done = Import(readings, as_stated=as_stated)
        with told_together():
            done.run(watch)
        propose(done)
        note_merged(done.matches.values(), done.rows.deleted)
        note_conflicts(done.matches.values())
        if judge:
            judge(done.report)
    return done.report
