"""Finds what is to be fixed, in a fixed number of queries, however many rows there are."""

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.formats import date_format

from people.models import Person
from projects.models import Link, Product, Project, Source, Tag, Upstream
from projects.quality import A_YEAR_AGO, CRITERIA, scored
from projects.querysets import published

from ..governance.suspects import suspects
from ..models import LinkCheck, MissedSearch
from .fixes import Fix, Thing, Visibility

type Things = Mapping[int, Thing]

STATUS_POINTS = 4
NO_SUCCESSOR_POINTS = 6
HIDDEN_SUCCESSOR_POINTS = 8
DOUBTFUL_POINTS = 5
OUTDATED_POINTS = 3
ALIKE_POINTS = 5
BROKEN_POINTS = 8
# What is looked for more often counts no more than the most important statement.
SEARCH_POINTS_MAX = max(criterion.points for criterion in CRITERIA)
SEARCHES_MIN = 2

# What is over stays so; of the others one wants to know whether it is still true.
PASSING = ("active", "released", "dormant", "proposed")
DOUBTFUL = (Source.Confidence.UNVERIFIED, Source.Confidence.DISPUTED)


# What there is, and how visible it is


def entries(projects: QuerySet) -> Iterator[Thing]:
    is_public = ExpressionWrapper(published(), BooleanField())
    found = projects.exclude(state=Project.State.WITHDRAWN).annotate(is_public=is_public)
    for pk, name, is_public, is_featured in found.values_list(
        "pk", "name", "is_public", "is_featured"
    ):
        shown = Visibility.HIGHLIGHTED if is_featured else Visibility.PUBLIC
        yield Thing(Project, pk, name, shown if is_public else Visibility.HIDDEN)


def people(rows: QuerySet) -> Iterator[Thing]:
    for pk, name, is_listed in rows.values_list("pk", "name", "is_listed"):
        yield Thing(Person, pk, name, Visibility.PUBLIC if is_listed else Visibility.HIDDEN)


def tags(rows: QuerySet) -> Iterator[Thing]:
    used = set(Tag.objects.used().values_list("pk", flat=True))
    for pk, name in rows.values_list("pk", "name"):
        yield Thing(Tag, pk, name, Visibility.PUBLIC if pk in used else Visibility.HIDDEN)


def always_public(model: type[Any], rows: QuerySet) -> Iterator[Thing]:
    for pk, name in rows.values_list("pk", "name"):
        yield Thing(model, pk, name, Visibility.PUBLIC)


def often_missed(rows: QuerySet) -> Iterator[Thing]:
    found = rows.filter(count__gte=SEARCHES_MIN)
    for pk, words in found.values_list("pk", "words"):
        yield Thing(MissedSearch, pk, words, Visibility.PUBLIC)


# What is to be fixed


def missing(projects: QuerySet, things: Things) -> Iterator[Fix]:
    """What an entry lacks of a complete one."""
    names = (criterion.annotation for criterion in CRITERIA)
    for pk, *met in scored(projects).values_list("pk", *names):
        if pk in things:
            for criterion, is_met in zip(CRITERIA, met, strict=True):
                if not is_met:
                    yield Fix(things[pk], criterion.points, criterion.to_do, criterion.anchor)


def old_statuses(projects: QuerySet, things: Things) -> Iterator[Fix]:
    old = projects.filter(status__in=PASSING, status_as_of__lt=A_YEAR_AGO)
    for pk, day in old.values_list("pk", "status_as_of"):
        if pk in things:
            to_do = f"Look whether its status of {written(day)} is still true."
            yield Fix(things[pk], STATUS_POINTS, to_do, "id_status_as_of")


def dangling_successors(projects: QuerySet, things: Things) -> Iterator[Fix]:
    ended = projects.filter(status=Project.Status.DISCONTINUED, successor__isnull=True)
    for pk in ended.values_list("pk", flat=True):
        if pk in things:
            to_do = "Name what to use instead of what is discontinued."
            yield Fix(things[pk], NO_SUCCESSOR_POINTS, to_do, "id_successor")
    hidden = projects.filter(successor__isnull=False).exclude(published("successor__"))
    for pk in hidden.values_list("pk", flat=True):
        if pk in things:
            to_do = "Name a successor that visitors can see, or publish the one that is named."
            yield Fix(things[pk], HIDDEN_SUCCESSOR_POINTS, to_do, "id_successor")


