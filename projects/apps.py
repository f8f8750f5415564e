from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = "Catalogue"

    def ready(self):
        from people.documents import revisions  # noqa: PLC0415 (needs the models)
        from people.natural_keys import NaturalKeyModel  # noqa: PLC0415

        from . import public_writes  # noqa: PLC0415
        from .search import freshness  # noqa: PLC0415

        freshness.connect()
        public_writes.connect()
        kept = (model for model in self.get_models() if issubclass(model, NaturalKeyModel))
        revisions.register(*kept)
