"""The full-text indexes themselves, which the databases keep from the documents.

They hold nothing of their own: whatever happens to them, they can be made anew. Whoever lets Django
rebuild the table of documents on SQLite has to do that: it drops the triggers without a word.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "projects_searchdocument"
FTS_TABLE = "projects_search"
EVENTS = {"INSERT": "inserted", "UPDATE": "updated", "DELETE": "deleted"}
COLUMNS = ("name", "head", "body", "facets")
VECTORS = {"name_vector": "name", "head_vector": "name || ' ' || head"}
VECTORS["vector"] = f"{VECTORS['head_vector']} || ' ' || body"
# Beside the words of any weight, because the values are asked for together with them.
VALUES = " || array_to_tsvector(string_to_array(facets, ' '))"

NAMES_THERE = f"SELECT name FROM sqlite_master WHERE name LIKE '{FTS_TABLE}%'"  # noqa: S608 (names of our own)
COLUMNS_THERE = (
    f"SELECT attname FROM pg_attribute WHERE attrelid = '{TABLE}'::regclass AND NOT attisdropped"  # noqa: S608 (as above)
)


def sqlite() -> Iterator[str]:
    """Yield what makes the full-text index, and the triggers that keep it."""
    names = ", ".join(COLUMNS)
    old, new = (", ".join(f"{row}.{name}" for name in COLUMNS) for row in ("old", "new"))
    insert = f"INSERT INTO {FTS_TABLE} (rowid, {names}) VALUES (new.id, {new});"  # noqa: S608 (names of our own)
    delete = (
        f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rowid, {names}) VALUES ('delete', old.id, {old});"  # noqa: S608 (as above)
    )
    yield (
        f"CREATE VIRTUAL TABLE {FTS_TABLE} USING fts5("
        f"{names}, content='{TABLE}', content_rowid='id', tokenize='unicode61')"
    )
    for event, of, statements in (
        ("INSERT", "", insert),
        ("DELETE", "", delete),
        ("UPDATE", f"OF {names} ", f"{delete} {insert}"),
    ):
        yield (
            f"CREATE TRIGGER {FTS_TABLE}_{EVENTS[event]} AFTER {event} {of}ON {TABLE} "
            f"BEGIN {statements} END"
        )
    yield f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}) VALUES ('rebuild')"  # noqa: S608 (as above)


def postgresql() -> Iterator[str]:
    """Yield what makes the columns of vectors and their indexes."""
    columns = (
        f"ADD COLUMN {vector} tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('pg_catalog.simple', {text}){VALUES}) STORED"
        for vector, text in VECTORS.items()
    )
    # Nobody reads these texts: kept apart, they leave the rows of many hits on few pages.
    yield f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)"
    yield f"ALTER TABLE {TABLE} {', '.join(columns)}"
    for vector in VECTORS:
        yield f"CREATE INDEX {FTS_TABLE}_{vector} ON {TABLE} USING gin ({vector})"


def are_whole(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether everything is there that `create` makes, but for PostgreSQL's indexes."""
    if connection.vendor == "postgresql":
        wanted, there = [*VECTORS], COLUMNS_THERE
    else:
        wanted = [FTS_TABLE, *(f"{FTS_TABLE}_{event}" for event in EVENTS.values())]
        there = NAMES_THERE
    with connection.cursor() as cursor:
        cursor.execute(there)
        return {name for (name,) in cursor}.issuperset(wanted)


def drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = ", ".join(f"DROP COLUMN IF EXISTS {vector}" for vector in VECTORS)
            cursor.execute(f"ALTER TABLE {TABLE} {columns}")
            return
        for event in EVENTS.values():
            cursor.execute(f"DROP TRIGGER IF EXISTS {FTS_TABLE}_{event}")
        cursor.execute(f"DROP TABLE IF EXISTS {FTS_TABLE}")


def create(connection: BaseDatabaseWrapper) -> None:
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in sqlite() if is_sqlite else postgresql():
            cursor.execute(statement)
