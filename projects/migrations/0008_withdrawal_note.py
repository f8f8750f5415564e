from django.db import migrations

import people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0007_facets_in_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="withdrawal_note",
            field=people.fields.LineField(
                blank=True,
                help_text="What visitors of a withdrawn entry are told: “Its makers asked for it.”",
                max_length=400,
            ),
        ),
    ]
