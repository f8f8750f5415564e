"""Reads landscapes as of the Cloud Native Computing Foundation: categories, subcategories, items.

| there | here |
|---|---|
| name, description | name, tagline and description |
| the names of category and subcategory, and of additional_categories | tags |
| homepage_url, repo_url, extra/documentation_url, extra/package_manager_url | links |
| license | licence |
| project | status; archived is discontinued, all else active, on the day of the import |

Logos, accounts on networks and companies' numbers are not taken over.
"""

from datetime import date

from projects.models import Project

from .. import yaml
from ..records import FixtureError, Record
from .entries import Entry, status_of
from .values import Said, licence, tagline

STATUSES = {"archived": Project.Status.DISCONTINUED}


def read(file: str, text: str, today: date) -> list[Record]:
    content = yaml.load_texts(text)
    if not isinstance(content, dict) or "landscape" not in content:
        raise FixtureError(file, "a landscape begins with “landscape:”, a list of categories")
    records: list[Record] = []
    number = 0
    for category in Said(file, content).each("landscape"):
        for subcategory in category.each("subcategories"):
            words = [category.required("name"), subcategory.required("name")]
            for item in subcategory.each("items"):
                number += 1
                records += records_of(Entry(file, number, item.line), item, words, today)
    return records


def records_of(entry: Entry, item: Said, words: list[str], today: date) -> list[Record]:
    name, prose, extra = item.required("name"), item.prose("description"), item.within("extra")
    word = "archived" if extra.value("archived") else item.text("project")
    entry.project(
        name,
        tagline=tagline(prose, name),
        description=prose,
        **licence(item.text("license")),
        **status_of(word, STATUSES, entry.file, today),
    )
    for other in item.each("additional_categories"):
        words = [*words, other.text("category"), other.text("subcategory")]
    entry.tags(filter(None, words))
    entry.links(
        home=item.text("homepage_url"),
        source=item.text("repo_url"),
        documentation=extra.text("documentation_url"),
        package=extra.text("package_manager_url"),
    )
    return entry.records
