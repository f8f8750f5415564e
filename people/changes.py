"""Tells of writes that Django's own signals pass over: whole querysets and bulk inserts.

What is derived from the catalogue has to follow every write. Django tells of `save()` and
`delete()`; `update()`, `bulk_create()` and `bulk_update()` go by in silence.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import batched
from typing import Any

from django.db import models, router, transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import Signal

# Sent with `rows`, a queryset, right before they change and right after.
rows_changing = Signal()
rows_changed = Signal()
# No database takes any number of parameters.
AT_ONCE = 10_000

_is_rehearsal = ContextVar("rehearsal", default=False)
# The numbers of rows, by model, that are told of together.
_waiting: ContextVar[dict[Any, set[int]] | None] = ContextVar("waiting", default=None)


def is_rehearsal():
    """Tell whether what is written now is only looked at, and taken back before anybody else."""
    return _is_rehearsal.get()


@contextmanager
def rehearsal():
    """Let rows be written, pages be made of them, and then be as they were.

    Nothing that is derived from the catalogue hears of it.
    """
    mark = _is_rehearsal.set(True)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        _is_rehearsal.reset(mark)


@contextmanager
def told_together():
    """Tell once of all that is saved within, after the last of it: for imports of many rows.

    Only for transactions that nothing reads in between what is derived from the catalogue.
    """
    waiting: dict[Any, set[int]] = defaultdict(set)
    mark = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(mark)
    for model, numbers in waiting.items():
        for some in batched(sorted(numbers), AT_ONCE):
            rows_changed.send(sender=model, rows=model._base_manager.filter(pk__in=some))


def waits(model, numbers):
    """Tell whether rows are told of later, together with others; they are, if so."""
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting[model].update(number for number in numbers if number is not None)
    return True


def row_of(instance, using):
    """Return a thing's row as a queryset: of one that is not saved yet, none."""
    return type(instance)._base_manager.using(using).filter(pk=instance.pk)


def listen(model, purpose, *, before_save, after_save, before_delete, around_many):
    """Let functions hear of every way in which Django writes the rows of a model."""
    receivers = {
        pre_save: before_save,
        post_save: after_save,
        pre_delete: before_delete,
        rows_changing: around_many,
        rows_changed: around_many,
    }
    for signal, receiver in receivers.items():
        signal.connect(receiver, sender=model, dispatch_uid=f"{purpose}-{model._meta.label_lower}")


class TellingQuerySet(models.QuerySet):
    """A queryset that tells before and after it writes."""

    def update(self, **values):
        # The rows are named by number: after the update, the filter may no longer find them.
        numbers = list(self.order_by().values_list("pk", flat=True))
        with transaction.atomic(using=self._writable()):
            # Others may have come to fit the filter meanwhile: they are left alone.
            return sum(self._update_some(some, values) for some in batched(numbers, AT_ONCE))

    def bulk_create(
        self, objs, batch_size=None, ignore_conflicts=False, update_conflicts=False, *args, **kwargs
    ):
        meets_others = ignore_conflicts or update_conflicts
        with transaction.atomic(using=self._writable()):
            # Nothing tells which rows are in the way of these, and what becomes of them.
            self._tell(rows_changing, None if meets_others else [])
            created = super().bulk_create(
                objs, batch_size, ignore_conflicts, update_conflicts, *args, **kwargs
            )
            self._tell(rows_changed, None if meets_others else [row.pk for row in created])
        return created

    def _update_some(self, numbers, values):
        self._tell(rows_changing, numbers)
        count = super(TellingQuerySet, self.filter(pk__in=numbers)).update(**values)
        self._tell(rows_changed, numbers)
        return count

    def _writable(self):
        # As Django's own writing methods choose it; the stubs know neither attribute.
        return self._db or router.db_for_write(self.model, **self._hints)  # type: ignore[attr-defined]

    def _tell(self, signal, numbers):
        """Tell of the rows with these numbers; of all of them if there is no telling which."""
        if numbers is not None and waits(self.model, numbers):
            return
        rows = self.model._base_manager.using(self._writable())
        rows = rows.all() if numbers is None else rows.filter(pk__in=numbers)
        signal.send(sender=self.model, rows=rows)
