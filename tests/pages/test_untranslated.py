"""That no word of a German page was forgotten: each translation is put into brackets, and whatever
stands outside them has to be a name, a number, or marked as English."""

import re
from itertools import chain
from urllib.parse import unquote_plus

from django.conf import settings
from django.db import models
from django.template.autoreload import reset_loaders
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP
from django.views.csrf import csrf_failure

import pytest

from people.models import Alias, Handle, Person
from projects import articles
from projects.facets import FACETS
from projects.kept import Parts
from projects.models import Alternative, Language, Product, Project, Release, Upstream
from showcase import errors
from showcase.catalogue import MODELS
from showcase.templatetags import cards

from ..catalogue import PAGES
from ..factories import make_project
from ..unit.test_translations import key, messages
from .document import Document, Element

pytestmark = pytest.mark.django_db

BEGIN, END = "⟦", "⟧"
# What is the same in every language.
SILENT = {"code", "kbd", "script", "svg", "time"}
SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title")
METADATA = {"description", "og:title", "og:description", "og:image:alt"}
WORD = re.compile(r"[^\W\d_]+")
ODD = [
    *(f"/de/projects/narrow/{name}/" for name in FACETS),
    *(f"/de/projects/?sort={sort}" for sort in ("name", "newest", "released", "odd")),
    "/de/nothing/",
    "/de/projects/retired/",
    "/de/projects/virtr/",
    "/de/projects/?" + "a&" * 1001,
    "/de/projects/?q=zzzz",
    "/de/projects/?q=mashines",
    "/de/projects/?q=virtual+zzzz&tag=storage&sort=name",
    "/de/projects/?q=virter&kind=nothing&tag=storag",
    "/de/projects/?q=virter&tag=storage&licence=mit",
    "/de/projects/?q=libvirt+0bsd&-tag=storage",
    "/de/projects/?q=tests&q=disks&page=99",
    "/de/projects/?q=%25%25",
    "/de/projects/?q=%00",
    "/de/projects/?q=" + "+".join(map(str, range(50))),
    "/de/projects/?tag=" + "x" * 200,
    "/de/projects/?tag=" + "&tag=".join(map(str, range(7))),
    "/de/projects/?q=roland",
    "/de/projects/?compare=virter&compare=nope",
    "/de/projects/?" + "&".join(f"compare=a{number}" for number in range(7)),
    "/de/projects/narrow/tag/?contains=zz",
    "/de/compare/",
    "/de/compare/?add=zzzz",
    "/de/compare/?project=virter&add=other",
    "/de/compare/?project=virter&project=other-1&only=differences",
    "/de/compare/?project=virter&project=other-1&only=nothing&alternative=nothing",
    "/de/compare/?project=virter&project=successor",
    "/de/compare/?project=virtr&project=%00&" + "&".join(f"project=a{n}" for n in range(7)),
    "/de/compare/?" + "&".join(f"alternative=a{number}" for number in range(7)),
    *(f"/de/suggest/?q={words}" for words in ("vir", "virtr", "roland", "zzzz")),
]
MISTAKES = {
    "400": lambda request: errors.bad_request(request, None),
    "403": lambda request: errors.permission_denied(request, None),
    "403 of a form": csrf_failure,
    "500": errors.server_error,
    "503": errors.unavailable,
}
NAMED = [Alias, Alternative, Handle, Language, Person, Product, Project, Upstream]


@pytest.fixture
def asked(monkeypatch):
    """Put every German translation into brackets; return what was asked for."""
    asked = set()
    # What is remembered has no brackets yet, and must not keep these.
    reset_loaders()
    cards._link.cache_clear()
    monkeypatch.setattr(articles, "articles", Parts(0))

    def bracketed(name):
        translate = getattr(translation._trans, name)

        def translated(*texts):
            text = translate(*texts)
            if translation.get_language() != "de":
                return text
            asked.add(texts[:2] if name in {"pgettext", "npgettext"} else (None, texts[0]))
            # Both forms of a word, of which a template takes one. Escaped or not, each stays so.
            parts = text.split(",") if re.fullmatch(r"\w+,\w+", text) else [text]
            return type(text)(",".join(f"{BEGIN}{part}{END}" for part in parts))

        monkeypatch.setattr(translation._trans, name, translated)

    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        bracketed(name)
    yield asked
    reset_loaders()
    cards._link.cache_clear()


