"""What pages tell of the catalogue as a whole: how many projects have what, which come first.

Out of memory, for the database would go through every project to find it out.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404

from .cards import with_cards
from .known import published_in_bulk
from .models import Collection, CollectionItem, Project, Tag, Upstream
from .snapshot import Snapshot, present
from .snapshot.facts import Facts


class FactsInOrder(Sequence[Facts]):
    """The facts of projects, put together for the part that is asked for."""

    def __init__(self, keys: Sequence[int], facts: Mapping[int, Facts]):
        self.keys, self.facts = keys, facts

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part):
        found = self.keys[part]
        return [self.facts[key] for key in found] if isinstance(part, slice) else self.facts[found]


class Overview:
    """The published catalogue in one of its states."""

    def __init__(self, snapshot: Snapshot | None = None):
        self.snapshot = snapshot or present()

    @property
    def project_count(self) -> int:
        return len(self.snapshot.public)

    # Things that projects have

    def counted(self, facet: str, things: Iterable[Any]) -> list[Any]:
        """Return things, each with the number of projects that have it as `project_count`."""
        counts = self.snapshot.counts(facet, self.snapshot.public)
        things = list(things)
        for thing in things:
            thing.project_count = counts.get(thing.slug, 0)
        return things

    def used(self, facet: str, things: Iterable[Any]) -> list[Any]:
        """Return those of some things that projects have, each with their number."""
        return [thing for thing in self.counted(facet, things) if thing.project_count]

    def tags(self) -> list[Tag]:
        """Return the tags of projects, by name."""
        return self.used("tag", Tag.objects.only("name", "slug").order_by(Lower("name")))

    def tag_or_404(self, slug: str) -> Tag:
        tag = get_object_or_404(Tag, slug=slug)
        if not self.used("tag", [tag]):
            raise Http404("No published project has this tag.")
        return tag

    def foremost_tags(self, number: int, beside: Tag | None = None) -> list[Tag]:
        """Return the tags of most projects, or of most of those that have another tag."""
        among = self.snapshot.public
        if beside:
            among = among & self.snapshot.having("tag", beside.slug)
        counts = dict(self.snapshot.counts("tag", among))
        if beside:
            counts.pop(beside.slug, None)
        names = self.snapshot.labels["tag"]
        best = nsmallest(number, counts, key=lambda slug: (-counts[slug], str(names.get(slug))))
        tags = Tag.objects.only("name", "slug").in_bulk(best, field_name="slug")
        for slug, tag in tags.items():
            tag.project_count = counts[slug]
        return [tags[slug] for slug in best if slug in tags]

    def upstreams(self) -> list[Upstream]:
        """Return the upstreams that projects contributed to, by name."""
        upstreams = Upstream.objects.only("name", "slug", "tagline")
        return self.used("upstream", upstreams.order_by(Lower("name")))

    def give_first_projects(self, collections: Iterable[Collection], number: int) -> None:
        """Give collections so many of their projects, by name alone, and their number.

        To ask the database which of them are public is to have it join, and read, nearly all.
        """
        chosen: dict[int, list[tuple[int, str, int]]] = {thing.pk: [] for thing in collections}
        items = CollectionItem.objects.filter(collection__in=chosen).order_by()
        for collection, order, project in items.values_list("collection", "order", "project"):
            if project in self.snapshot.public:
                slug = self.snapshot.facts.slug(project)
                chosen[collection].append((order, slug, project))
        first = {key: [pk for *_, pk in nsmallest(number, rows)] for key, rows in chosen.items()}
        keys = list(chain(*first.values()))
        found = published_in_bulk(keys, "name", "slug")
        for thing in collections:
            thing.first_projects = [found[pk] for pk in first[thing.pk] if pk in found]
            thing.project_count = len(chosen[thing.pk])

    # Projects

    def highlights_and_newest(
        self, highlights: int, newest: int
    ) -> tuple[list[Project], list[Project]]:
        """Return so many projects that are highlighted and so many others, the newest."""
        snapshot = self.snapshot
        first = snapshot.first(highlights, snapshot.public, "")
        chosen = [pk for pk in first if snapshot.facts[pk].is_featured]
        latest = snapshot.first(newest + len(chosen), snapshot.public, "newest")
        others = [pk for pk in latest if pk not in chosen][:newest]
        found = published_in_bulk([*chosen, *others])
        with_cards(found.values())
        return (
            [found[pk] for pk in chosen if pk in found],
            [found[pk] for pk in others if pk in found],
        )

    def foremost_projects(self, number: int) -> list[Project]:
        """Return the projects that come first in lists, by name, and no more than tells of them."""
        keys = self.snapshot.first(number, self.snapshot.public, "")
        found = published_in_bulk(keys, "name", "slug", "tagline")
        return sorted(found.values(), key=attrgetter("name", "slug"))

    # Everything that has a page, with the moments of changes

    def all_projects(self) -> Sequence[Facts]:
        snapshot = self.snapshot
        if (keys := snapshot.remembered.get("by slug")) is None:
            keys = array("I", sorted(snapshot.public, key=snapshot.facts.slug))
            snapshot.remembered["by slug"] = keys
        return FactsInOrder(keys, snapshot.facts)

    def all_slugs(self) -> list[str]:
        """Return the slugs of all projects."""
        return [self.snapshot.facts.slug(pk) for pk in self.snapshot.public]

    def all_tags(self) -> list[Tag]:
        return self.used("tag", Tag.objects.only("slug", "updated_at").order_by("slug"))

    def all_upstreams(self) -> list[Upstream]:
        related = set(Upstream.objects.related().values_list("pk", flat=True))
        upstreams = Upstream.objects.only("slug", "updated_at").order_by("slug")
        counted = self.counted("upstream", upstreams)
        return [thing for thing in counted if thing.project_count or thing.pk in related]
