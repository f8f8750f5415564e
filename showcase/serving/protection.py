"""What protects an answer that Django did not make."""

import io
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.utils.module_loading import import_string

# Each of them adds the same to every answer.
MIDDLEWARE = (
    "showcase.middleware.ResourceHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
)


def headers() -> list[tuple[str, str]]:
    """Return what they say with every answer to a visitor who came by the site's own scheme."""

    def answer(request: WSGIRequest) -> HttpResponse:
        return HttpResponse()

    chain: Any = answer
    for name in reversed(MIDDLEWARE):
        chain = import_string(name)(chain)
    response = chain(
        WSGIRequest(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/",
                "wsgi.input": io.BytesIO(),
                "wsgi.url_scheme": urlsplit(settings.BASE_URL).scheme,
            }
        )
    )
    del response["Content-Type"]
    return list(response.items())
