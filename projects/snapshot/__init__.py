"""Which published projects have which values, and in which order: kept in memory, never stale.

Counting and narrowing a list in the database costs more the longer the list is, and a page of the
catalogue asks for a hundred counts. Here the projects of each value are a compressed bitmap
(https://roaringbitmap.org), so that a count is the size of an intersection.

`state` is such a snapshot, `reading` makes it from the database or from an older one, `keeping`
has the present one of this process.
"""

from .keeping import present
from .state import Chosen, Snapshot

__all__ = ["Chosen", "Snapshot", "present"]
