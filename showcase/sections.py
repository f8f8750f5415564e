"""The sections of the site whose addresses carry a slug, and which rows have a page there."""

from django.urls import Resolver404, resolve

from people.languages import without_language
from people.models import Person
from projects.models import Collection, Product, Project, Tag, Upstream

from .models import Page

# By the first word of the address.
SECTIONS = {
    "projects": Project.objects.published,
    "products": Product.objects.all,
    "people": Person.objects.listed,
    "upstream": Upstream.objects.public,
    "tags": Tag.objects.public,
    "collections": Collection.objects.public,
    "about": Page.objects.all,
}


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
