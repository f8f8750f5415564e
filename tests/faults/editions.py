"""A small catalogue whose every text carries the number of its edition, so that a mixture shows."""

import re
from pathlib import Path

ENTRIES = 4
ENTRY = "/projects/entry-1/"
# Each of them shows texts of several rows.
PAGES = (ENTRY, "/projects/", "/projects/?q=entry", f"/de{ENTRY}", "/projects.atom")
NUMBER = re.compile(r"edition (\d+)")

WORDS = """\
- model: projects.kind
  fields: {name: tool, plural: tools, slug: tool}
- model: projects.tag
  fields: {name: Storage, slug: storage}
- model: people.person
  fields: {name: Roland Kammerer, slug: roland-kammerer}
"""
PROJECT = """\
- model: projects.project
  fields:
    name: Entry %(number)d
    slug: entry-%(number)d
    tagline: This is edition %(edition)d.
    need: Tests of edition %(edition)d.
    status: active
    status_as_of: 2024-01-01
    state: published
    published_at: 2024-01-01T00:00:00Z
- model: projects.projectkind
  fields: {project: [entry-%(number)d], kind: [tool]}
- model: projects.taggedproject
  fields: {content_object: [entry-%(number)d], tag: [storage]}
- model: projects.credit
  fields:
    person: [roland-kammerer]
    project: [entry-%(number)d]
    note: Of edition %(edition)d.
- model: projects.link
  fields:
    project: [entry-%(number)d]
    role: home
    label: Home of edition %(edition)d
    url: https://example.org/%(number)d
- model: projects.release
  fields:
    project: [entry-%(number)d]
    version: v1
    date: 2024-01-01
    notes: Notes of edition %(edition)d.
"""


def write_edition(number: int, folder: Path, entries: int = ENTRIES) -> Path:
    """Write an edition of the catalogue as a fixture, and return its file."""
    records = (PROJECT % {"number": entry + 1, "edition": number} for entry in range(entries))
    file = folder / f"edition-{number}.yaml"
    file.write_text(WORDS + "".join(records))
    return file


def editions_in(text: str) -> set[int]:
    return {int(number) for number in NUMBER.findall(text)}
