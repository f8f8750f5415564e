"""Reads publiccode.yml (https://docs.italia.it/italia/developers-italia/publiccodeyml-en).

| there | here |
|---|---|
| name, url, landingURL | name, link to the source, link to the home page |
| description, in English or else the first | tagline, description, capabilities, documentation |
| legal/license | licence |
| developmentStatus | status; stable is released, obsolete discontinued, all else active |
| releaseDate, softwareVersion | a release, and the day of the status |
| softwareType, categories | kinds, tags |
| dependsOn/open | requirements |
| maintenance/contacts | credits as maintainers, without their addresses and numbers |

Without a releaseDate the status is of the day of the import.
"""

from collections.abc import Iterator
from datetime import date

from projects.models import Credit, Project

from .. import yaml
from ..records import FixtureError, Record
from .entries import Entry, status_of
from .values import Said, licence, tagline, without_mail

STATUSES = {
    "stable": Project.Status.RELEASED,
    "obsolete": Project.Status.DISCONTINUED,
}
KINDS = {
    "standalone/mobile": "mobile application",
    "standalone/desktop": "desktop application",
    "standalone/web": "web application",
    "standalone/backend": "backend application",
    "standalone/iot": "application for devices",
    "library": "library",
    "addon": "add-on",
    "configurationFiles": "configuration files",
}


def read(file: str, text: str, today: date) -> list[Record]:
    content = yaml.load_texts(text)
    if not isinstance(content, dict):
        raise FixtureError(file, "a publiccode.yml is a mapping and begins with “name:”")
    said, entry = Said(file, content), Entry(file)
    words = in_english(said.within("description"))
    name, released_on = said.required("name"), said.day("releaseDate")
    prose = words.prose("longDescription")
    entry.project(
        name,
        tagline=tagline(words.text("shortDescription"), prose, words.text("genericName"), name),
        description=prose,
        capabilities="\n".join(words.texts("features")),
        requirements="\n".join(requirements(said)),
        **licence(said.within("legal").text("license")),
        **status_of(said.text("developmentStatus"), STATUSES, file, released_on or today),
    )
    kind = KINDS.get(said.text("softwareType"))
    entry.kinds([kind] if kind else [])
    entry.tags(said.texts("categories"))
    entry.links(
        home=said.text("landingURL"),
        source=said.text("url"),
        documentation=words.text("documentation"),
    )
    for contact in said.within("maintenance").each("contacts"):
        if person := without_mail(contact.text("name")):
            entry.credit(person, Credit.Role.MAINTAINER)
    entry.release(said.text("softwareVersion"), released_on)
    return entry.records


def in_english(description: Said) -> Said:
    """Return what is said in English, or in the first language that there is."""
    languages = sorted(description.mapping, key=lambda code: code.lower()[:2] != "en")
    return description.within(languages[0]) if languages else description


def requirements(said: Said) -> Iterator[str]:
    for needed in said.within("dependsOn").each("open"):
        version = needed.text("version") or needed.text("versionMin")
        if name := needed.text("name"):
            yield f"{name} {version}".strip()
