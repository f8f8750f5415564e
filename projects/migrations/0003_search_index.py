"""The full-text indexes, which the databases keep from the documents by themselves.

Whoever lets Django rebuild this table on SQLite has to make the triggers anew: they are dropped
without a word.
"""

from django.db import migrations

TABLE = "projects_searchdocument"
FTS_TABLE = "projects_search"

SQLITE = f"""
CREATE VIRTUAL TABLE {FTS_TABLE} USING fts5(
    name, head, body, content='{TABLE}', content_rowid='id', tokenize='unicode61'
);
CREATE TRIGGER {FTS_TABLE}_inserted AFTER INSERT ON {TABLE} BEGIN
    INSERT INTO {FTS_TABLE} (rowid, name, head, body)
    VALUES (new.id, new.name, new.head, new.body);
END;
CREATE TRIGGER {FTS_TABLE}_deleted AFTER DELETE ON {TABLE} BEGIN
    INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rowid, name, head, body)
    VALUES ('delete', old.id, old.name, old.head, old.body);
END;
CREATE TRIGGER {FTS_TABLE}_updated AFTER UPDATE OF name, head, body ON {TABLE} BEGIN
    INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rowid, name, head, body)
    VALUES ('delete', old.id, old.name, old.head, old.body);
    INSERT INTO {FTS_TABLE} (rowid, name, head, body)
    VALUES (new.id, new.name, new.head, new.body);
END;
"""  # noqa: S608 (names of our own)
REBUILT = f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}) VALUES ('rebuild')"  # noqa: S608 (names of our own)

# A vector for each relevance: an index of weights would have to look into every row again.
POSTGRESQL = f"""
ALTER TABLE {TABLE}
    ADD COLUMN name_vector tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.simple', name)) STORED,
    ADD COLUMN head_vector tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.simple', name || ' ' || head)) STORED,
    ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.simple', name || ' ' || head || ' ' || body)) STORED;
CREATE INDEX {FTS_TABLE}_name_vector ON {TABLE} USING gin (name_vector);
CREATE INDEX {FTS_TABLE}_head_vector ON {TABLE} USING gin (head_vector);
CREATE INDEX {FTS_TABLE}_vector ON {TABLE} USING gin (vector);
"""


def create(apps, schema_editor):
    """Make the full-text index of this database; for the migration."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    # SQLite's driver takes one statement at a time, and the triggers have semicolons in them.
    for statement in SQLITE.replace(";\nCREATE", ";\n\0CREATE").split("\0"):
        schema_editor.execute(statement)
    # There are documents already if the index alone is made anew.
    schema_editor.execute(REBUILT)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in ("name_vector", "head_vector", "vector"):
            schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN {column}")
        return
    for event in ("inserted", "deleted", "updated"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {FTS_TABLE}_{event}")
    schema_editor.execute(f"DROP TABLE IF EXISTS {FTS_TABLE}")


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_search")]

    operations = [migrations.RunPython(create, drop)]
