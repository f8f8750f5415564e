"""The application for gunicorn and any other WSGI server."""

import os
import sys
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from .connections import PGOPTIONS
from .variables import Refusal

# The status of a worker by which gunicorn knows that starting another one is of no use.
APP_LOAD_ERROR = 4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")


def check_settings():
    """Refuse what makes no sense, and what only a server cannot do without, all at once."""
    faults = []
    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except Refusal as refusal:
        faults += refusal.faults
    if not os.environ.get("SECRET_KEY", "").strip():
        faults.append(
            "SECRET_KEY is not set, and a server must not run on the built-in one. Set it to a "
            "long random text; `./run` does so by itself."
        )
    if faults:
        raise Refusal(faults)


def make_application():
    check_settings()
    os.environ.setdefault("PGOPTIONS", PGOPTIONS)
    application = get_wsgi_application()
    from django.conf import settings  # noqa: PLC0415 (read by now)

    # Now rather than for the first visitor, so that all workers share the views.
    import_module(settings.ROOT_URLCONF)
    from .operation.observer import Observer  # noqa: PLC0415 (needs the models)
    from .serving.front import Front  # noqa: PLC0415
    from .serving.unread import ReadToTheEnd  # noqa: PLC0415

    # While templates are being written, nothing is kept.
    answering = application if settings.DEBUG else Front(application)
    return Observer(ReadToTheEnd(answering))


try:
    application = make_application()
except Refusal as refusal:
    # The operator needs the sentences, not the way to them.
    sys.stderr.write(f"{refusal}\n")
    sys.exit(APP_LOAD_ERROR)
