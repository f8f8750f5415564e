"""The pages of entries, without what stands on every page: each rendered once for what is in it.

A write to another entry makes every page anew; what this one shows of itself is still the same.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from django.urls import get_script_prefix
from django.utils.translation import get_language

from .kept import Parts, Place
from .page_rows import shown
from .similar import Similar

# Bytes: those of some 1,000 entries.
SIZE = 4_000_000

articles: Parts[bytes] = Parts(SIZE)


def article(project: Any, similar: Iterable[Similar]) -> Place:
    """Return where what a page shows of an entry is kept, by all that it is made of."""
    alike = [(shown(each.project), each.reasons) for each in similar]
    made_of = repr((get_language(), get_script_prefix(), project.made_of, alike))
    return articles.place(blake2b(made_of.encode(), digest_size=16).digest())
