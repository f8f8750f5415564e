"""The languages of the pages. The first word of an address tells which, and nothing else does.

What belongs to the catalogue, names and texts, exists in one language only: `CONTENT`.
"""

from typing import NamedTuple

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language


class Language(NamedTuple):
    """A language by its names in HTML, in links to the same page elsewhere, and in Open Graph."""

    tag: str
    hreflang: str
    locale: str


LANGUAGES = {
    "en-gb": Language("en-GB", "en", "en_GB"),
    "de": Language("de", "de", "de_DE"),
}
CONTENT = LANGUAGES[settings.LANGUAGE_CODE]
# Those that addresses begin with; there is none for the language of the catalogue.
PREFIXES = frozenset(LANGUAGES) - {settings.LANGUAGE_CODE}


def language_of(path: str) -> str:
    """Return the language of the page at a path of this site, as Django calls it."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in PREFIXES else settings.LANGUAGE_CODE


def in_language(path: str, code: str, root: str | None = None) -> str:
    """Return the path of the same page in a language, below a root or that of the request."""
    root = root or get_script_prefix()
    rest = path.removeprefix(root)
    first, _, below = rest.partition("/")
    rest = below if first in PREFIXES else rest
    if code in PREFIXES:
        return f"{root}{code}/{rest}"
    # A link that begins with two slashes leads to another host.
    return escape_leading_slashes(f"{root}{rest}")


def without_language(path: str, root: str | None = None) -> str:
    """Return a path as it is written in the language of the catalogue."""
    return in_language(path, settings.LANGUAGE_CODE, root)


def is_content_language() -> bool:
    """Tell whether the page is in the language of the catalogue's texts."""
    return get_language() in (settings.LANGUAGE_CODE, None)


def as_content(text: str) -> str:
    """Return a text of the catalogue for a place in a sentence of ours, marked where it must be."""
    if is_content_language():
        return text
    return format_html('<span lang="{}">{}</span>', CONTENT.tag, text)
