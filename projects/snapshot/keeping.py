"""Has the present snapshot of this process, and keeps it up with the catalogue."""

import logging
from dataclasses import replace
from threading import Lock

from django.db import InternalError, OperationalError
from django.utils import timezone

from .. import generation, public_state
from ..databases import on_primary
from ..search import index
from . import reading
from .cards import KeptCards
from .state import Snapshot

logger = logging.getLogger(__name__)

# Seconds that a visitor waits for another one's reading.
PATIENCE = 2


class Keeper:
    """The snapshot of a process, shared by its threads."""

    def __init__(self):
        self.snapshot = Snapshot()
        self.lock = Lock()

    def present(self) -> Snapshot:
        """Return the snapshot of the catalogue as it is at this moment.

        Costs one query as long as nothing was written. Who comes first after a write reads what
        has changed, and brings the search up to it too.
        """
        if self.snapshot.is_ahead_of(timezone.now()):
            self.snapshot = Snapshot()
        known = self.snapshot
        if known.generation != generation.current():
            # What is shown with the new snapshot must not be older, as a replica's rows may be.
            on_primary()
            known = self.renewed()
        snapshot = known.at(timezone.now())
        if snapshot is not known and self.snapshot is known:
            self.snapshot = snapshot
        return snapshot

    def renewed(self) -> Snapshot:
        if generation.begun():
            # What only this transaction sees is not for others, and waiting for them could be for
            # each other.
            self.refresh()
            return reading.everything(generation.current())
        # Whoever has the lock may be waiting for a long write: make do with what is here.
        if not self.lock.acquire(timeout=PATIENCE):
            if self.snapshot.generation != generation.NEVER:
                public_state.is_made_of_older()
                # The cards at least can be read as they are by now.
                return replace(self.snapshot, cards=KeptCards())
            self.lock.acquire()
        try:
            # Asked again: whoever had the lock before may have read it already.
            state = generation.current()
            if self.snapshot.generation == state:
                return self.snapshot
            is_fresh = self.refresh()
            snapshot = self.read(state)
            # What was read of stale documents is not kept: whoever comes next tries again.
            if is_fresh:
                self.snapshot = snapshot
            else:
                public_state.is_made_of_older()
            return snapshot
        finally:
            self.lock.release()

    def refresh(self) -> bool:
        """Bring the search up to date; tell whether it is."""
        try:
            index.refresh_if_stale()
        except (OperationalError, InternalError) as error:
            # Somebody is writing for longer than the database waits, and will refresh it then; or
            # nothing can be stored at the moment, which is no reason to show nothing.
            logger.warning("The search could not be brought up to date: %s", error)
            return False
        return True

    def read(self, state: generation.State) -> Snapshot:
        old = self.snapshot
        if old.generation != generation.NEVER and generation.can_follow(old.generation):
            return reading.since(old, state)
        return reading.everything(state)


present = Keeper().present
