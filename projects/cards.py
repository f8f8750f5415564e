"""What cards say of projects beside their own columns.

Read as plain values: a model of every tag of every card would take most of the time of a page, and
as the models point to each other, the garbage collector would have them to clear away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .models import Project, ProjectKind, ProjectLanguage, Relation, TaggedProject
from .models.addresses import address
from .models.relation import Verb

# The project's own columns on a card.
COLUMNS = (
    "name",
    "slug",
    "tagline",
    "licence",
    "licence_certainty",
    "status",
    "status_as_of",
)


class CardTag(NamedTuple):
    """A tag of a project."""

    name: str
    url: str
    aliases: str


class Origin(NamedTuple):
    """A product that a project came from, and how."""

    verb: str
    name: str
    url: str


@dataclass(slots=True)
class Card:
    """What comes from other rows, each in the editor's order."""

    kinds: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    tags: list[CardTag] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)


def with_cards(projects: Iterable[Project]) -> list[Project]:
    """Return projects, each with its `card`; asks the database four times, however many."""
    projects = list(projects)
    cards = {project.pk: Card() for project in projects}
    if cards:
        _read(cards)
    for project in projects:
        project.card = cards[project.pk]
    return projects


def _read(cards: dict[int, Card]) -> None:
    kinds = ProjectKind.objects.filter(project__in=cards)
    for project, name in kinds.values_list("project", "kind__name"):
        cards[project].kinds.append(name)
    languages = ProjectLanguage.objects.filter(project__in=cards)
    for project, name in languages.values_list("project", "language__name"):
        cards[project].languages.append(name)
    tags = TaggedProject.objects.filter(content_object__in=cards)
    for project, name, slug, aliases in tags.values_list(
        "content_object", "tag__name", "tag__slug", "tag__aliases"
    ):
        cards[project].tags.append(CardTag(name, address("projects:tag", slug), aliases))
    origins = Relation.objects.origins().filter(subject_project__in=cards)
    for project, verb, name, slug in origins.values_list(
        "subject_project", "verb", "object_product__name", "object_product__slug"
    ):
        url = address("projects:product", slug)
        cards[project].origins.append(Origin(str(Verb(verb).label), name, url))
