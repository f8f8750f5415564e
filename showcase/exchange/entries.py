"""Makes our records of one project that a file of another format describes."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from people.fields import validate_slug_is_a_word
from people.models import Person, PersonLink
from projects.models import (
    Credit,
    Kind,
    Language,
    Link,
    Project,
    ProjectKind,
    ProjectLanguage,
    Release,
    Tag,
    TaggedProject,
)
from projects.models.vocabulary import slug_from_name

from .. import yaml
from ..records import FixtureError, Record, quoted, shortened
from .values import room

# Labels are what the catalogue says, and so English, whatever the language of the moment.
LABELS = {
    Link.Role.HOME: "Home page",
    Link.Role.SOURCE: "Source code",
    Link.Role.DOCUMENTATION: "Documentation",
    Link.Role.PACKAGE: "Package",
    Link.Role.RELEASES: "Release notes",
    Link.Role.DISCUSSION: "Issues",
}


class Entry:
    """A project, or a person, and what hangs on it.

    What a file mentions by the way (words, people, addresses) is only for rows that are missing.
    """

    def __init__(self, file: str, number: int = 1, line: int | None = None):
        self.file, self.number, self.line = file, number, line
        self.records: list[Record] = []
        self.slug = ""

    def error(self, reason: str) -> FixtureError:
        line = f", line {self.line}" if self.line else ""
        return FixtureError(f"{self.file}{line}, record {self.number}", reason)

    def state(self, model: type[Model], *, if_missing: bool = False, **fields: Any) -> None:
        content: dict[str, Any] = yaml.Mapping(self.line) if self.line else {}
        content |= {"model": model._meta.label_lower, "fields": fields}
        self.records.append(Record(self.file, self.number, content, if_missing=if_missing))

    def project(self, name: str, **fields: Any) -> None:
        self.slug = fields.pop("slug", "") or self._slug(Project, name)
        self.state(Project, name=name, slug=self.slug, **fields)

    def person(self, name: str, **fields: Any) -> None:
        self.slug = fields.pop("slug", "") or self._slug(Person, name)
        self.state(Person, name=name, slug=self.slug, **fields)

    def kinds(self, names: Iterable[str]) -> None:
        # No program knows the plural of any word; the editor sees it beside the name.
        for order, (slug, name) in enumerate(self._words(Kind, names)):
            self.state(Kind, if_missing=True, name=name, plural=name, slug=slug)
            self.state(ProjectKind, project=[self.slug], kind=[slug], order=order)

    def languages(self, names: Iterable[str]) -> None:
        for order, (slug, name) in enumerate(self._words(Language, names)):
            self.state(Language, if_missing=True, name=name, slug=slug)
            self.state(ProjectLanguage, project=[self.slug], language=[slug], order=order)

    def tags(self, names: Iterable[str]) -> None:
        for slug, name in self._words(Tag, names):
            self.state(Tag, if_missing=True, name=name, slug=slug)
            self.state(TaggedProject, content_object=[self.slug], tag=[slug])

    def links(self, **addresses: str) -> None:
        """State where to go, by the role of the address; each address once."""
        roles: dict[str, str] = {}
        for role, url in addresses.items():
            if url:
                roles.setdefault(url, role)
        for url, name in roles.items():
            role = Link.Role(name)
            about = {"project": [self.slug], "role": role.value, "label": LABELS[role], "url": url}
            self.state(Link, if_missing=True, **about)

    def credit(self, name: str, role: Credit.Role, links: Iterable[tuple[str, str]] = ()) -> None:
        """Credit somebody, who has no page before an editor says so."""
        slug = self._slug(Person, name)
        self.state(Person, if_missing=True, name=name, slug=slug, is_listed=False)
        for label, url in links:
            if url:
                self.state(PersonLink, if_missing=True, person=[slug], label=label, url=url)
        self.state(Credit, person=[slug], project=[self.slug], role=role.value)

    def release(self, version: str, day: date | None) -> None:
        if version and day:
            self.state(Release, project=[self.slug], version=version, date=day)

    def _words(self, model: type[Model], names: Iterable[str]) -> list[tuple[str, str]]:
        """Return slugs and names in their order, each slug once."""
        words: dict[str, str] = {}
        for name in names:
            words.setdefault(self._slug(model, name), name)
        return list(words.items())

    def _slug(self, model: type[Model], name: str) -> str:
        slug = slug_from_name(name)[: room(model, "slug")].strip("-")
        try:
            validate_slug_is_a_word(slug)
        except ValidationError as error:
            raise self.error(
                f"no address can be made of {quoted(name)}; "
                "write the name with at least one Latin letter"
            ) from error
        return slug


def status_of(
    word: str, statuses: dict[str, Project.Status], file: str, as_of: date
) -> dict[str, Any]:
    """Return the fields of the status, which say where it is from."""
    status = statuses.get(word.lower(), Project.Status.ACTIVE)
    name = shortened(PurePath(file).name, 100)
    said = f"{name} says “{shortened(word, 100)}”." if word else f"Assumed: {name} states none."
    return {"status": status.value, "status_as_of": as_of, "status_note": said}
