"""Edits of an entry, a person, a tag and a page, in each of the ways that Django writes."""

import json
import sys
from collections.abc import Callable
from itertools import count, cycle
from time import monotonic, sleep
from typing import Any, NamedTuple

from django.db.models import Count, Model, Q
from django.urls import reverse

from people.languages import in_language
from people.models import Person
from projects.models import Credit, Project
from showcase.models import Page

from .freshness import Commit, marked

# So many entries are on one page of a list.
CARDS = 24


class Subject(NamedTuple):
    """A text of a row, and the addresses that show it."""

    name: str
    row: Model
    field: str
    addresses: list[str]


def write(seconds: float, pause: float) -> None:
    """Write for so long; every text is there before anything is said."""
    end = monotonic() + seconds
    edited, numbers = subjects(), count(1)
    begun = [edit(subject, next(numbers), save) for subject in edited]
    tell([(address, subject.name) for subject in edited for address in subject.addresses])
    for commit in begun:
        tell(commit)
    # As there is one way fewer than subjects, each is written in every way.
    for subject, way in zip(cycle(edited), cycle((save, update, bulk_update))):
        if monotonic() + pause > end:
            break
        sleep(pause)
        tell(edit(subject, next(numbers), way))


def edit(subject: Subject, number: int, way: Callable[[Model, str], object]) -> Commit:
    setattr(subject.row, subject.field, marked(subject.name, number))
    way(subject.row, subject.field)
    return Commit(subject.name, number, monotonic())


def save(row: Any, field: str) -> None:
    row.save()


def update(row: Any, field: str) -> None:
    type(row).objects.filter(pk=row.pk).update(**{field: getattr(row, field)})


def bulk_update(row: Any, field: str) -> None:
    type(row).objects.bulk_update([row], [field])


def tell(something: Any) -> None:
    sys.stdout.write(f"{json.dumps(something)}\n")
    sys.stdout.flush()


def subjects() -> list[Subject]:
    """Return what is edited: an entry, one of its people, one of its tags, and a page."""
    person, entry = somebody()
    tag = entry.tags.first()
    page, _ = Page.objects.get_or_create(slug="soak", defaults={"title": "Soak", "body": "Text"})
    lists = [
        reverse(f"projects:{name}") + f"?person={person.slug}"
        for name in ("project_list", "project_feed")
    ]
    return [
        Subject("tagline", entry, "tagline", [*pages(entry), *pages(person), *lists]),
        Subject("headline", person, "headline", pages(person)),
        Subject("description", tag, "description", pages(tag)),
        Subject("text", page, "body", pages(page)),
    ]


def somebody() -> tuple[Person, Project]:
    """Return a person whose list has one page, and an entry on it."""
    public = Project.objects.published()
    people = Person.objects.listed().filter(
        pk__in=Credit.objects.filter(project__in=public.filter(tags__isnull=False)).values("person")
    )
    made = Count("credits__project", distinct=True, filter=Q(credits__project__isnull=False))
    person = people.annotate(made=made).filter(made__lte=CARDS).order_by("pk")[0]
    entry = public.filter(tags__isnull=False, credits__person=person).order_by("pk")[0]
    return person, entry


def pages(row: Any) -> list[str]:
    """Return the page of a row in each language."""
    address = row.get_absolute_url()
    return [address, in_language(address, "de")]
