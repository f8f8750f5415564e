from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("showcase", "0002_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=2000, unique=True, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ok", "in order"),
                            ("moved", "moved for good"),
                            ("failed-once", "failed once"),
                            ("broken", "broken"),
                            ("unreachable", "not reached"),
                            ("refused", "not asked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(null=True, verbose_name="HTTP status")),
                (
                    "detail",
                    models.CharField(blank=True, max_length=300, verbose_name="what was found"),
                ),
                (
                    "new_url",
                    models.CharField(blank=True, max_length=2000, verbose_name="new address"),
                ),
                ("checked_at", models.DateTimeField(verbose_name="last checked")),
                (
                    "first_failed_at",
                    models.DateTimeField(null=True, verbose_name="without success since"),
                ),
                (
                    "failures",
                    models.PositiveIntegerField(
                        default=0, verbose_name="without success, times in a row"
                    ),
                ),
            ],
            options={
                "ordering": ["url"],
                "permissions": [("check_linkcheck", "Can have addresses checked again")],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "moved"), ("new_url", ""), _connector="XOR"),
                        name="showcase_linkcheck_moved_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failures", 0), ("first_failed_at__isnull", False), _connector="XOR"
                        ),
                        name="showcase_linkcheck_failed_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "broken"), _negated=True),
                            ("failures__gte", 2),
                            _connector="OR",
                        ),
                        name="showcase_linkcheck_broken_twice",
                    ),
                ],
            },
        ),
    ]
