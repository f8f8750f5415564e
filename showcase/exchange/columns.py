"""The columns of our tables: what stands in a cell, and what becomes of it.

A table of projects and a table of people have a row for each, and cells for the fields of its form.
A cell holds text as it is; several names in one are separated by semicolons, or by line breaks
where a name has a semicolon itself. What hangs on a row and has no column (releases, relations,
credits ...) is in fixtures only.
"""

import re
from typing import Any

from people.models import Handle, Person
from projects.models import Link, Project

PROJECT_FIELDS = [
    *("name", "slug", "aliases", "tagline", "need", "description", "capabilities", "use_when"),
    *("avoid_when", "requirements", "how_to_get", "licence", "licence_certainty", "licence_note"),
    *("status", "status_as_of", "status_note", "successor", "first_released_on", "credits_note"),
    *("state", "published_at", "withdrawal_note", "is_featured", "reviewed_on"),
]
# The words of a project, in the order that counts.
WORDS = ["kinds", "languages", "tags"]
# The first address of each of these roles.
LINKS = {
    "home_url": Link.Role.HOME,
    "source_url": Link.Role.SOURCE,
    "documentation_url": Link.Role.DOCUMENTATION,
    "package_url": Link.Role.PACKAGE,
}
PERSON_FIELDS = ["name", "slug", "headline", "organisation", "bio", "is_listed"]
ALIASES = "other_names"
HANDLES = {service.value.replace("-", "_"): service for service in Handle.Service}

COLUMNS: dict[type[Any], list[str]] = {
    Project: [*PROJECT_FIELDS, *WORDS, *LINKS],
    Person: [*PERSON_FIELDS, ALIASES, *HANDLES],
}
REQUIRED: dict[type[Any], list[str]] = {
    Project: ["name", "tagline", "status"],
    Person: ["name"],
}
FIELDS: dict[type[Any], list[str]] = {Project: PROJECT_FIELDS, Person: PERSON_FIELDS}

# A spreadsheet calculates with a cell that begins so; an apostrophe keeps it from that.
FORMULA = re.compile("'*[=+\\-@\t\r]")


def shielded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """Return what `shielded` made a cell of."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def joined(names: list[str]) -> str:
    """Return the one cell for several names."""
    if any(";" in name for name in names):
        return "".join(f"{name}\n" for name in names)
    return "; ".join(names)


def separated(cell: str) -> list[str]:
    """Return the names that stand in one cell."""
    parts = cell.split("\n" if "\n" in cell else ";")
    return [name for part in parts if (name := " ".join(part.split()))]
