"""Shows where a hit matched, with the words marked."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html, format_html_join

from ..models import Alternative, Project
from .query import SearchQuery
from .words import names, stem

WORD = re.compile(r"[^\W_]+(?:[-_./:'\u2019][^\W_]+)*[+#]*")
# What of Markdown stands between the words: targets of links, emphasis, code.
MARKDOWN = re.compile(r"\]\([^)]*\)|[`*\[\]]|^[>#] ?", re.MULTILINE)
BEFORE, LENGTH = 60, 200
# The texts of a page have most of their words in common.
REMEMBERED = 16_384

# Where to look behind name and tagline, and what to call it; the first that matches is shown.
TEXTS = {
    "aliases": "Also known as",
    "need": "The need",
    "description": "The solution",
    "capabilities": "It can",
    "use_when": "Use it when",
    "licence": "Licence",
}
# What of other rows is searched too, and is looked up only where no text matches.
OTHERS = (
    "tag_items__tag",
    "kind_items__kind",
    "language_items__language",
    # Other names of a person are searched, and shown nowhere.
    "credits__person",
    Prefetch("alternatives", Alternative.objects.filter(other__isnull=True)),
    "relations_from__object_product",
    "contributions__upstream",
)


class Hit(NamedTuple):
    """How a project was found: its name and tagline with the words marked, and where else."""

    name: str
    tagline: str
    excerpt: str


def explained(projects: list[Project], query: SearchQuery) -> Iterator[Hit]:
    """Yield how each project was found; the database is asked only for those that need it."""
    excerpts = {
        project.pk: excerpt(project, query)
        for project in projects
        if not any(matches(project.tagline, query))
    }
    unexplained = [project for project in projects if excerpts.get(project.pk) == ""]
    prefetch_related_objects(unexplained, *OTHERS)
    for project in unexplained:
        excerpts[project.pk] = _first(_of_others(project), query)
    for project in projects:
        name, tagline = marked(project.name, query), marked(project.tagline, query)
        yield Hit(name, tagline, excerpts.get(project.pk, ""))


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
    # Single letters of a name like K8s stand in every text.
    wanted = {stem for stem in query.stems | {query.joined} if len(stem) > 1} or query.stems
    prefix = query.prefix if len(query.prefix) > 1 else ""
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


def excerpt(project: Project, query: SearchQuery) -> str:
    """Return a piece of the first text of a project that matches, under its name."""
    return _first(((label, getattr(project, field)) for field, label in TEXTS.items()), query)


def _first(texts: Iterable[tuple[str, str]], query: SearchQuery) -> str:
    for label, text in texts:
        plain = " ".join(MARKDOWN.sub("", text).split())
        if (first := next(matches(plain, query), None)) is not None:
            return format_html("{}: {}", label, marked(cut(plain, first[0]), query))
    return ""


def _of_others(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what other rows say of a project that is searched too."""
    for tagged in project.tag_items.all():
        yield "Tag", ", ".join([tagged.tag.name, *tagged.tag.aliases.splitlines()])
    yield from (("Kind", item.kind.name) for item in project.kind_items.all())
    yield from (("Language", item.language.name) for item in project.language_items.all())
    for credit in project.credits.all():
        yield "Credited", credit.person.name
    for other in project.alternatives.all():
        yield "Compared with", f"{other.name}. {other.difference}"
    for relation in project.relations_from.all():
        if relation.object_product:
            yield relation.get_verb_display().capitalize(), relation.object_product.name
    for work in project.contributions.all():
        yield "Contributed", f"{work.title}, {work.upstream.name}"


def cut(text: str, position: int) -> str:
    """Return the surroundings of a place in a text, beginning and ending with whole words."""
    start = text.rfind(" ", 0, max(0, position - BEFORE)) + 1
    end = text.find(" ", start + LENGTH)
    piece = text[start:] if end < 0 else f"{text[start:end]} …"
    return f"… {piece}" if start else piece
