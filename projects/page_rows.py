"""The rows that hang on a project, a product or an upstream and that its page shows: in one query.

Each kind of row is a part of a union, its columns a JSON array, so that a dozen tables fit into one
answer. What the rows say of other entries is no more than a key: names come from
`published_in_bulk()`, so that nothing hidden can be told.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Model, Q, QuerySet, Value, Window
from django.db.models.functions import JSONArray, RowNumber

from people.models import Person

from .known import published_in_bulk
from .models import (
    Alternative,
    Contribution,
    ContributionStep,
    Credit,
    Kind,
    Language,
    Link,
    Milestone,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
    Tag,
    TaggedProject,
    Upstream,
)
from .models.relation import ORIGINS
from .prepared import Key, Prepared

# What JSON does not know and becomes again by its field.
NOT_IN_JSON = (models.DateField, models.BooleanField)


@dataclass(frozen=True)
class Columns:
    """The columns of a model that are read, and how a row is made of them."""

    model: type[Model]
    names: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> list[models.Field]:
        """The fields in the order in which Django wants their values; without names, all."""
        own = self.model._meta.concrete_fields
        return [column for column in own if not self.names or column.attname in self.names]

    @cached_property
    def attributes(self) -> list[str]:
        return [column.attname for column in self.fields]

    @cached_property
    def conversions(self) -> list[tuple[int, Callable[[Any], Any]]]:
        return [
            (place, column.to_python)
            for place, column in enumerate(self.fields)
            if isinstance(column, NOT_IN_JSON)
        ]

    def row(self, values: list[Any], like: Model) -> Model:
        """Return a row as if it had been fetched with another one."""
        for place, convert in self.conversions:
            values[place] = convert(values[place])
        state = vars(like)["_state"]
        return self.model.from_db(state.db, self.attributes, values, fetch_mode=state.fetch_mode)


@dataclass(frozen=True)
class Part:
    """One kind of row that hangs on a thing: its name there, and its way to the thing."""

    name: str
    model: type[Model]
    way: str
    # What else is read of the things that a row points to, by the name of its foreign key.
    joined: Mapping[str, Columns] = field(default_factory=dict)
    # How many rows are read, where others make them and there is no end to them, and of which.
    most: int | None = None
    among: Q = field(default_factory=Q)

    @cached_property
    def own(self) -> Columns:
        return Columns(self.model)

    def query(self, number: int, key: Key) -> QuerySet:
        """Return (number of the part, place in its order, columns)."""
        ordering: Any = self.model._meta.ordering
        place = Window(RowNumber(), order_by=ordering)
        joined = (
            f"{name}__{c}" for name, columns in self.joined.items() for c in columns.attributes
        )
        rows: QuerySet[Any, Any] = self.model._default_manager.filter(self.among, **{self.way: key})
        rows = rows.order_by().annotate(place=place)
        if self.most:
            rows = rows.filter(place__lte=self.most)
        return rows.values_list(Value(number), "place", JSONArray(*self.own.attributes, *joined))

    def row(self, values: list[Any], like: Model) -> Model:
        """Make a row, and those that it points to, of the columns that were asked for."""
        end = len(self.own.attributes)
        row = self.own.row(values[:end], like)
        for name, columns in self.joined.items():
            start, end = end, end + len(columns.attributes)
            is_there = values[start] is not None
            other = columns.row(values[start:end], like) if is_there else None
            _set(row, name, other)
        return row


NAMED = ("id", "name", "slug")


RELATIONS_MAX = 100


def relations(name: str, thing: str, end: str) -> Part:
    """Return the relations that a thing has part in, with what may be at the other end."""
    way = {"subject": "object", "object": "subject"}[end]
    ends = {f"{end}_product": Columns(Product, NAMED), f"{end}_upstream": Columns(Upstream, NAMED)}
    # No more than `published()` says without the clock, so that drafts take nobody's place.
    among = Q(**{f"{end}_project": None}) | Q(**{f"{end}_project__state": "published"})
    return Part(name, Relation, f"{way}_{thing}", ends, most=RELATIONS_MAX + 1, among=among)


def about(thing: str) -> tuple[Part, ...]:
    """Return what projects, products and upstreams have alike."""
    return (
        relations("told", thing, "object"),
        relations("told_of", thing, "subject"),
        Part("links", Link, thing),
        Part("releases", Release, thing),
        Part("milestones", Milestone, thing),
        Part("sources", Source, thing),
    )


CREDITED = {"person": Columns(Person, (*NAMED, "is_listed"))}

PARTS: Mapping[type[Model], tuple[Part, ...]] = {
    Project: (
        Part("kind_items", ProjectKind, "project", {"kind": Columns(Kind, NAMED)}),
        Part("language_items", ProjectLanguage, "project", {"language": Columns(Language, NAMED)}),
        Part("tag_items", TaggedProject, "content_object", {"tag": Columns(Tag, NAMED)}),
        Part("contributions", Contribution, "project", {"upstream": Columns(Upstream, NAMED)}),
        Part("steps", ContributionStep, "contribution__project"),
        Part("alternatives", Alternative, "project"),
        Part("credits", Credit, "project", CREDITED),
        *about("project"),
    ),
    Product: (Part("credits", Credit, "product", CREDITED), *about("product")),
    Upstream: about("upstream"),
}


def together(model: type[Model], parts: Iterable[Part]) -> Prepared:
    """Return the query for everything that hangs on a thing."""

    def query(key: Key) -> QuerySet:
        first, *others = (part.query(number, key) for number, part in enumerate(parts))
        return first.union(*others, all=True).order_by()

    return Prepared(model, query)


PREPARED = {model: together(model, parts) for model, parts in PARTS.items()}

type Rows = dict[str, Any]


class Later(Sequence[Any]):
    """Rows that are made when somebody looks at them: a page that is kept needs few of them."""

    def __init__(self, make: Callable[[], list[Any]]):
        self.make = make

    @cached_property
    def rows(self) -> list[Any]:
        return self.make()

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]


def with_rows(thing: Any) -> Any:
    """Return a thing with everything that its page shows of other rows, read in two queries.

    All of that is in its `made_of`, too, as plain values.
    """
    found = sorted(PREPARED[type(thing)].rows(thing.pk))
    rows = _rows(thing, found)
    others = _point(_pointing(thing, rows))
    thing.made_of = shown(thing), found, [*map(shown, others)]
    told = [row for row in rows.pop("told") if row.object]
    told_of = [row for row in rows.pop("told_of") if row.subject]
    thing.told, thing.told_of = told[:RELATIONS_MAX], told_of[:RELATIONS_MAX]
    thing.are_relations_cut = max(len(told), len(told_of)) > RELATIONS_MAX
    if isinstance(thing, Project):
        _complete(thing, rows)
    _hang(thing, rows)
    return thing


def shown(thing: Any) -> list[Any]:
    """Return the columns of a thing that were read."""
    return [vars(thing).get(column.attname) for column in thing._meta.concrete_fields]


def _rows(thing: Any, found: Iterable[tuple[Any, ...]]) -> Rows:
    columns: dict[int, list[str]] = defaultdict(list)
    for number, _, text in found:
        columns[number].append(text)

    def made(number: int, part: Part) -> Later:
        return Later(lambda: [part.row(json.loads(text), thing) for text in columns[number]])

    return {part.name: made(number, part) for number, part in enumerate(PARTS[type(thing)])}


def _pointing(thing: Any, rows: Rows) -> list[tuple[Any, str]]:
    """Return the rows that may point to another entry, each with the name of what does."""
    pointing = [(row, "object_project") for row in rows["told"]]
    pointing += [(row, "subject_project") for row in rows["told_of"]]
    if isinstance(thing, Project):
        pointing += [(row, "other") for row in rows["alternatives"]]
        pointing.append((thing, "successor"))
    return pointing


def _point(pointing: list[tuple[Any, str]]) -> Iterable[Project]:
    """Let rows point to the entries that visitors may see, and to nothing instead of others.

    Return those that are pointed to.
    """
    keys = {getattr(row, f"{name}_id") for row, name in pointing} - {None}
    others: dict[int, Project] = published_in_bulk(keys, *NAMED, "tagline")
    for row, name in pointing:
        _set(row, name, others.get(getattr(row, f"{name}_id")))
    return others.values()


def _set(row: Any, name: str, other: Model | None) -> None:
    """Keep what a foreign key points to, as a prefetch does; the key itself stays."""
    row._meta.get_field(name).set_cached_value(row, other)


def _complete(project: Any, rows: Rows) -> None:
    """Add what is made of rows that have been read."""
    project.origins = [row for row in project.told if row.verb in ORIGINS and row.object_product_id]
    rows["alternatives"] = [row for row in rows["alternatives"] if row.other or not row.other_id]
    steps = defaultdict(list)
    for step in rows.pop("steps"):
        steps[step.contribution_id].append(step)
    for contribution in rows["contributions"]:
        _hang(contribution, {"steps": steps[contribution.pk]})


def _hang(thing: Model, rows: Rows) -> None:
    """Put rows where Django looks before it asks the database."""
    vars(thing).setdefault("_prefetched_objects_cache", {}).update(rows)
