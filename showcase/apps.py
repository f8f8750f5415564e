from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    name = "showcase"
    verbose_name = "Site"

    def ready(self):
        from people.documents import revisions  # noqa: PLC0415 (all of these need the models)
        from projects import public_writes  # noqa: PLC0415

        from . import redirects, statistics  # noqa: PLC0415
        from .access import audit  # noqa: PLC0415
        from .missed_searches import counting  # noqa: PLC0415
        from .models import Page, Redirect  # noqa: PLC0415

        revisions.register(Page, Redirect)
        public_writes.watch(Page, Redirect)
        audit.connect()
        redirects.connect()
        counting.connect()
        statistics.connect(self)
