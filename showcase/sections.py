"""The sections of the site whose addresses carry a slug, and which rows have a page there."""

from typing import Any

from django.urls import Resolver404, resolve

from people.languages import without_language
from people.models import Person
from projects.models import Collection, Product, Project, Tag, Upstream
from projects.overview import Overview

from .models import Page

# By the first word of the address: what is asked of them is asked for a few slugs.
SECTIONS = {
    "projects": Project.objects.published,
    "products": Product.objects.all,
    "people": Person.objects.listed,
    "upstream": Upstream.objects.public,
    "tags": Tag.objects.used,
    "collections": Collection.objects.public,
    "about": Page.objects.all,
}

# Whole sections of which memory knows what is public, where the database would have to look at
# every project.
IN_MEMORY = {
    "projects": Overview.all_projects,
    "upstream": Overview.all_upstreams,
    "tags": Overview.all_tags,
}


def whole(section: str, overview: Overview) -> Any:
    """Return everything that has a page in a section, with the moments of its changes."""
    if section in IN_MEMORY:
        return IN_MEMORY[section](overview)
    return SECTIONS[section]().only("slug", "updated_at")


def slugs(section: str, overview: Overview) -> list[str]:
    """Return the slugs of all pages of a section."""
    if section == "projects":
        return overview.all_slugs()
    if section in IN_MEMORY:
        return [thing.slug for thing in whole(section, overview)]
    return list(whole(section, overview).values_list("slug", flat=True))


def leads_to_a_page(path: str) -> bool:
    """Tell whether there is an address like this, and a public row behind it if it names one.

    The answer betrays nothing hidden: it is the same for what is hidden and what is not there.
    """
    if (slug := _slug_in(path)) is None:
        return False
    section = without_language(path).split("/")[1]
    return not slug or (section in SECTIONS and SECTIONS[section]().filter(slug=slug).exists())


def _slug_in(path):
    """Return the slug in an address, nothing if it has none, and None if no view answers it."""
    # Addresses may be written without their last slash: Django adds it.
    for address in (path, f"{path}/"):
        try:
            return resolve(address).kwargs.get("slug", "")
        except Resolver404:
            continue
    return None
