"""The pages of entries, without what stands on every page: each rendered once for what is in it.

A write to another entry makes every page anew; what this one shows of itself is still the same.
"""

from collections.abc import Iterable
from typing import Any

from .kept import Parts, Place, key_of
from .page_rows import shown
from .similar import Similar

# Bytes: those of some 1,000 entries.
SIZE = 4_000_000

articles: Parts[bytes] = Parts(SIZE)


def article(project: Any, similar: Iterable[Similar]) -> Place:
    """Return where what a page shows of an entry is kept, by all that it is made of."""
    alike = [(shown(each.project), each.shared) for each in similar]
    return articles.place(key_of((project.made_of, alike)))
