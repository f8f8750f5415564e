from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Catalogue"

    def ready(self):
        from .search import freshness  # noqa: PLC0415 (needs the models)

        freshness.connect()
