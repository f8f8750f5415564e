"""Which values each project has, the other way round than the postings.

Of a facet with thousands of values, those of a few projects are counted from here: to ask every
value for what it has in common with them takes ten times as long.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain
from typing import Self

from pyroaring import BitMap

# Where so many projects were written, the columns are made anew.
MANY = 500


class Columns:
    """The values of projects by their places, in the order of the keys of projects. Immutable."""

    def __init__(self, postings: Mapping[str, BitMap]):
        self.values = list(postings)
        self.projects = BitMap.union(*postings.values()) if postings else BitMap()
        numbers = Counter(chain.from_iterable(postings.values()))
        self.ends = array("I", accumulate((numbers[p] for p in self.projects), initial=0))
        self.places = array("I", bytes(array("I").itemsize * self.ends[-1]))
        following = self.ends[:]
        for place, having in enumerate(postings.values()):
            for project in having:
                rank = self.projects.rank(project) - 1
                self.places[following[rank]] = place
                following[rank] += 1

    def counts(self, among: BitMap) -> Counter[str]:
        ranks = (self.projects.rank(project) for project in among & self.projects)
        places = (self.places[self.ends[rank - 1] : self.ends[rank]] for rank in ranks)
        numbers = Counter(chain.from_iterable(places))
        return Counter({self.values[place]: number for place, number in numbers.items()})


class ValuesOfProjects:
    """The values of one facet. Immutable: newer ones share the columns.

    They are asked for public projects alone, and may know of others.
    """

    def __init__(self, columns: Columns, written: Mapping[int, frozenset[str]]):
        self.columns = columns
        # Of projects that were written since, those that are gone among them.
        self.written = written
        self.older = BitMap(written)

    @classmethod
    def of(cls, postings: Mapping[str, BitMap]) -> Self:
        return cls(Columns(postings), {})

    @property
    def is_worth_keeping(self) -> bool:
        """Whether most of it is in columns still."""
        return len(self.written) <= MANY

    def renewed(self, gone: BitMap, pairs: Iterable[tuple[int, str]]) -> Self:
        """Return the values where some projects have none any more, but those of the pairs."""
        written = dict(self.written) | dict.fromkeys(gone, frozenset[str]())
        for project, value in pairs:
            written[project] = written.get(project, frozenset()) | {value}
        return type(self)(self.columns, written)

    def counts(self, among: BitMap) -> Mapping[str, int]:
        """Return, of the values that some projects have, how many of them do."""
        found = self.columns.counts(among - self.older)
        found.update(chain.from_iterable(self.written[key] for key in among & self.older))
        return found
