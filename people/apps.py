from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"

    def ready(self):
        from .documents import revisions  # noqa: PLC0415 (needs the models)

        revisions.register(*self.get_models())
