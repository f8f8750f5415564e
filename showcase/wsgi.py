"""The application for gunicorn and any other WSGI server."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")

if settings.SECRET_KEY == settings.INSECURE_SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set, and a server must not run on the built-in one. Set it to a long "
        "random text; `./run` does so by itself."
    )

application = get_wsgi_application()