def shaky_sources(rows: QuerySet, things: Things) -> Iterator[Fix]:
    """Statements that nobody has verified, or not for a year."""
    key = rows.model._meta.model_name
    sources = Source.objects.filter(
        Q(confidence__in=DOUBTFUL) | Q(as_of__lt=A_YEAR_AGO), **{f"{key}__in": rows}
    )
    for pk, supports, confidence, day in sources.values_list(
        key, "supports", "confidence", "as_of"
    ):
        if pk not in things:
            continue
        if confidence in DOUBTFUL:
            to_do, points = f"Verify “{supports}”, which is {confidence}.", DOUBTFUL_POINTS
        else:
            to_do = f"Look whether “{supports}” is still so as on {written(day)}."
            points = OUTDATED_POINTS
        yield Fix(things[pk], points, to_do, "sources-group")


def likenesses(rows: QuerySet, things: Things) -> Iterator[Fix]:
    """Two things that look like one; told of the one that came later."""
    for pair in suspects(rows.model):
        earlier, later = sorted((pair.first.number, pair.second.number))
        if earlier in things and later in things:
            visibility = max(things[earlier].visibility, things[later].visibility)
            thing = things[later]._replace(visibility=visibility)
            to_do = f"Look whether it is the same as {things[earlier].name}."
            yield Fix(thing, ALIKE_POINTS, to_do, "id_name")


def broken_links(rows: QuerySet, things: Things) -> Iterator[Fix]:
    key = rows.model._meta.model_name
    broken = LinkCheck.objects.broken().values("url")
    links = Link.objects.filter(url__in=broken, **{f"{key}__in": rows})
    for pk, label in links.values_list(key, "label"):
        if pk in things:
            yield Fix(things[pk], BROKEN_POINTS, f"Mend the link “{label}”.", "links-group")


def missed_searches(rows: QuerySet, things: Things) -> Iterator[Fix]:
    for pk, count in rows.values_list("pk", "count"):
        if pk in things:
            to_do = f"Say what was meant: visitors looked for it {count} times and found nothing."
            yield Fix(things[pk], min(count, SEARCH_POINTS_MAX), to_do, "id_project")


# Many statements are of one day.
@lru_cache(maxsize=10_000)
def written(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


type Finder = Callable[[QuerySet, Things], Iterator[Fix]]

FINDERS: dict[type[Any], tuple[Callable[[QuerySet], Iterator[Thing]], list[Finder]]] = {
    Project: (
        entries,
        [
            missing,
            old_statuses,
            dangling_successors,
            shaky_sources,
            likenesses,
            broken_links,
        ],
    ),
    Product: (partial(always_public, Product), [shaky_sources, broken_links]),
    Upstream: (partial(always_public, Upstream), [shaky_sources, broken_links]),
    Person: (people, [likenesses]),
    Tag: (tags, [likenesses]),
    MissedSearch: (often_missed, [missed_searches]),
}


def fixes(visible: Mapping[type[Any], QuerySet] | None = None) -> list[Fix]:
    """Return what is to be fixed about the given rows, or about all; what matters most first."""
    if visible is None:
        visible = {model: model._default_manager.all() for model in FINDERS}
    return sorted(found(visible), key=lambda fix: fix.rank)


def most_urgent(visible: Mapping[type[Any], QuerySet], number: int) -> list[Fix]:
    """Return the first few of all fixes."""
    return heapq.nsmallest(number, found(visible), key=lambda fix: fix.rank)


def found(visible: Mapping[type[Any], QuerySet]) -> Iterator[Fix]:
    for model, rows in visible.items():
        see, finders = FINDERS[model]
        things = {thing.pk: thing for thing in see(rows)}
        for find in finders:
            yield from find(rows, things)
