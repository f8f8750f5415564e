"""What is searched: which texts of each thing, and how much they weigh."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from people.models import Person

from ..models import Alternative, Collection, Product, Project, Tag, Upstream
from .words import indexed, joined, stem, vocabulary


@dataclass(frozen=True)
class Texts:
    """The texts of one thing: its names, what tells it in short, and everything else."""

    name: list[str]
    head: list[str]
    body: list[str]

    def columns(self) -> dict[str, str]:
        """Return the columns of a document."""
        # A name can also be typed without its spaces.
        whole = [stem(joined(text)) for text in self.name]
        return {
            "name": " ".join([*_words(self.name), *whole]),
            "head": " ".join(_words(self.head)),
            "body": " ".join(_words(self.body)),
        }

    def vocabulary(self) -> dict[str, str]:
        """Return the words as people write them, and for whole names how they are written."""
        words = dict.fromkeys(set().union(*map(vocabulary, (*self.head, *self.body))), "")
        words |= dict.fromkeys(set().union(*map(vocabulary, self.name)), "")
        # Of names that are one when written as one, the first is the thing's own.
        return words | {joined(name): name for name in reversed(self.name)}


def _words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts if text for word in indexed(text)]


def of_projects(rows: QuerySet) -> Iterator[tuple[Project, Texts]]:
    """Yield projects with their texts, in a fixed number of queries.

    An alternative in the catalogue is found by itself; here it would betray one that is hidden.
    """
    for project in rows.prefetch_related(
        "tag_items__tag",
        "kind_items__kind",
        "language_items__language",
        Prefetch("alternatives", Alternative.objects.filter(other__isnull=True)),
        "credits__person__aliases",
        "relations_from__object_product",
        "contributions__upstream",
    ):
        yield project, of_project(project)


def of_project(project: Any) -> Texts:
    tags = [item.tag for item in project.tag_items.all()]
    people = [credit.person for credit in project.credits.all()]
    products = [relation.object_product for relation in project.relations_from.all()]
    return Texts(
        name=[project.name, *project.aliases.splitlines()],
        head=[
            project.tagline,
            *(text for tag in tags for text in (tag.name, *tag.aliases.splitlines())),
            *(item.kind.name for item in project.kind_items.all()),
            *(item.language.name for item in project.language_items.all()),
        ],
        body=[
            project.need,
            project.description,
            project.capabilities,
            project.use_when,
            project.licence,
            *(alt.name for alt in project.alternatives.all()),
            *(alt.difference for alt in project.alternatives.all()),
            *(product.name for product in products if product),
            *(work.upstream.name for work in project.contributions.all()),
            *(work.title for work in project.contributions.all()),
            *(name for person in people for name in names_of(person)),
        ],
    )


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
