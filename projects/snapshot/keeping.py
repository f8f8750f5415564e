"""Has the present snapshot of this process, and keeps it up with the catalogue."""

from dataclasses import replace
from threading import Lock

from django.utils import timezone

from .. import generation, public_state
from ..databases import on_primary
from ..search import index
from . import reading
from .cards import KeptCards
from .state import Snapshot

# Seconds that a visitor waits for another one's reading.
PATIENCE = 2


class Keeper:
    """The snapshot of a process, shared by its threads."""

    def __init__(self):
        self.snapshot = Snapshot()
        # What is shown until the search is up to date.
        self.meanwhile = Snapshot()
        self.lock = Lock()

    def present(self) -> Snapshot:
        """Return the snapshot of the catalogue as it is at this moment.

        Costs one query as long as nothing was written. Who comes first after a write reads what
        has changed, and brings the search up to it too, unless somebody is writing.
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
            index.catch_up()
            return reading.everything(generation.current())
        # Whoever has the lock may be reading for long: make do with what is here.
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
            if index.catch_up():
                self.snapshot, self.meanwhile = self.read(state), Snapshot()
                return self.snapshot
            # The words of these documents are older: whoever comes next tries again.
            if self.meanwhile.generation != state:
                self.meanwhile = self.read(state)
            return self.meanwhile
        finally:
            self.lock.release()

    def read(self, state: generation.State) -> Snapshot:
        old = self.snapshot
        if old.generation != generation.NEVER and generation.can_follow(old.generation):
            return reading.since(old, state)
        return reading.everything(state)


present = Keeper().present
