from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "showcase"
    verbose_name = "Site"

    def ready(self):
        from . import redirects  # noqa: F401, PLC0415 (connects its receiver)
