"""The pictures of the site, of entries, products and people: `card.png` below their pages."""

from hashlib import sha256

from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control

from people.models import Person

from ..gone import entry_or_gone
from ..models import Product
from . import cards
from .drawing import Card, drawn

# Not longer: what is withdrawn shall not be shown by others for the rest of the day.
MAX_AGE = 600


def project_card(request, slug):
    project = entry_or_gone(slug)
    return _answer(request, cards.of_project(project))


def product_card(request, slug):
    product = get_object_or_404(Product, slug=slug)
    return _answer(request, cards.of_product(product))


def person_card(request, slug):
    person = get_object_or_404(Person.objects.listed(), slug=slug)
    return _answer(request, cards.of_person(person))


def site_card(request):
    return _answer(request, cards.of_site())


@cache_control(public=True, max_age=MAX_AGE)
def _answer(request, card):
    """Answer with a picture, or with the news that it is still the same."""
    png = picture(card)
    # Of the picture and not of its words: a new design is a new picture too.
    etag = f'"{sha256(png).hexdigest()[:32]}"'
    response = HttpResponse(png, content_type="image/png", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response)


def picture(card: Card) -> bytes:
    """Return a card as a PNG, drawn once for the same words."""
    key = sha256("\0".join(card).encode()).hexdigest()
    png: bytes | None = caches["pictures"].get(key)
    if png is None:
        png = drawn(card)
        caches["pictures"].set(key, png)
    return png
