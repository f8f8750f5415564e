"""Gives what visitors see a state of its own, beside that of the whole catalogue."""

import time
from uuid import uuid4

from django.db import migrations, models


def begin(apps, schema_editor):
    generation = apps.get_model("projects", "Generation")
    generation.objects.update(public_token=uuid4().hex, public_since=int(time.time()))


class Migration(migrations.Migration):
    dependencies = [("projects", "0009_workflow")]

    operations = [
        migrations.AddField(
            model_name="generation",
            name="public_token",
            field=models.CharField(default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="generation",
            name="public_since",
            field=models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
