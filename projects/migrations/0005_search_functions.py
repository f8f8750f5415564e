"""How PostgreSQL is asked for words: by its full-text indexes, however common the words are.

Left to itself it would read every row for common ones: it counts the rows, and not how long it
takes to unpack their vectors. And where its memory for a question is short, the index tells it only
which pages to look at, and it unpacks every vector on these. A function keeps settings of its own;
without one, each question would need a transaction around it.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION projects_search_{vector}(query tsquery, most bigint) RETURNS SETOF bigint
    LANGUAGE sql STABLE PARALLEL SAFE SET enable_seqscan = off SET work_mem = '64MB'
    AS $$ SELECT id FROM projects_searchdocument WHERE {vector} @@ query LIMIT most $$
"""
VECTORS = ("name_vector", "head_vector", "vector")


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for vector in VECTORS:
            schema_editor.execute(FUNCTION.format(vector=vector))


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for vector in VECTORS:
            schema_editor.execute(f"DROP FUNCTION projects_search_{vector}(tsquery, bigint)")


class Migration(migrations.Migration):
    dependencies = [("projects", "0004_first_generation")]

    operations = [migrations.RunPython(create, drop)]
