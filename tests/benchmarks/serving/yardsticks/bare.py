"""A bare view: thirty kilobytes that are always the same, behind Django's default middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

from . import DEFAULT_MIDDLEWARE

PAGE = b"<!doctype html><title>A bare view</title>".ljust(30_000, b".")

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    SECRET_KEY="only-for-benchmarks",
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
    ],
    MIDDLEWARE=DEFAULT_MIDDLEWARE,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)


def bare(request):
    return HttpResponse(PAGE)


urlpatterns = [path("", bare)]
application = get_wsgi_application()
