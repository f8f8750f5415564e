"""What is searched: which texts of each thing, and how much they weigh."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet

from people.models import Person

from ..facets import FACETS
from ..models import (
    Alternative,
    Collection,
    Contribution,
    Credit,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Tag,
    TaggedProject,
    Upstream,
)
from .words import HIDDEN, indexed, joined, stem, value_word, vocabulary


@dataclass(frozen=True)
class Texts:
    """The texts of one thing: its names, what tells it in short, and everything else."""

    name: list[str]
    head: list[str]
    body: list[str]
    # Of a project, the words for what it can be narrowed by.
    facets: list[str] = field(default_factory=list)

    def columns(self) -> dict[str, str]:
        """Return the columns of a document."""
        # A name can also be typed without its spaces.
        whole = [stem(joined(text)) for text in self.name]
        return {
            "name": " ".join([*_words(self.name), *whole]),
            "head": " ".join(_words(self.head)),
            "body": " ".join(_words(self.body)),
            "facets": " ".join(self.facets),
        }

    def vocabulary(self) -> dict[str, str]:
        """Return the words as people write them, and for whole names how they are written."""
        words = dict.fromkeys(set().union(*map(vocabulary, (*self.head, *self.body))), "")
        words |= dict.fromkeys(set().union(*map(vocabulary, self.name)), "")
        # Of names that are one when written as one, the first is the thing's own.
        return words | {joined(name): name for name in reversed(self.name)}


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts if text for word in indexed(text)]


class Told(NamedTuple):
    """What rows beside a project say of it: how its key is named there, and the columns to read."""

    rows: Callable[[], QuerySet]
    project: str
    columns: tuple[str, ...]


HEAD = (
    Told(TaggedProject.objects.all, "content_object", ("tag__name", "tag__aliases")),
    Told(ProjectKind.objects.all, "project", ("kind__name",)),
    Told(ProjectLanguage.objects.all, "project", ("language__name",)),
)
BODY = (
    # An alternative in the catalogue is found by itself; here it would betray one that is hidden.
    Told(lambda: Alternative.objects.filter(other__isnull=True), "project", ("name", "difference")),
    Told(Relation.objects.all, "subject_project", ("object_product__name",)),
    Told(Contribution.objects.all, "project", ("upstream__name", "title")),
    Told(Credit.objects.all, "project", ("person__name", "person__aliases__name")),
)


def of_projects(rows: QuerySet) -> Iterator[tuple[Project, Texts]]:
    """Yield projects with their texts, in a fixed number of queries.

    Rows beside them are read as plain values: models of them would take half of the time.
    """
    projects = list(rows)
    keys = [project.pk for project in projects]
    head, body, values = _told(HEAD, keys), _told(BODY, keys), _values(projects)
    for project in projects:
        yield (
            project,
            Texts(
                name=[project.name, *project.aliases.splitlines()],
                head=[project.tagline, *head[project.pk]],
                body=[
                    project.need,
                    project.description,
                    project.capabilities,
                    project.use_when,
                    project.licence,
                    *body[project.pk],
                ],
                facets=sorted(values[project.pk])
                + [HIDDEN] * (project.state != Project.State.PUBLISHED),
            ),
        )


def _told(telling: Iterable[Told], projects: list[int]) -> Mapping[int, Iterable[str]]:
    """Return the texts that rows beside some projects tell, each of a project once."""
    told: dict[int, dict[str, None]] = defaultdict(dict)
    for rows, project, columns in telling:
        some = rows().filter(**{f"{project}__in": projects})
        for key, *texts in some.order_by("pk").values_list(project, *columns):
            told[key].update(dict.fromkeys(filter(None, texts)))
    return told


def _values(projects: list[Project]) -> Mapping[int, Iterable[str]]:
    """Return the values of some projects, as words of the index."""
    found: dict[int, set[str]] = defaultdict(set)
    for name, facet in FACETS.items():
        for project, value in facet.pairs_of(projects):
            found[project].add(value_word(name, value))
    return found


def names_of(person: Person) -> list[str]:
    return [person.name, *(alias.name for alias in person.aliases.all())]


def of_people(rows: QuerySet) -> Iterator[tuple[Person, Texts]]:
    for person in rows.prefetch_related("aliases", "handles"):
        handles = [handle.name for handle in person.handles.all()]
        yield person, Texts([*names_of(person), *handles], [person.headline], [person.bio])


def of_described(rows: QuerySet) -> Iterator[tuple[Any, Texts]]:
    """Yield products, upstreams and collections, which have a name and a tagline."""
    for row in rows:
        text = row.introduction if isinstance(row, Collection) else row.description
        yield row, Texts([row.name], [row.tagline], [text])


def of_tags(rows: QuerySet) -> Iterator[tuple[Tag, Texts]]:
    for tag in rows:
        yield tag, Texts([tag.name, *tag.aliases.splitlines()], [], [tag.description])


# How the texts of each kind of thing are read, by the name of its field on a document.
READERS: Mapping[str, tuple[type[Any], Callable[[QuerySet], Iterator[tuple[Any, Texts]]]]] = {
    "project": (Project, of_projects),
    "product": (Product, of_described),
    "upstream": (Upstream, of_described),
    "person": (Person, of_people),
    "collection": (Collection, of_described),
    "tag": (Tag, of_tags),
}
