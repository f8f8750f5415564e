"""A bare view: thirty kilobytes that are always the same, behind Django's default middleware."""

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>A bare view</title>".ljust(30_000, b".")


def bare(request):
    return HttpResponse(PAGE)


urlpatterns = [path("", bare)]
application = get_wsgi_application()
