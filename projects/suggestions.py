"""What somebody may be looking for who has begun to type: names first, then what tells of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from pyroaring import BitMap

from .search.corrections import attempts
from .search.excerpts import Marker
from .search.matching import EVERYWHERE, HEAD, NAME, documents
from .search.query import SearchQuery, parse
from .search.things import KINDS, Kind, Thing, public
from .snapshot import Snapshot, present

SHOWN = 8
LETTERS_MIN = 2
# What begins more names than this is not told apart by looking at more of them.
DOCUMENTS_MAX, OTHERS_MAX = 10_000, 100
# Where to look, and how many projects found before are enough to look no further.
LEVELS = {NAME: SHOWN, HEAD: SHOWN, EVERYWHERE: 1}
LEVELS_OF_CORRECTION = {HEAD: 1}
# Each attempt asks the database, and each word of a long text goes through all that are known.
ATTEMPTS_MAX = 2
CORRECTED_WORDS_MAX = 2


class Suggestion(NamedTuple):
    """A thing that may be meant; the words that were typed are marked in its texts."""

    slug: str
    url: str
    name: str
    hint: str


class Group(NamedTuple):
    """Suggestions of one kind."""

    kind: str
    label: str
    suggestions: list[Suggestion]


class Suggestions(NamedTuple):
    """Groups of suggestions, and the nearest words if they fit these rather than what was typed."""

    groups: list[Group]
    near: str = ""

    @property
    def number(self) -> int:
        return sum(len(group.suggestions) for group in self.groups)


class Fit(NamedTuple):
    """The search documents that fit a text: of projects, the best first, and of other things."""

    text: str
    query: SearchQuery
    projects: list[int]
    others: list[int]


def suggestions(text: str) -> Suggestions:
    """Return what fits a text that may be unfinished; if nothing does, what the nearest words find.

    Asks the database at most sixteen times, however much there is.
    """
    if not begun(text).terms:
        return Suggestions([])
    snapshot = present()
    fits = [fitting(text, LEVELS, snapshot)]
    if not fits[0].projects:
        fits += islice(corrected(text, snapshot), 1)
    things = public([key for fit in fits for key in (*fit.projects, *fit.others)], snapshot)
    for fit in fits:
        if groups := list(grouped(fit, things)):
            return Suggestions(groups, near=fit.text if fit.text != text else "")
    return Suggestions([])


def begun(text: str) -> SearchQuery:
    """Return what a text asks for, without a last word of which there is too little yet."""
    query = parse(text)
    if 0 < len(query.prefix) < LETTERS_MIN:
        return replace(query, terms=query.terms[:-1], joined="")
    return query


def fitting(text: str, levels: Mapping[int, int], snapshot: Snapshot) -> Fit:
    """Return what fits a text, in the first of the levels that have enough of it."""
    query = begun(text)
    projects: dict[int, int] = {}
    others: list[int] = []
    for level, enough in levels.items():
        if len(projects) >= enough:
            break
        keys = documents(query, level, DOCUMENTS_MAX)
        found = {snapshot.documents[key]: key for key in keys if key in snapshot.documents}
        new = (BitMap(found) & snapshot.public) - BitMap(projects)
        best = nearest_first(new, text, snapshot)
        projects |= {project: found[project] for project in best}
        others = others or [key for key in keys if key in snapshot.others][:OTHERS_MAX]
    return Fit(text, query, list(projects.values())[:SHOWN], others)


def corrected(text: str, snapshot: Snapshot) -> Iterator[Fit]:
    """Yield what the nearest words find, as long as it is public: no word of a draft is told."""
    if len(parse(text).terms) > CORRECTED_WORDS_MAX:
        return
    tried = islice(attempts(text, snapshot), 2 * ATTEMPTS_MAX)
    for attempt in islice((attempt for attempt in tried if attempt != text), ATTEMPTS_MAX):
        if (fit := fitting(attempt, LEVELS_OF_CORRECTION, snapshot)).projects:
            yield fit


def nearest_first(projects: BitMap, text: str, snapshot: Snapshot) -> list[int]:
    """Return a few projects in the order of the list, those first whose name begins so."""
    named, beginning = snapshot.called(text)
    nearest: list[int] = []
    for part in (projects & named, projects & beginning, projects - named - beginning):
        nearest += snapshot.first(SHOWN - len(nearest), part, "")
    return nearest


def distance(name: str, text: str) -> int:
    """Tell how far a name is from a text: 0 if it is the text, 1 if it begins with it."""
    name, text = name.casefold(), text.casefold()
    return 2 - name.startswith(text) - (name == text)


def grouped(fit: Fit, things: Mapping[int, Thing]) -> Iterator[Group]:
    """Yield the groups of what fits: half for projects, half for the rest, unless some is left."""
    projects = [things[key] for key in fit.projects if key in things]
    others = sorted(
        (things[key] for key in fit.others if key in things),
        key=lambda row: (distance(row[1].name, fit.text), len(row[1].name), row[1].name),
    )
    projects = projects[: max(SHOWN - len(others), SHOWN // 2)]
    marker = Marker(fit.query)
    chosen = projects + others[: SHOWN - len(projects)]
    for name, kind in KINDS.items():
        if rows := [thing for its_name, thing in chosen if its_name == name]:
            yield Group(name, str(kind.label), [suggestion(thing, kind, marker) for thing in rows])


def suggestion(thing: Any, kind: Kind, marker: Marker) -> Suggestion:
    hint = getattr(thing, kind.hint) if kind.hint else ""
    return Suggestion(
        thing.slug, thing.get_absolute_url(), marker.marked(thing.name), marker.marked(hint)
    )
