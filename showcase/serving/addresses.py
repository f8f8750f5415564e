"""Which addresses show the same to everybody, and the one form of each.

What an address may have beside its path is listed here: everything else is dropped before anybody
sees it, so that no kept page depends on it and nobody can fill the memory with copies.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

from people.languages import without_language
from projects.comparison import ALTERNATIVE, ENTRY, ONLY, TRAY
from projects.facets import FACETS

REMEMBERED = 1_024
MAX_LENGTH = 2_000
PARAMETERS_MAX = 100


class Address(NamedTuple):
    """A path and the parameters that count, in a fixed order."""

    path: str
    query: str


_NONE: frozenset[str] = frozenset()
_PAGED = frozenset({"page"})
_WITH_CARDS = frozenset({TRAY})
_FILTERS = frozenset({"q", "sort", *FACETS, *(f"-{name}" for name in FACETS)})

# By the name of the view. Those that are not here are Django's alone: the admin, previews, probes,
# and pictures, which are kept by themselves.
PARAMETERS: Mapping[str, frozenset[str]] = {
    "showcase:home": _WITH_CARDS,
    "showcase:about": _NONE,
    "showcase:page": _NONE,
    "showcase:feeds": _NONE,
    "showcase:opensearch": _NONE,
    "files:robots": _NONE,
    "files:llms": _NONE,
    "files:sitemap": _NONE,
    "files:sitemap_section": frozenset({"p"}),
    "projects:project_list": _FILTERS | _PAGED | _WITH_CARDS,
    "projects:facet": _FILTERS | _WITH_CARDS | {"contains"},
    "projects:suggest": frozenset({"q"}),
    "projects:project_feed": _FILTERS,
    "projects:project": _NONE,
    "projects:project_releases": _NONE,
    "projects:compare": frozenset({ENTRY, ALTERNATIVE, ONLY, "add"}),
    "projects:product_list": _NONE,
    "projects:product": _WITH_CARDS,
    "projects:upstream_list": _PAGED,
    "projects:upstream": _NONE,
    "projects:tag_list": _NONE,
    "projects:tag": _WITH_CARDS,
    "projects:tag_feed": _NONE,
    "projects:collection_list": _PAGED,
    "projects:collection": _PAGED | _WITH_CARDS,
    "projects:release_list": _PAGED,
    "projects:release_feed": _NONE,
    "projects:changelog": _NONE,
    "projects:changelog_feed": _NONE,
    "projects:changelog_year": _NONE,
    "people:person_list": _PAGED,
    "people:person": _WITH_CARDS,
}
# Robots that get no answer here leave the whole site alone for a while.
WITHOUT_DATABASE = frozenset({"files:robots", "showcase:opensearch"})


def canonical(path: str, query: str) -> Address | None:
    """Return the one form of an address, or nothing if what it shows is not for everybody.

    Takes path and query as WSGI has them, and gives them back in the same form.
    """
    # Addresses may be as long as anybody likes: such are not remembered either.
    return _canonical(path, query) if len(path) + len(query) <= MAX_LENGTH else None


@lru_cache(maxsize=REMEMBERED)
def _canonical(path: str, query: str) -> Address | None:
    known = _parameters(path)
    if known is None:
        return None
    try:
        text = query.encode("latin-1").decode()
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=PARAMETERS_MAX)
    except ValueError:
        return None
    # The order of values of one name may count, that of names does not.
    kept = sorted((pair for pair in pairs if pair[0] in known), key=lambda pair: pair[0])
    return Address(path, urlencode(kept))


def _parameters(path: str) -> frozenset[str] | None:
    try:
        # WSGI has the bytes of the path as if they were Latin-1 (PEP 3333).
        text = path.encode("latin-1").decode()
        with override(settings.LANGUAGE_CODE):
            # No request has begun: the root that this thread knows is that of the one before.
            return PARAMETERS.get(resolve(without_language(text, root="/")).view_name)
    except (UnicodeError, Resolver404):
        return None
