"""Keeps the documents: marks those that a write has made stale, and writes them anew."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from typing import Any

from django.db import InternalError, OperationalError, connection, transaction

from .. import generation, public_state
from ..databases import PRIMARY
from ..faults import Fault, fault_of
from ..models import SearchDocument, SearchWord
from . import matching
from .documents import READERS, Texts

logger = logging.getLogger(__name__)

BATCH = 500
# As many as any database takes in a query.
WORDS_AT_ONCE = 10_000


def mark(kind: str, things: Iterable[int], number: int) -> None:
    """Note, in the transaction of a generation's write, that these documents are stale."""
    stale = [SearchDocument(**{f"{kind}_id": pk}, generation=number) for pk in things]
    SearchDocument.objects.bulk_create(
        stale,
        update_conflicts=True,
        update_fields=["is_stale", "generation"],
        unique_fields=[kind],
        batch_size=BATCH,
    )


def refresh_if_stale() -> None:
    """Write all stale documents anew; costs one query if there are none."""
    while is_stale(PRIMARY):
        refresh()


def is_stale(database: str) -> bool:
    """Tell whether a database has documents that are not written anew yet."""
    return SearchDocument.objects.using(database).filter(is_stale=True).exists()


def catch_up() -> bool:
    """Do the same for a reader, who waits for nobody; tell whether no document is stale.

    Whoever wrote them writes their documents right after, which may take seconds: an answer that
    waits for that holds up all others. It does without the new words, then, and is not kept.
    """
    try:
        while is_stale(PRIMARY):
            with without_waiting():
                refresh(waits=False)
    except (OperationalError, InternalError) as error:
        if fault_of(error) is not Fault.BUSY:
            # Nothing can be stored, which is no reason to show nothing.
            logger.warning("The search could not be brought up to date: %s", error)
        public_state.is_made_of_older()
        return False
    return True


@contextmanager
def without_waiting() -> Iterator[None]:
    """Fail to begin a transaction where SQLite would wait for another writer.

    PostgreSQL locks rows, and whoever locks one says whether to wait.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {before}")


def refresh(*, waits: bool = True) -> None:
    """Write stale documents anew, as many as go into a transaction."""
    stale = SearchDocument.objects.filter(is_stale=True).order_by("pk")
    with transaction.atomic():
        # Who marks one of them meanwhile waits, and its mark is not lost. Locks on the documents
        # would do as well, but each writer takes those in an order of its own: a deadlock.
        generation.hold(waits=waits)
        rows = list(stale.values(*READERS)[:BATCH])
        for kind in READERS:
            if things := [row[kind] for row in rows if row[kind]]:
                write(kind, things)


def size() -> int:
    """Return how many documents there have to be."""
    return sum(model._default_manager.count() for model, _ in READERS.values())


def rebuild() -> Iterator[int]:
    """Write every document anew; yield how many, batch by batch, each of which leaves it whole."""
    matching.mend()
    with transaction.atomic():
        latest = generation.advance()
        # Pages may be kept that were made with an index that had lost something.
        public_state.renew()
    known: dict[str, str] = {}
    for kind, (model, _) in READERS.items():
        things = model._default_manager.order_by("pk").values_list("pk", flat=True)
        # A list, because SQLite's log of writes would grow for as long as a cursor is open.
        for batch in batched(list(things), BATCH):
            with transaction.atomic():
                latest += 1
                mark(kind, batch, generation.advance())
                write(kind, batch, known)
            yield len(batch)
    forget_words(known, latest)
    with connection.cursor() as cursor:
        # SQLite never finds out by itself which of its indexes serve best in a large catalogue.
        cursor.execute("ANALYZE")


def forget_words(known: dict[str, str], number: int) -> None:
    """Delete the words that no document has, as long as the catalogue is the one they are from.

    Otherwise they stay until next time, and do no harm: whether a word is still found is asked
    before it is offered.
    """
    with transaction.atomic():
        generation.hold()
        if generation.current().number != number:
            return
        words = SearchWord.objects.values_list("pk", "word", "name").iterator()
        gone = [pk for pk, word, name in words if known.get(word) != name]
        for some in batched(gone, WORDS_AT_ONCE):
            SearchWord.objects.filter(pk__in=some).delete()
        add_words(known, known_among(known))


def write(kind: str, things: Iterable[int], known: dict[str, str] | None = None) -> None:
    """Write the documents of some things, and the words that are not known yet."""
    vocabulary: dict[str, str] = {}
    documents = []
    for row, content in texts(kind, things):
        documents.append(SearchDocument(**{kind: row}, **content.columns(), is_stale=False))
        for word, name in content.vocabulary().items():
            # What is a name somewhere stays one, whatever else it is elsewhere.
            vocabulary[word] = name or vocabulary.get(word, "")
    SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        update_fields=["name", "head", "body", "facets", "is_stale"],
        unique_fields=[kind],
    )
    add_words(vocabulary, known_among(vocabulary) if known is None else known)


def known_among(words: Iterable[str]) -> dict[str, str]:
    """Return which words the catalogue has, with the names they stand for."""
    known: dict[str, str] = {}
    for some in batched(words, WORDS_AT_ONCE):
        found = SearchWord.objects.filter(word__in=some)
        known |= found.values_list("word", "name")
    return known


def add_words(words: dict[str, str], known: dict[str, str]) -> None:
    """Add what is new to the words of the catalogue, and to those that are known."""
    new = {
        word: name
        for word, name in sorted(words.items())
        if word not in known or (name and name != known[word])
    }
    # A word that turns out to be a name gets a new row: whoever knows the older ones looks for it.
    SearchWord.objects.filter(word__in=[word for word, name in new.items() if name]).delete()
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, name=name) for word, name in new.items()], ignore_conflicts=True
    )
    known |= new


def texts(kind: str, numbers: Iterable[int]) -> Iterator[tuple[Any, Texts]]:
    model, read = READERS[kind]
    return read(model._default_manager.filter(pk__in=list(numbers)))
