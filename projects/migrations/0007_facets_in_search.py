"""Facet values become words of the full-text indexes, so that one question asks for both.

The documents are stale afterwards: whoever searches next writes them anew, or `rebuild_search`.
"""

from django.db import migrations, models

from projects.search import tables


def drop(apps, schema_editor):
    tables.drop(schema_editor.connection)


def outdate(apps, schema_editor):
    documents = apps.get_model("projects", "SearchDocument").objects
    documents.filter(project__isnull=False).update(is_stale=True)


def create(apps, schema_editor):
    tables.create(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("projects", "0006_indexes_where_set")]

    operations = [
        migrations.RunPython(drop),
        migrations.AddField(
            "searchdocument",
            "facets",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(outdate),
        migrations.RunPython(create),
    ]
