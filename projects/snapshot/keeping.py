"""Has the present snapshot of this process, and keeps it up with the catalogue."""

from threading import Lock

from django.utils import timezone

from .. import generation
from ..search import index
from . import reading
from .state import Snapshot


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
        known = self.snapshot
        if known.generation != generation.current():
            known = self.renewed()
        snapshot = known.at(timezone.now())
        if snapshot is not known and self.snapshot is known:
            self.snapshot = snapshot
        return snapshot

    def renewed(self) -> Snapshot:
        with self.lock:
            # Asked again: whoever had the lock before may have read it already.
            state = generation.current()
            if self.snapshot.generation != state:
                index.refresh_if_stale()
                self.snapshot = self.read(state)
            return self.snapshot

    def read(self, state: generation.State) -> Snapshot:
        old = self.snapshot
        if old.generation != generation.NEVER and generation.can_follow(old.generation):
            return reading.since(old, state)
        return reading.everything(state)


present = Keeper().present
