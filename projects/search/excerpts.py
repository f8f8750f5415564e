"""Shows where a hit matched, with the words marked."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.languages import as_content

from ..models import Alternative, Project, Relation
from .query import SearchQuery
from .words import names, plain, stem

WORD = re.compile(r"[^\W_]+(?:[-_./:'\u2019][^\W_]+)*[+#]*")
# What of Markdown stands between the words: targets of links, emphasis, code.
# A target ends at the next one's beginning at the latest: many that stay open are read once.
MARKDOWN = re.compile(r"\]\((?:[^()]|\([^()]*+\))*+\)|[`*\[\]]|^[>#] ?", re.MULTILINE)
# What may stand inside a word that is written as one elsewhere.
NO_SIGNS = dict.fromkeys(map(ord, "-_./:'\u2019"))
BEFORE, LENGTH = 60, 200
# From this length on a stem ends otherwise than its word in one letter at most: hoping and hope. Of
# shorter ones only the first letter is sure: dying and die.
SURE_LENGTH = 4

# Where to look behind name and tagline, and what to call it; the first that matches is shown.
TEXTS: dict[str, Promise] = {
    "aliases": _("Also known as"),
    "need": _("The need"),
    "description": _("The solution"),
    "capabilities": _("It can"),
    "use_when": _("Use it when"),
    "licence": _("Licence"),
}
# What of other rows is searched too, and is not on a card; looked up where nothing else matches.
OTHERS = (
    # Other names of a person are searched, and shown nowhere.
    "credits__person",
    Prefetch("alternatives", Alternative.objects.filter(other__isnull=True)),
    Prefetch("relations_from", Relation.objects.filter(object_product__isnull=False)),
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
    marker = Marker(query)
    excerpts = {
        project.pk: marker.excerpt(chain(_of_texts(project), _of_card(project)))
        for project in projects
        if not any(marker.matches(project.tagline))
    }
    unexplained = [
        project
        for project in projects
        if excerpts.get(project.pk) == "" and not any(marker.matches(project.name))
    ]
    prefetch_related_objects(unexplained, *OTHERS)
    for project in unexplained:
        excerpts[project.pk] = marker.excerpt(_of_others(project))
    for project in projects:
        name, tagline = marker.marked(project.name), marker.marked(project.tagline)
        yield Hit(name, tagline, excerpts.get(project.pk, ""))


class Marker:
    """Finds the words in texts that a query asks for."""

    def __init__(self, query: SearchQuery):
        stems = query.stems | ({query.joined} if query.joined else set())
        # Single letters of a name like K8s stand in every text.
        self.wanted = {stem for stem in stems if len(stem) > 1} or stems
        self.prefix = query.prefix if len(query.prefix) > 1 else ""
        beginnings = {stem[:-1] if len(stem) >= SURE_LENGTH else stem[:1] for stem in self.wanted}
        self.beginnings = tuple(beginnings | ({self.prefix} if self.prefix else set()))
        self.judged: dict[str, bool] = {}

    def marked(self, text: str) -> str:
        """Return a text, escaped, with the words that were asked for marked."""
        return format_html_join("", "{}{}", self._pieces(text))

    def excerpt(self, texts: Iterable[tuple[str | Promise, str]]) -> str:
        """Return a piece of the first text that matches, under its name."""
        for label, text in texts:
            read = " ".join(MARKDOWN.sub("", text).split()) if self.may_match(text) else ""
            if (first := next(self.matches(read), None)) is not None:
                return format_html("{}: {}", label, as_content(self.marked(cut(read, first[0]))))
        return ""

    def matches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in a text the words are that the query asks for."""
        if self.may_match(text):
            for word in WORD.finditer(text):
                if self._is_wanted(word[0]):
                    yield word.span()

    def may_match(self, text: str) -> bool:
        """Tell whether the beginning of any word is somewhere: most texts need no other look."""
        letters = plain(text).lower().translate(NO_SIGNS)
        return any(beginning in letters for beginning in self.beginnings)

    def _is_wanted(self, word: str) -> bool:
        if (judged := self.judged.get(word)) is None:
            judged = self.judged[word] = self.may_match(word) and any(
                self._is_form_wanted(form)
                for name in names(word)
                for form in (name.joined, *name.parts, *name.others)
            )
        return judged

    def _is_form_wanted(self, form: str) -> bool:
        if self.prefix and form.startswith(self.prefix):
            return True
        # To find the stem takes longer than to look at the beginning.
        return form.startswith(self.beginnings) and stem(form) in self.wanted

    def _pieces(self, text: str) -> Iterator[tuple[str, str]]:
        position = 0
        for start, end in self.matches(text):
            yield text[position:start], format_html("<mark>{}</mark>", text[start:end])
            position = end
        yield text[position:], ""


def _of_texts(project: Project) -> Iterator[tuple[Promise, str]]:
    return ((label, getattr(project, field)) for field, label in TEXTS.items())


def _of_card(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what is searched of the rows that every card shows."""
    for tag in project.card.tags:
        yield gettext("Tag"), ", ".join([tag.name, *tag.aliases.splitlines()])
    yield from ((gettext("Kind"), name) for name in project.card.kinds)
    yield from ((gettext("Language"), name) for name in project.card.languages)
    yield from ((capfirst(origin.verb), origin.name) for origin in project.card.origins)


def _of_others(project: Project) -> Iterator[tuple[str, str]]:
    """Yield what is searched of other rows."""
    for credit in project.credits.all():
        yield gettext("Credited"), credit.person.name
    for other in project.alternatives.all():
        yield gettext("Compared with"), f"{other.name}. {other.difference}"
    for relation in project.relations_from.all():
        yield capfirst(relation.get_verb_display()), relation.object_product.name
    for work in project.contributions.all():
        yield gettext("Contributed"), f"{work.title}, {work.upstream.name}"


def cut(text: str, position: int) -> str:
    """Return the surroundings of a place in a text, beginning and ending with whole words."""
    start = text.rfind(" ", 0, max(0, position - BEFORE)) + 1
    end = text.find(" ", start + LENGTH)
    piece = text[start:] if end < 0 else f"{text[start:end]} …"
    return f"… {piece}" if start else piece
