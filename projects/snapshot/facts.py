"""What projects are sorted by, in columns: a tuple for each takes four times as much memory."""

from array import array
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

from pyroaring import BitMap

from ..packed import Texts, are_many


class Facts(NamedTuple):
    """What a project is sorted by. Moments are in seconds of Unix time, days are numbered."""

    name: str
    slug: str
    is_featured: bool
    updated_at: float
    published_at: float
    # 0 without a release.
    last_released_on: int


class Columns:
    """The facts of projects, in the order of their keys. Immutable."""

    def __init__(self, rows: Mapping[int, Facts]):
        self.projects = BitMap(rows)
        ordered = [rows[project] for project in self.projects]
        self.names = Texts(row.name for row in ordered)
        self.slugs = Texts(row.slug for row in ordered)
        self.featured = bytes(row.is_featured for row in ordered)
        self.updated = array("d", (row.updated_at for row in ordered))
        self.published = array("d", (row.published_at for row in ordered))
        self.released = array("I", (row.last_released_on for row in ordered))

    def place(self, project: int) -> int:
        return self.projects.rank(project) - 1

    def __getitem__(self, project: int) -> Facts:
        place = self.place(project)
        return Facts(
            self.names[place],
            self.slugs[place],
            bool(self.featured[place]),
            self.updated[place],
            self.published[place],
            self.released[place],
        )


class AllFacts(Mapping[int, Facts]):
    """The facts of all projects that are published or are to be. Immutable.

    Newer ones share the columns, and have those beside them that were written since.
    """

    def __init__(self, columns: Columns, projects: BitMap, written: dict[int, Facts]):
        self.columns, self.projects, self.written = columns, projects, written

    @classmethod
    def of(cls, rows: Mapping[int, Facts]) -> Self:
        columns = Columns(rows)
        return cls(columns, columns.projects, {})

    def renewed(self, gone: BitMap, read: Mapping[int, Facts]) -> Self:
        """Return the facts without those of some projects, and with those that were read."""
        written = {project: row for project, row in self.written.items() if project not in gone}
        projects = (self.projects - gone) | BitMap(read)
        newer = type(self)(self.columns, projects, {**written, **read})
        return self.of(dict(newer)) if are_many(len(newer.written), len(projects)) else newer

    def __getitem__(self, project: int) -> Facts:
        if project not in self.projects:
            raise KeyError(project)
        return self.written.get(project) or self.columns[project]

    def __iter__(self) -> Iterator[int]:
        return iter(self.projects)

    def __len__(self) -> int:
        return len(self.projects)

    def slug(self, project: int) -> str:
        """Return the slug of a project; cheaper than all of its facts."""
        if written := self.written.get(project):
            return written.slug
        return self.columns.slugs[self.columns.place(project)]

    def name(self, project: int) -> str:
        """Return the name of a project as it is sorted; cheaper than all of its facts."""
        if written := self.written.get(project):
            return written.name
        return self.columns.names[self.columns.place(project)]
