"""Asks the database's own full-text index: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

The only module that knows which database there is. Both are given stems from `words`, quoted, so
that no sign that a visitor typed is an operator to either.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.db.models import BooleanField, Expression, F, Func, QuerySet, Value
from django.db.models.expressions import Case, When

from ..databases import being_read
from ..models import SearchDocument
from . import tables
from .query import SearchQuery, Term
from .tables import FTS_TABLE

# Where the words stand decides how well they fit: names outrank taglines and tags, these the rest.
EVERYWHERE, HEAD, NAME = 1, 2, 3
COLUMNS = {EVERYWHERE: ("name", "head", "body"), HEAD: ("name", "head"), NAME: ("name",)}
VECTORS = {EVERYWHERE: "vector", HEAD: "head_vector", NAME: "name_vector"}

# The names in these are all our own; what visitors type is a parameter.
FTS5 = f"SELECT rowid FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s"  # noqa: S608
TSVECTOR = {
    relevance: f"SELECT id FROM {SearchDocument._meta.db_table} WHERE {vector} @@ %s::tsquery"  # noqa: S608
    for relevance, vector in VECTORS.items()
}


# More documents than there are.
EVERYTHING = 2**31


def documents(query: SearchQuery, relevance: int, limit: int) -> list[int]:
    """Return the keys of so many documents that match, of things of any kind, in no order."""
    if connection.vendor == "sqlite":
        return _keys(f"{FTS5} LIMIT %s", [fts5(query, relevance), limit])
    # A function of our own, that never reads every row.
    statement = f"SELECT {FTS_TABLE}_{VECTORS[relevance]}(%s::tsquery, %s::bigint)"
    return _keys(statement, [tsquery(query), limit])


def _keys(statement: str, parameters: list[Any]) -> list[int]:
    with connections[being_read()].cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(chain.from_iterable(cursor.fetchall()))


REMEDY = "Run “manage.py rebuild_search”."
# The 1 makes newer versions look at the documents too; older ones always do.
INTEGRITY_CHECK = f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 (as above)


def fault() -> str:
    """Return what is wrong with the full-text index itself, as far as a glance shows it."""
    if tables.are_whole(connection):
        return ""
    return f"The full-text index is not kept any more. {REMEDY}"


def difference() -> str:
    """Return whether the full-text index says the same as the documents; looks at all of them."""
    if connection.vendor != "sqlite":
        return ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(INTEGRITY_CHECK)
    except OperationalError:
        # It is the database that cannot be asked.
        raise
    except DatabaseError:
        return f"The full-text index does not fit the search documents. {REMEDY}"
    return ""


def mend() -> None:
    """Make the full-text index anew if something is wrong with it itself."""
    if fault() or difference():
        with transaction.atomic():
            tables.drop(connection)
            tables.create(connection)


class Matches(Func):
    """Whether a document has what is asked for, in the columns of some relevance."""

    output_field = BooleanField()
    arity = 1

    def __init__(self, document: Expression | F | str, query: SearchQuery, relevance: int):
        super().__init__(document)
        self.query, self.relevance = query, relevance

    def as_sqlite(self, compiler, connection, **context):
        document, parameters = compiler.compile(self.source_expressions[0])
        return f"{document} IN ({FTS5})", [*parameters, fts5(self.query, self.relevance)]

    def as_postgresql(self, compiler, connection, **context):
        document, parameters = compiler.compile(self.source_expressions[0])
        statement = TSVECTOR[self.relevance]
        return f"{document} IN ({statement})", [*parameters, tsquery(self.query)]


def found(rows: QuerySet, query: SearchQuery, document: str = "search_document") -> QuerySet:
    """Return the rows whose document matches, with their `relevance`."""
    if not query.terms:
        for term in query.excluded:
            rows = rows.exclude(Matches(F(document), SearchQuery((term,)), EVERYWHERE))
        every: QuerySet = rows.annotate(relevance=Value(EVERYWHERE))
        return every
    matches = {level: Matches(F(document), query, level) for level in COLUMNS}
    relevance = Case(
        When(matches[NAME], then=Value(NAME)),
        When(matches[HEAD], then=Value(HEAD)),
        default=Value(EVERYWHERE),
    )
    best: QuerySet = rows.filter(matches[EVERYWHERE]).annotate(relevance=relevance)
    return best


@dataclass(frozen=True)
class Dialect:
    """How a full-text engine writes what is asked."""

    word: Callable[[str], str]
    beginning: Callable[[str], str]
    sequence: str
    all_of: str
    any_of: str
    but_not: str

    def write(self, query: SearchQuery, words: str = "({})", values: str = "({})") -> str:
        """Return the query, its words and the values of facets as these patterns put them."""
        asked = words.format(self._words(query))
        if query.values:
            every = self.all_of.join(self._any(group) for group in query.values)
            asked = f"{asked}{self.all_of}{values.format(every)}"
        if query.without:
            asked = f"({asked}){self.but_not}{values.format(self._any(query.without))}"
        return asked

    def _words(self, query: SearchQuery) -> str:
        every = self.all_of.join(map(self._term, query.terms))
        if query.joined:
            every = self._either([f"({every})", self.word(query.joined)])
        none = self._either([self._term(term) for term in query.excluded])
        return f"{every}{self.but_not}{none}" if query.excluded else every

    def _term(self, term: Term) -> str:
        options = [
            self._together([self.word(stem) for stem in sequence]) for sequence in term.sequences
        ]
        if term.prefix:
            options.append(self.beginning(term.prefix))
        return self._either(options)

    def _any(self, words: Iterable[str]) -> str:
        return self._either(map(self.word, words))

    def _together(self, words: list[str]) -> str:
        return f"({self.sequence.join(words)})" if len(words) > 1 else words[0]

    def _either(self, options: Iterable[str]) -> str:
        return f"({self.any_of.join(options)})"


def fts5(query: SearchQuery, relevance: int) -> str:
    """Return the query in FTS5's language (https://sqlite.org/fts5.html, section 3)."""
    dialect = Dialect('"{}"'.format, '"{}"*'.format, " + ", " AND ", " OR ", " NOT ")
    columns = " ".join(COLUMNS[relevance])
    return dialect.write(query, f"{{{{{columns}}}}} : ({{}})", "{{facets}} : ({})")


def tsquery(query: SearchQuery) -> str:
    """Return the query as PostgreSQL writes a tsquery (its manual, section 8.11.2)."""
    return Dialect("'{}'".format, "'{}':*".format, " <-> ", " & ", " | ", " & !").write(query)
