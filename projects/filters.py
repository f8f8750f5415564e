"""What a visitor may ask of the list of projects, and its way back into an address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import starmap
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .facets import FACETS
from .search.fields import value_of
from .search.query import WORDS_MAX, take_fields

SORTS = {
    "": _("highlights first"),
    "name": _("name"),
    "newest": _("newest entry"),
    "released": _("last release"),
}
TEXT_MAX_LENGTH = 200
# More than any link on the site makes; what lies beyond is ignored, and said so.
VALUES_MAX = 30
VALUE_MAX_LENGTH = 120
# So many parameters are kept as they are written: a page has hundreds of links with them.
WRITTEN = 4_096
# The order of facets in an address.
PLACES = {name: place for place, name in enumerate(FACETS)}

type Chosen = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProjectFilters:
    """A text, chosen and excluded facet values as (facet, value) pairs, and an order.

    Built by `from_query`, which never fails: what it cannot use it leaves out and tells in
    `ignored`, one sentence each. Values are kept in a canonical order, so that equal lists have
    equal addresses.
    """

    q: str = ""
    included: Chosen = ()
    excluded: Chosen = ()
    sort: str = ""
    ignored: tuple[str, ...] = field(default=(), compare=False)
    # Parameters that choose nothing, but that every link on the page keeps.
    carried: Chosen = field(default=(), compare=False)

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, list[str]]) -> Self:
        """Read the parameters of the address table; `-name` excludes, unknown names are none."""
        values = query if isinstance(query, QueryDict) else MultiValueDict(query)
        ignored = [
            sentence
            for parameter, sentence in (
                ("q", gettext("Of several searches only the last was used.")),
                ("sort", gettext("Of several orders only the last was used.")),
            )
            if len(set(values.getlist(parameter))) > 1
        ]
        text, fields = take_fields(_text(values.get("q", ""), ignored))
        typed = [
            (f"{'-' * is_excluded}{name}", value_of(name, v)) for name, v, is_excluded in fields
        ]
        values = values.copy()
        for name, value in typed:
            values.appendlist(name, value)
        return cls(
            q=text,
            included=_chosen(values, "", ignored),
            excluded=_chosen(values, "-", ignored),
            sort=_sort(values.get("sort", ""), ignored),
            ignored=tuple(dict.fromkeys(ignored)),
        )

    def __bool__(self) -> bool:
        return bool(self.q or self.included or self.excluded)

    @property
    def is_deep(self) -> bool:
        """Whether more than a single value is asked for; there is no end to such lists."""
        return bool(self.q or self.excluded or self.sort or len(self.included) > 1)

    def values(self, name: str, *, excluded: bool = False) -> list[str]:
        """Return the values chosen, or excluded, of one facet."""
        chosen = self.excluded if excluded else self.included
        return [value for facet, value in chosen if facet == name]

    def adding(self, name: str, value: str) -> Self:
        """Return the filters with one more value chosen, and no longer excluded."""
        included = _canonical({*self.included, (name, value)})
        excluded = tuple(pair for pair in self.excluded if pair != (name, value))
        return replace(self, included=included, excluded=excluded)

    def adder(self, name: str) -> Callable[[str], str]:
        """Return what tells, of a value of a facet, the query string with that one added.

        A page has a hundred such links, which differ in nothing else.
        """
        place, chosen = PLACES[name], self.values(name)
        before = [pair for pair in self.included if PLACES[pair[0]] < place]
        after = [pair for pair in self.included if PLACES[pair[0]] > place]
        start = _joined([("q", self.q), *before] if self.q else before)
        # All that `parameters` has after what is included.
        end = _joined([*after, *replace(self, q="", included=()).parameters(), *self.carried])

        def adding(value: str) -> str:
            if (name, value) in self.excluded:
                return self.adding(name, value).query_string()
            added = _joined([(name, each) for each in sorted({*chosen, value})])
            return f"?{'&'.join(filter(None, (start, added, end)))}"

        return adding

    def excluding(self, name: str, value: str) -> Self:
        """Return the filters with one more value left out, and no longer chosen."""
        excluded = _canonical({*self.excluded, (name, value)})
        included = tuple(pair for pair in self.included if pair != (name, value))
        return replace(self, included=included, excluded=excluded)

    def removing(self, name: str, value: str) -> Self:
        """Return the filters without one value, chosen or excluded."""
        pair = (name, value)
        return replace(
            self,
            included=tuple(other for other in self.included if other != pair),
            excluded=tuple(other for other in self.excluded if other != pair),
        )

    def without(self, name: str) -> Self:
        """Return the filters with nothing chosen in one facet; what is excluded stays."""
        return replace(self, included=tuple(pair for pair in self.included if pair[0] != name))

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the canonical address, in order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += self.included
        pairs += [(f"-{name}", value) for name, value in self.excluded]
        return [*pairs, ("sort", self.sort)] if self.sort else pairs

    def query_string(self) -> str:
        """Return "?…" for these filters and what they carry, or an empty text."""
        parameters = [*self.parameters(), *self.carried]
        return f"?{_joined(parameters)}" if parameters else ""

    def canonical_query_string(self) -> str:
        """Return "?…" for these filters alone, the same for all that ask the same."""
        return replace(self, carried=()).query_string()


def _text(raw: str, ignored: list[str]) -> str:
    # Tabs and other white space part words; they must be blanks before the unprintable goes.
    words = _printable(" ".join(raw.split())).split()
    text = " ".join(words[:WORDS_MAX])
    if raw.strip() and not text:
        ignored.append(gettext("Nothing in your words could be read."))
    if len(words) > WORDS_MAX or len(text) > TEXT_MAX_LENGTH:
        sentence = gettext(
            "Only the first %(words)s words, up to %(length)s characters, were used."
        )
        ignored.append(sentence % {"words": WORDS_MAX, "length": TEXT_MAX_LENGTH})
    return text[:TEXT_MAX_LENGTH].strip()


def _sort(raw: str, ignored: list[str]) -> str:
    if raw in SORTS:
        return raw
    sentence = gettext("There is no order called “%(order)s”.")
    ignored.append(sentence % {"order": _printable(raw)[:40]})
    return ""


def _chosen(query: MultiValueDict[str, str], sign: str, ignored: list[str]) -> Chosen:
    pairs: set[tuple[str, str]] = set()
    for name in FACETS:
        for raw in query.getlist(f"{sign}{name}"):
            if not raw.strip():
                continue  # an empty field of a form
            pair = (name, _printable(raw).strip().lower())
            if 0 < len(pair[1]) <= VALUE_MAX_LENGTH and len(pairs | {pair}) <= VALUES_MAX:
                pairs.add(pair)
            else:
                sentence = gettext(
                    "A value of “%(facet)s” was left out: unreadable, too long, or one too many."
                )
                ignored.append(sentence % {"facet": name})
    return _canonical(pairs)


def _canonical(pairs: set[tuple[str, str]]) -> Chosen:
    return tuple(sorted(pairs, key=lambda pair: (PLACES[pair[0]], pair[1])))


def _joined(parameters: Iterable[tuple[str, str]]) -> str:
    return "&".join(starmap(_written, parameters))


@lru_cache(maxsize=WRITTEN)
def _written(name: str, value: str) -> str:
    return urlencode([(name, value)])


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
