"""Facet values become words of the full-text indexes, so that one question asks for both.

The documents are stale afterwards: whoever searches next writes them anew, or `rebuild_search`.
Whoever lets Django rebuild this table on SQLite has to make the triggers anew: they are dropped
without a word.
"""

from django.db import migrations, models

TABLE = "projects_searchdocument"
FTS_TABLE = "projects_search"
TEXTS = ("name", "head", "body")
VECTORS = {"name_vector": "name", "head_vector": "name || ' ' || head"}
VECTORS["vector"] = f"{VECTORS['head_vector']} || ' ' || body"
# Beside the words of any weight, because the values are asked for together with them.
VALUES = " || array_to_tsvector(string_to_array(facets, ' '))"


def sqlite(columns):
    """Yield what makes the index of these columns, and the triggers that keep it."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
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
        name = f"{FTS_TABLE}_{event.lower()}{'d' if event.endswith('E') else 'ed'}"
        yield f"CREATE TRIGGER {name} AFTER {event} {of}ON {TABLE} BEGIN {statements} END"
    yield f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}) VALUES ('rebuild')"  # noqa: S608 (as above)


def postgresql(values):
    """Yield what makes the columns of vectors and their indexes."""
    columns = (
        f"ADD COLUMN {vector} tsvector GENERATED ALWAYS AS "
        f"(to_tsvector('pg_catalog.simple', {text}){values}) STORED"
        for vector, text in VECTORS.items()
    )
    yield f"ALTER TABLE {TABLE} {', '.join(columns)}"
    for vector in VECTORS:
        yield f"CREATE INDEX {FTS_TABLE}_{vector} ON {TABLE} USING gin ({vector})"


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        columns = ", ".join(f"DROP COLUMN {vector}" for vector in VECTORS)
        schema_editor.execute(f"ALTER TABLE {TABLE} {columns}")
        return
    for event in ("inserted", "deleted", "updated"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {FTS_TABLE}_{event}")
    schema_editor.execute(f"DROP TABLE IF EXISTS {FTS_TABLE}")


def create_without(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite(TEXTS) if is_sqlite else postgresql(""):
        schema_editor.execute(statement)


def create(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in sqlite((*TEXTS, "facets")) if is_sqlite else postgresql(VALUES):
        schema_editor.execute(statement)


def outdate(apps, schema_editor):
    documents = apps.get_model("projects", "SearchDocument").objects
    documents.filter(project__isnull=False).update(is_stale=True)


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_indexes_where_set")]

    operations = [
        migrations.RunPython(drop, create_without),
        migrations.AddField(
            "searchdocument",
            "facets",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(outdate, migrations.RunPython.noop),
        migrations.RunPython(create, drop),
    ]
