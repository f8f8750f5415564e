"""Shows where a hit matched, with the words marked."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import format_html, format_html_join

from ..models import Project
from .query import SearchQuery, parse
from .words import names, stem

WORD = re.compile(r"[^\W_]+(?:[-_./:'\u2019+#][^\W_]*)*")
# What of Markdown stands between the words: targets of links, emphasis, code.
MARKDOWN = re.compile(r"\]\([^)]*\)|[`*\[\]]|^[>#] ?", re.MULTILINE)
BEFORE, LENGTH = 60, 200
# The texts of a page have most of their words in common.
REMEMBERED = 16_384

# Where to look, and what to call it; the first field that matches is shown.
FIELDS = {
    "tagline": "",
    "aliases": "Also known as",
    "need": "The need",
    "description": "The solution",
    "capabilities": "It can",
    "use_when": "Use it when",
    "licence": "Licence",
}


def marked(text: str, query: SearchQuery) -> str:
    """Return a text, escaped, with the words that were asked for marked."""
    return format_html_join("", "{}{}", _pieces(text, query))


def _pieces(text: str, query: SearchQuery) -> Iterator[tuple[str, str]]:
    position = 0
    for start, end in matches(text, query):
        yield text[position:start], format_html("<mark>{}</mark>", text[start:end])
        position = end
    yield text[position:], ""


def matches(text: str, query: SearchQuery) -> Iterator[tuple[int, int]]:
    """Yield where in a text the words are that a query asks for."""
    wanted, prefix = query.stems | {query.joined}, query.prefix
    # A stem begins like its word; to find it takes longer than to look at the first letter.
    initials = {stem[:1] for stem in wanted}
    for word in WORD.finditer(text):
        if any(
            (prefix and form.startswith(prefix)) or (form[0] in initials and stem(form) in wanted)
            for form in _forms(word[0])
        ):
            yield word.span()


@lru_cache(maxsize=REMEMBERED)
def _forms(word: str) -> tuple[str, ...]:
    """Return how a word and its parts may be written."""
    found = [form for name in names(word) for form in (name.joined, *name.parts, *name.others)]
    return tuple(dict.fromkeys(found))


def excerpt(project: Project, text: str) -> str:
    """Return where a project matches: a piece of the first field that does, under its name."""
    query = parse(text)
    for field, label in FIELDS.items():
        plain = " ".join(MARKDOWN.sub("", getattr(project, field)).split())
        if (first := next(matches(plain, query), None)) is None:
            continue
        piece = cut(plain, first[0])
        shown = marked(piece, query)
        return format_html("{}: {}", label, shown) if label else shown
    return ""


def cut(text: str, position: int) -> str:
    """Return the surroundings of a place in a text, beginning and ending with whole words."""
    start = text.rfind(" ", 0, max(0, position - BEFORE)) + 1
    end = text.find(" ", start + LENGTH)
    piece = text[start:] if end < 0 else f"{text[start:end]} …"
    return f"… {piece}" if start else piece
