"""What to say where nothing is found, and what to take away so that something is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from django.utils.translation import gettext, ngettext

from .facets import FACETS
from .filters import ProjectFilters
from .listing import Listing
from .narrowing import Chip, Narrowing

# In longer questions no single word is to blame.
WORDS_MAX = 5
RELATED_TAGS = 5

_WORD = re.compile(r'-?"[^"]*"?|\S+')


@dataclass(frozen=True)
class Way:
    """Another question, and how many entries it finds."""

    label: str
    url: str
    count: int


class WaysOut:
    """The ways out of a list in which there is nothing."""

    def __init__(self, narrowing: Narrowing):
        self.narrowing = narrowing
        self.listing = narrowing.listing
        self.filters = narrowing.filters

    @property
    def why(self) -> str:
        """Why nothing is found, in a sentence."""
        words, hits = self.filters.q, self.listing.hits
        if not hits or not self.listing.query:
            return gettext("No project fits all of this.")
        if number := len(hits.all):
            why = ngettext(
                "One project fits “%(words)s”, but not what else you chose.",
                "%(number)s projects fit “%(words)s”, but none of them what else you chose.",
                number,
            )
            return why % {"number": number, "words": words}
        if len(self._words) == 1:
            why = gettext("Nothing in any entry matches “%(words)s”.")
        else:
            why = gettext("No entry has all of the words “%(words)s”.")
        return why % {"words": words}

    @cached_property
    def ways(self) -> list[Way]:
        """What finds something by taking as little away as possible, most found first."""
        ways = [self._without(chip) for chip in self.narrowing.chips if chip.count]
        if not ways:
            ways += self._only_words()
        ways += (way for way in self._with_fewer_words() if way.count)
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def related_tags(self) -> list[Way]:
        """Pairs of a chosen tag and another one that do meet."""
        found: list[Way] = []
        for value in self.filters.values("tag"):
            alone = replace(self.filters, included=(("tag", value),), excluded=())
            label = self.listing.snapshot.label("tag", value)
            both = gettext("%(one)s and %(other)s")
            found += [
                self._way(
                    both % {"one": label, "other": option.label},
                    alone.adding("tag", option.value),
                )
                for option in self.narrowing.options(FACETS["tag"], alone)[: RELATED_TAGS + 1]
                if option.value != value
            ]
        return sorted(found, key=lambda way: -way.count)[:RELATED_TAGS]

    def _without(self, chip: Chip) -> Way:
        # Translators: These follow “Look”, as do those with “only”.
        again, without = gettext("%(value)s let in again"), gettext("without %(value)s")
        label = (again if chip.is_excluded else without) % {"value": chip.label}
        return Way(label, chip.url, chip.count)

    @property
    def _words(self) -> list[str]:
        return _WORD.findall(self.filters.q)

    def _with_fewer_words(self) -> Iterator[Way]:
        if self._has_choices and (chip := self.narrowing.words):
            yield self._without(chip)
        if 1 < len(self._words) <= WORDS_MAX:
            for rest in combinations(self._words, len(self._words) - 1):
                words = " ".join(rest)
                yield self._only(words, replace(self.filters, q=words))

    def _only_words(self) -> Iterator[Way]:
        """Yield the words alone, for where more than one choice is in the way."""
        if (hits := self.listing.hits) and hits.all:
            alone = replace(self.filters, included=(), excluded=())
            yield self._only(self.filters.q, alone)

    @property
    def _has_choices(self) -> bool:
        return bool(self.filters.included or self.filters.excluded)

    def _only(self, words: str, filters: ProjectFilters) -> Way:
        return self._way(gettext("only “%(words)s”") % {"words": words}, filters)

    def _way(self, label: str, filters: ProjectFilters) -> Way:
        count = len(Listing(filters, self.listing.snapshot))
        return Way(label, self.narrowing.address(filters), count)
