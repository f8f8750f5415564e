from django.db import migrations, models

import people.fields


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0003_link_check"),
    ]

    operations = [
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", people.fields.LineField(max_length=80, unique=True)),
                ("count", models.PositiveIntegerField(default=1, verbose_name="times")),
                ("first_on", models.DateField(verbose_name="first looked for")),
                ("last_on", models.DateField(verbose_name="last looked for")),
            ],
            options={
                "verbose_name": "search without result",
                "verbose_name_plural": "searches without result",
                "ordering": ["-count", "-last_on", "words"],
                "indexes": [models.Index(fields=["first_on"], name="showcase_missed_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="showcase_missed_has_words",
                        violation_error_message="A search has words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)),
                        name="showcase_missed_happened",
                        violation_error_message="A search was made at least once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("first_on"))),
                        name="showcase_missed_in_order",
                        violation_error_message="The last time cannot be before the first.",
                    ),
                ],
            },
        ),
    ]
