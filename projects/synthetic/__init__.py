"""A realistic catalogue of any size, made up from a seed, to measure the site with.

Nothing here looks at the database, the clock or the network.
"""

from collections.abc import Iterator
from random import Random

from django.db.models import Model

from people.models import Person

from ..models import (
    Collection,
    Contribution,
    Kind,
    Language,
    Product,
    Project,
    Tag,
    Upstream,
)
from .entries import Entries
from .prose import Prose
from .surroundings import Surroundings

__all__ = ["NUMBERED", "PROJECTS_MAX", "SyntheticCatalogue"]

# The models whose rows are numbered by the catalogue itself, from 1, so that rows can point to
# each other before they are saved.
NUMBERED: list[type[Model]] = [
    Person,
    Kind,
    Language,
    Tag,
    Product,
    Upstream,
    Collection,
    Project,
    Contribution,
]
# There are made-up names for somewhat more.
PROJECTS_MAX = 2_000_000


class SyntheticCatalogue:
    """Rows that are not saved yet, the same for the same size and seed; keys are their numbers."""

    def __init__(self, projects: int, seed: int = 0):
        random = Random(seed)  # noqa: S311 (nothing secret is made of it)
        prose = Prose(random, seed)
        self._projects = projects
        self._surroundings = Surroundings(projects, seed, random, prose)
        self._entries = Entries(self._surroundings, seed, random, prose)

    def surroundings(self) -> Iterator[Model]:
        """Yield what entries share, each row after those that it points to."""
        return self._surroundings.rows()

    def entries(self) -> Iterator[list[Model]]:
        """Yield the rows of one entry after another; take them after the surroundings."""
        for number in range(1, self._projects + 1):
            yield list(self._entries.rows(number))
