from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """django-reversion, under a name that editors understand."""

    name = "reversion"
    verbose_name = "History"
    # As its migrations have it.
    default_auto_field = "django.db.models.AutoField"
