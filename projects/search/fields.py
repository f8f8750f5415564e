"""What a visitor means who types tag:k8s, language:c++ or person:"Moritz Wanzenböck"."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from people.models import Person

from ..models import Language, Project, Tag
from ..models.vocabulary import slug_from_name
from . import index
from .documents import READERS
from .matching import found
from .query import SearchQuery, Term
from .words import joined, stem

type Named = Iterator[tuple[str, Iterable[str]]]


def value_of(field: str, text: str) -> str:
    """Return the value that public things give a name or an alias; else what it would be."""
    wanted = joined(text)
    for value, called in CALLED[field](wanted):
        if value == text.lower() or wanted in map(joined, called):
            return value
    # A name in another script leaves no slug; it is shown as it was typed.
    return slug_from_name(text) or text.lower()


def _tags(wanted: str) -> Named:
    yield from _documented("tag", Tag.objects.used(), wanted)


def _people(wanted: str) -> Named:
    yield from _documented("person", Person.objects.listed(), wanted)


def _documented(kind: str, public: QuerySet, wanted: str) -> Named:
    """Yield the things that have a word or a whole name as one of their words."""
    if not wanted:
        return
    index.catch_up()
    whole = SearchQuery((Term(((stem(wanted),),)),))
    _, read = READERS[kind]
    for row, texts in read(found(public, whole)):
        yield row.slug, texts.name


def _languages(wanted: str) -> Named:
    used = Language.objects.filter(projects__in=Project.objects.published()).distinct()
    for slug, name in used.values_list("slug", "name"):
        yield slug, [name]


CALLED: dict[str, Callable[[str], Named]] = {
    "tag": _tags,
    "person": _people,
    "language": _languages,
}
