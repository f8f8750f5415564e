"""Begins the first generation, and marks what is in the catalogue already as still to be indexed."""

from itertools import batched
from uuid import uuid4

from django.db import migrations

KINDS = {
    "project": ("projects", "Project"),
    "product": ("projects", "Product"),
    "upstream": ("projects", "Upstream"),
    "person": ("people", "Person"),
    "collection": ("projects", "Collection"),
    "tag": ("projects", "Tag"),
}


def begin(apps, schema_editor):
    # It is there already, and so are documents, if the index alone is made anew.
    generation = apps.get_model("projects", "Generation")
    generation.objects.update_or_create(pk=1, defaults={"number": 1, "token": uuid4().hex})
    document = apps.get_model("projects", "SearchDocument")
    for kind, (app, name) in KINDS.items():
        things = apps.get_model(app, name).objects.values_list("pk", flat=True)
        for some in batched(things.iterator(), 1000):
            document.objects.bulk_create(
                [document(**{f"{kind}_id": thing}, generation=1) for thing in some],
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_search_index")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
