"""The application for gunicorn and any other WSGI server."""

import os
import sys
from importlib import import_module

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from .connections import PGOPTIONS

# The status of a worker by which gunicorn knows that starting another one is of no use.
APP_LOAD_ERROR = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")


def make_application():
    if settings.SECRET_KEY == settings.INSECURE_SECRET_KEY:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, and a server must not run on the built-in one. Set it to a "
            "long random text; `./run` does so by itself."
        )
    os.environ.setdefault("PGOPTIONS", PGOPTIONS)
    application = get_wsgi_application()
    # Now rather than for the first visitor, so that all workers share the views.
    import_module(settings.ROOT_URLCONF)
    from .serving.front import Front  # noqa: PLC0415 (needs the models)

    # While templates are being written, nothing is kept.
    return application if settings.DEBUG else Front(application)


try:
    application = make_application()
except ImproperlyConfigured as reason:
    # The operator needs the sentence, not the way to it.
    sys.stderr.write(f"{reason}\n")
    sys.exit(APP_LOAD_ERROR)