def names():
    """Return what things are called in every language."""
    yield from (settings.SITE_NAME, "GitHub", "GitLab", "Codeberg", "crates.io", "LINBIT")
    for model in NAMED:
        yield from model._default_manager.values_list("name", flat=True)
    yield from Release.objects.values_list("version", flat=True)
    yield from Upstream.objects.values_list("home_url", flat=True)
    for model in (Project, Product, Upstream):
        yield from model._default_manager.exclude(licence="").values_list("licence", flat=True)
    # The sides of an expression are choices of their own.
    yield from ("GPL-2.0-or-later", "GPL-2.0-only", "Apache-2.0", "MIT")


def words_of_the_catalogue():
    """Return every word that the title of a page may take from the catalogue."""
    words = {settings.SITE_TAGLINE}
    for model in MODELS:
        for field in model._meta.fields:
            if isinstance(field, models.CharField | models.TextField):
                words |= set(model._default_manager.values_list(field.name, flat=True))
    return {word for text in words for word in WORD.findall(text)}


class Words:
    """The words of a page that stand in no brackets, in the order of the page."""

    def __init__(self, known):
        self.depth = 0
        self.found = []
        longest_first = sorted(set(known), key=len, reverse=True)
        self.known = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)
        )

    def read(self, text):
        outside = ""
        for sign in text:
            self.depth += (sign == BEGIN) - (sign == END)
            outside += " " if self.depth or sign == END else sign
        self.found += WORD.findall(self.known.sub(" ", outside))

    def walk(self, element):
        for child in element.children:
            if not isinstance(child, Element):
                self.read(child)
            elif not is_silent(child):
                for name in SPOKEN:
                    self.read(child.attributes.get(name) or "")
                self.walk(child)


def is_silent(element):
    attributes = element.attributes
    return (
        element.tag in SILENT
        or attributes.get("lang") == "en-GB"
        or attributes.get("aria-hidden") == "true"
    )


def forgotten(html, address=""):
    """Return the words of a page that are neither translated nor the catalogue's or a visitor's."""
    page = Document(html)
    told = []
    for head in page.all("head"):
        told = [head.one("title").text, *metadata_of(head)]
        head.children = head.all("link")
    typed = WORD.findall(unquote_plus(address))
    words = Words({*names(), *typed})
    metadata = Words({*names(), *typed, *words_of_the_catalogue()})
    words.walk(page)
    for text in told:
        metadata.read(text)
    return words.found + metadata.found


def metadata_of(head):
    for meta in head.all("meta"):
        if {meta.attributes.get("name"), meta.attributes.get("property")} & METADATA:
            yield meta["content"]


def open_pages(client, addresses):
    return {address: client.get(address) for address in addresses}


def test_every_page_is_translated(asked, catalogue, client):
    make_project("Retired", state="withdrawn", status_note="So.", successor=catalogue.project)
    pages = open_pages(client, [*(f"/de{address}" for address in PAGES.values()), *ODD])
    assert {page.status_code for page in pages.values()} == {200, 400, 404, 410}
    left = {
        address: forgotten(page.text, address.partition("?")[2]) for address, page in pages.items()
    }
    assert {address: words for address, words in left.items() if words} == {}


def test_every_page_of_an_empty_catalogue_is_translated(asked, client):
    pages = open_pages(client, [f"/de{address}" for address in PAGES.values()])
    left = {
        address: forgotten(page.text, address.partition("?")[2]) for address, page in pages.items()
    }
    assert {address: words for address, words in left.items() if words} == {}


@pytest.mark.parametrize("answer", MISTAKES.values(), ids=MISTAKES)
def test_every_page_about_a_mistake_is_translated(asked, rf, answer):
    with translation.override("de"):
        assert forgotten(answer(rf.get("/de/projects/")).text) == []


def test_every_message_that_a_page_asks_for_is_known(asked, catalogue, client):
    open_pages(client, [*(f"/de{address}" for address in PAGES.values()), *ODD])
    known = {key(message) for message in messages()}
    with translation.override("en-gb"):
        months = chain(*(names.values() for names in (MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP)))
        of_django = {str(month) for month in months}
    # This one is logged.
    of_django.add("No %(verbose_name)s found matching the query")
    assert {text for context, text in asked if (context, text) not in known} <= of_django
