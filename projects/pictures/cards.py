"""What stands on the card of each kind of page."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext

from people.models import Person

from ..models import Product, Project
from .drawing import Card
from .lettering import writable

# More names than a card has room for.
NAMED = 24


def of_project(project: Project) -> Card:
    kinds = ", ".join(item.kind.name for item in project.kind_items.select_related("kind"))
    return _card(project, capfirst(kinds), project.tagline)


def of_product(product: Product) -> Card:
    return _card(product, gettext("Product"), product.tagline)


def of_person(person: Person) -> Card:
    """Tell of a person as their page does: by what they do, and by what they took part in."""
    credited = person.credits.public().select_related("project", "product")
    names = dict.fromkeys(credit.subject.name for credit in credited[:NAMED])
    label = person.headline or person.organisation or gettext("Person")
    return _card(person, label, ", ".join(names))


def of_site() -> Card:
    """Tell of the catalogue; its name is the headline, so that the foot has its address."""
    address = settings.BASE_URL.partition("://")[2]
    return Card("Open source catalogue", settings.SITE_NAME, settings.SITE_TAGLINE, address)


def _card(thing: Project | Product | Person, label: str, text: str) -> Card:
    # A name in letters that the fonts lack has at least an address that everybody can read.
    name = thing.name if writable(thing.name) else thing.slug
    return Card(label, name, text, settings.SITE_NAME)
