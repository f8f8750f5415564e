"""Reads codemeta.json (https://codemeta.github.io/terms/), versions 2 and 3.

| there | here |
|---|---|
| name, description | name, tagline and description |
| license | licence; of several nothing says how they belong together, so the note names them |
| developmentStatus, a word of https://www.repostatus.org | status |
| programmingLanguage, keywords | languages, tags |
| url, codeRepository, softwareHelp, downloadUrl, releaseNotes, issueTracker | links |
| softwareRequirements | requirements |
| author, maintainer, contributor who are people | credits, and a link where the id is an ORCID |
| datePublished | the day of the first release |
| version, dateModified | a release, and the day of the status |

Without a day the status is of the day of the import. E-mail addresses are not taken over, nor is
anything else.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from projects.licences import Certainty
from projects.models import Credit, Project

from ..records import FixtureError, Record, parse_json
from .entries import Entry, status_of
from .values import Said, licence, one_line, tagline, unverified_licence, without_mail

STATUSES = {
    "suspended": Project.Status.DORMANT,
    "inactive": Project.Status.DORMANT,
    "abandoned": Project.Status.DISCONTINUED,
    "unsupported": Project.Status.DISCONTINUED,
    "moved": Project.Status.DISCONTINUED,
}
ROLES = {
    "author": Credit.Role.AUTHOR,
    "maintainer": Credit.Role.MAINTAINER,
    "contributor": Credit.Role.CONTRIBUTOR,
}
ORCID = re.compile(r"https?://orcid\.org/[0-9X-]+")


def read(file: str, text: str, today: date) -> list[Record]:
    content = parse_json(text)
    if not isinstance(content, dict):
        raise FixtureError(file, "a codemeta.json is one object with a “name”")
    said, entry = Said(file, content), Entry(file)
    name, prose = said.required("name"), said.prose("description")
    published_on, modified_on = said.day("datePublished"), said.day("dateModified")
    days = [day for day in (published_on, modified_on) if day]
    entry.project(
        name,
        tagline=tagline(prose, name),
        description=prose,
        requirements="\n".join(names(said, "softwareRequirements")),
        first_released_on=published_on,
        **licence_of(said),
        **status_of(status_word(said), STATUSES, file, max(days, default=today)),
    )
    entry.languages(names(said, "programmingLanguage"))
    entry.tags(keywords(said))
    entry.links(**addresses(said))
    credit_people(entry, said)
    entry.release(said.text("version") or said.text("softwareVersion"), modified_on)
    return entry.records


def several(said: Said, key: str) -> list[Any]:
    """Return what may be one thing or a list of them."""
    value = said.value(key)
    return value if isinstance(value, list) else [value] if value else []


def names(said: Said, key: str) -> list[str]:
    """Return the names of what may be words or objects with a name or an address."""
    return list(filter(None, (name_of(said, key, value) for value in several(said, key))))


def name_of(said: Said, key: str, value: Any) -> str:
    if isinstance(value, dict):
        inner = Said(said.place, value)
        return inner.text("name") or inner.text("url") or inner.text("@id")
    if isinstance(value, (list, bool)):
        raise said.error(key, "this has to be a text, an object with a name, or a list of them")
    return one_line(str(value))


def keywords(said: Said) -> list[str]:
    """Return the keywords, which many a file writes as one text with commas."""
    words = [word.strip() for text in names(said, "keywords") for word in text.split(",")]
    return list(filter(None, words))


def licence_of(said: Said) -> dict[str, str]:
    found = names(said, "license")
    if len(found) > 1:
        fields = unverified_licence(", ".join(found))
        return fields | {"licence_certainty": Certainty.UNCLEAR.value}
    return licence("".join(found))


def status_word(said: Said) -> str:
    """Return the word at the end of https://www.repostatus.org/#active, or the word alone."""
    found = names(said, "developmentStatus")
    return re.split("[#/]", found[0].rstrip("/"))[-1] if found else ""


def addresses(said: Said) -> dict[str, str]:
    """Return the addresses by their role; where there are several of a kind, the first."""
    keys = {
        "home": "url",
        "source": "codeRepository",
        "documentation": "softwareHelp",
        "package": "downloadUrl",
        "releases": "releaseNotes",
        "discussion": "issueTracker",
    }
    # Release notes may be the notes themselves.
    found = {role: "".join(names(said, key)[:1]) for role, key in keys.items()}
    return found if "://" in found["releases"] else found | {"releases": ""}


def credit_people(entry: Entry, said: Said) -> None:
    for key, role in ROLES.items():
        for name, orcid in people(said, key):
            entry.credit(name, role, [("ORCID", orcid)])


def people(said: Said, key: str) -> Iterator[tuple[str, str]]:
    """Yield names and ORCIDs of those who are people and have a name."""
    for value in several(said, key):
        if not isinstance(value, dict):
            name, orcid = without_mail(name_of(said, key, value)), ""
        elif "Organization" in str(value.get("@type", value.get("type"))):
            continue
        else:
            name, orcid = person(Said(said.place, value))
        if name:
            yield name, orcid


def person(said: Said) -> tuple[str, str]:
    parts = f"{said.text('givenName')} {said.text('familyName')}".strip()
    number = said.text("@id") or said.text("id")
    return without_mail(parts or said.text("name")), number if ORCID.fullmatch(number) else ""
