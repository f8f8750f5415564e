"""The catalogue that is committed, walked from the home page as a visitor could."""

import re
from itertools import pairwise
from urllib.parse import urldefrag, urljoin

from django.core.management import call_command

import pytest

from .document import HEADINGS, Document
from .sitemaps import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def fixtures(db):
    call_command("loaddata", verbosity=0)


def walk(client, *, into):
    """Follow every link that matches, beginning at the home page; return pages by address."""
    pages, ahead = {}, ["/"]
    while ahead:
        address = ahead.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = Document(response.text)
        links = [urljoin(address, link["href"]) for link in pages[address].all("a")]
        ahead += [urldefrag(link).url for link in links if re.match(into, link)]
    return pages


def test_pages_are_sound_and_hang_together(fixtures, client):
    pages = walk(client, into=r"/(?!.*(\?|\.atom))")
    for address, page in pages.items():
        assert page.problems == [], address
        assert_headings_are_in_order(page, address)
        assert_fragments_are_there(page, address, pages)
        assert not re.search(r"\*\*|\]\(|{{|{%|>\s*None\s*<", page.html), address
    for german in (False, True):
        titles = [page.title for address, page in pages.items() if is_german(address) == german]
        assert len(set(titles)) == len(titles) > 1
    assert_sitemap_names(pages, client)


def assert_headings_are_in_order(page, address):
    levels = [HEADINGS.index(heading.tag) for heading in page.all(*HEADINGS)]
    assert levels.count(0) == 1, address
    assert not [step for step in pairwise(levels) if step[1] > step[0] + 1], address


def assert_fragments_are_there(page, address, pages):
    for link in page.all("a"):
        target, fragment = urldefrag(urljoin(address, link["href"]))
        if fragment and target in pages:
            assert pages[target].all(id=fragment), (address, link["href"])


def assert_sitemap_names(pages, client):
    listed = {address.removeprefix("http://localhost:8000") for address in addresses(client)}
    # These show parts of what other pages show, and an empty comparison nothing.
    parts = ("/changelog/2", "/projects/narrow/", "/compare/")
    parts += tuple(f"/de{part}" for part in parts)
    assert listed == {address for address in pages if not address.startswith(parts)}


def is_german(address):
    return address.startswith("/de/")
