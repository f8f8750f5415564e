"""Things of the catalogue that look alike, and the memory of those that were told apart."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from people.models import Alias, Person
from projects.models import Project, Tag

from .likeness import Kind, Named, pairs, why
from .models import Distinct

# By model, how its names are made.
KINDS: dict[type[Any], Kind] = {Tag: Kind.WORDS, Person: Kind.PERSON, Project: Kind.WORDS}


@dataclass(frozen=True)
class Suspect:
    """Two things that look alike, and that nobody has told apart yet."""

    model: type[Any]
    first: Named
    second: Named
    why: str

    @property
    def url(self) -> str:
        """Where to act: where both are merged, or else where they are told apart."""
        name = f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}"
        if self.model is Project:
            return reverse(f"{name}_suspects")
        both = [("of", self.first.number), ("of", self.second.number)]
        return f"{reverse(f'{name}_merge')}?{urlencode(both)}"


def suspects(model: type[Any]) -> list[Suspect]:
    """Return the pairs that look alike and were not told apart, by name; drafts are among them."""
    told_apart = _told_apart(model)
    found = [
        Suspect(model, one, other, reason)
        for one, other, reason in _pairs(tuple(_named(model)), KINDS[model])
        if _pair(one.slug, other.slug) not in told_apart
    ]
    return sorted(found, key=lambda pair: (pair.first.name.casefold(), pair.first.slug))


# Names change seldom, and what looks alike is asked for again after each decision.
@lru_cache(maxsize=len(KINDS))
def _pairs(things: tuple[Named, ...], kind: Kind) -> list[tuple[Named, Named, str]]:
    return list(pairs(things, kind))


def look_alikes(thing: Any) -> list[Suspect]:
    """Return the pairs of which a thing is the first."""
    model = type(thing)
    named = _named(model)
    own = next(one for one in named if one.number == thing.pk)
    told_apart = _told_apart(model)
    return [
        Suspect(model, own, other, reason)
        for other in named
        if other is not own
        and _pair(own.slug, other.slug) not in told_apart
        and (reason := why(own, other, KINDS[model]))
    ]


def tell_apart(model: type[Any], one: str, other: str, user: Any) -> Distinct:
    """Remember that two things, by slug, are not the same."""
    first, second = _pair(one, other)
    decision, _ = Distinct.objects.get_or_create(
        model=model._meta.label_lower, first=first, second=second, defaults={"decided_by": user}
    )
    return decision


def _told_apart(model):
    decisions = Distinct.objects.filter(model=model._meta.label_lower)
    return {_pair(*slugs) for slugs in decisions.values_list("first", "second")}


def _pair(one, other):
    return tuple(sorted((one, other)))


def _named(model: type[Any]) -> list[Named]:
    rows = model._default_manager.order_by("name", "slug")
    if model is Person:
        aliases = _aliases()
        people = rows.values_list("pk", "slug", "name")
        return [Named(number, slug, name, tuple(aliases[number])) for number, slug, name in people]
    things = rows.values_list("pk", "slug", "name", "aliases")
    return [
        Named(number, slug, name, tuple(lines.splitlines())) for number, slug, name, lines in things
    ]


def _aliases() -> dict[int, list[str]]:
    """Return the other names of people, by number."""
    found = defaultdict(list)
    for number, name in Alias.objects.order_by("pk").values_list("person", "name"):
        found[number].append(name)
    return found
