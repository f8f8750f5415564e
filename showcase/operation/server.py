"""How gunicorn's own lines are written; it reads this before the application."""

from contextlib import suppress
from itertools import chain

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gunicorn.glogging import Logger  # type: ignore[import-untyped]  # has no types

from .logs import FORMATTERS


class ServerLogger(Logger):
    """Writes lines like everybody else's."""

    def setup(self, cfg):
        super().setup(cfg)
        # What is wrong with the settings is said where the application is loaded, right after.
        with suppress(ImproperlyConfigured):
            formatter = FORMATTERS[settings.LOG_FORMAT]()
            for handler in chain(self.error_log.handlers, self.access_log.handlers):
                handler.setFormatter(formatter)
