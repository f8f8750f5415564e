"""What belongs to a tag and to a person, and how one becomes part of another."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from people.models import Alias, Person
from projects.models import Credit, Product, Project, Tag, WorkingCopy


class Part(NamedTuple):
    """Rows that point to a thing: what no two of them may share, and what becomes of two."""

    accessor: str
    identity: Callable[[Any], Hashable]
    join: Callable[[Any, Any], None] | None = None


@dataclass(frozen=True)
class Rules:
    # Texts that it takes over where it has none of its own.
    texts: tuple[str, ...]
    parts: tuple[Part, ...]
    # Whose documents speak of it, and by which way they are found.
    mentions: Mapping[type[Any], str]
    take_names: Callable[[Any, Any], None]
    # The queryset method that tells which have a page.
    public: str
    # What keeps one from going, as a sentence.
    obstacle: Callable[[Any], str] = lambda gone: ""


def names_of_tag(kept: Tag, gone: Tag) -> None:
    known = {kept.name.casefold()}
    lines = []
    for name in [*kept.aliases.splitlines(), gone.name, *gone.aliases.splitlines()]:
        if name.casefold() not in known:
            known.add(name.casefold())
            lines.append(name)
    kept.aliases = "\n".join(lines)


def names_of_person(kept: Person, gone: Person) -> None:
    known = {kept.name.lower(), *(alias.name.lower() for alias in kept.aliases.all())}
    for alias in gone.aliases.all():
        if alias.name.lower() in known:
            alias.delete()
        else:
            known.add(alias.name.lower())
            alias.person = kept
            alias.save()
    if gone.name.lower() not in known:
        Alias.objects.create(person=kept, name=gone.name)


def join_credits(kept: Credit, double: Credit) -> None:
    """Make one credit of two for the same role: nothing that is known of either is lost."""
    kept.note = kept.note or double.note
    if kept.started_on is None:
        kept.started_on, kept.ended_on = double.started_on, double.ended_on
    elif double.started_on is not None:
        kept.started_on = min(kept.started_on, double.started_on)
        # Who is still at it according to one of them has not ended.
        if kept.ended_on and double.ended_on:
            kept.ended_on = max(kept.ended_on, double.ended_on)
        else:
            kept.ended_on = None
    kept.save()


def bound(person: Person) -> str:
    """Tell what would be lost with a person: what waits for a decision, and an account."""
    if person.user_id:
        return f"“{person}” is tied to an account: let that one stay, or untie it first."
    if WorkingCopy.objects.open().of(person).exists():
        return f"There are changes of “{person}” that nobody has decided on: decide on them first."
    return ""


RULES: dict[type[Any], Rules] = {
    Tag: Rules(
        texts=("description",),
        parts=(Part("items", attrgetter("content_object_id")),),
        mentions={Project: "tag_items__tag"},
        take_names=names_of_tag,
        public="used",
    ),
    Person: Rules(
        texts=("headline", "organisation", "bio"),
        parts=(
            Part("handles", attrgetter("service")),
            Part("links", attrgetter("url")),
            Part("working_copies", attrgetter("pk")),
            Part("credits", attrgetter("role", "project_id", "product_id"), join_credits),
        ),
        mentions={Project: "credits__person", Product: "credits__person"},
        take_names=names_of_person,
        public="listed",
        obstacle=bound,
    ),
}
