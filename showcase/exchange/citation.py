"""Reads CITATION.cff (https://citation-file-format.github.io), version 1.

| there | here |
|---|---|
| title, abstract | name, tagline and description |
| license, or several of which one may choose | licence |
| keywords | tags |
| url, repository-code, repository-artifact | links |
| authors who are people, their ORCID and website | credits as authors, links of theirs |
| authors who are organisations | a note beside the credits |
| version, date-released | a release, and the day of the status |

The format knows no status: it is active, on the day of the release or of the import. E-mail
addresses, affiliations, references and identifiers are not taken over.
"""

from datetime import date

from projects.models import Credit

from .. import yaml
from ..records import FixtureError, Record
from .entries import Entry, status_of
from .values import Said, licence, tagline, without_mail


def read(file: str, text: str, today: date) -> list[Record]:
    content = yaml.load_texts(text)
    if not isinstance(content, dict):
        raise FixtureError(file, "a CITATION.cff is a mapping and begins with “cff-version:”")
    said, entry = Said(file, content), Entry(file)
    name, released_on = said.required("title"), said.day("date-released")
    abstract, authors = said.prose("abstract"), list(said.each("authors"))
    entry.project(
        name,
        tagline=tagline(abstract, name),
        description=abstract,
        credits_note=organisations(authors),
        **licence(licences(said)),
        **status_of("", {}, file, released_on or today),
    )
    entry.tags(said.texts("keywords"))
    entry.links(
        home=said.text("url"),
        source=said.text("repository-code"),
        package=said.text("repository-artifact"),
    )
    credit_authors(entry, authors)
    entry.release(said.text("version"), released_on)
    return entry.records


def licences(said: Said) -> str:
    """Return the licence; of several, the format says, one may be chosen."""
    if isinstance(said.value("license"), list):
        return " OR ".join(said.texts("license"))
    return said.text("license")


def credit_authors(entry: Entry, authors: list[Said]) -> None:
    for author in authors:
        if name := person_name(author):
            links = [("ORCID", author.text("orcid")), ("Home page", author.text("website"))]
            entry.credit(name, Credit.Role.AUTHOR, links)


def person_name(author: Said) -> str:
    if author.text("name"):
        return ""  # This is how the format tells an organisation.
    parts = ("given-names", "name-particle", "family-names", "name-suffix")
    words = [author.text(part) for part in parts]
    return without_mail(" ".join(filter(None, words)) or author.text("alias"))


def organisations(authors: list[Said]) -> str:
    names = [name for author in authors if (name := without_mail(author.text("name")))]
    return f"Named as authors, too: {', '.join(names)}." if names else ""
