"""The addresses of pages, each worked out once: a list of entries has hundreds of links."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

# Three megabytes of them.
REMEMBERED = 8_192


def address(view: str, slug: str) -> str:
    """Return the address of the page of a thing."""
    return _address(get_script_prefix(), get_language(), view, slug)


@lru_cache(maxsize=REMEMBERED)
def _address(prefix: str, language: str | None, view: str, slug: str) -> str:
    # Where the site is mounted and the language are part of the address, and differ from request to
    # request.
    return reverse(view, kwargs={"slug": slug})
