"""What every response carries, its language, and the last word on addresses that moved."""

from django.http import HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.middleware.gzip import GZipMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from people.languages import LANGUAGES, in_language, language_of, without_language
from projects import public_state
from projects.databases import PRIMARY, being_read

from . import errors
from .redirects import new_address
from .sections import leads_to_a_page
from .serving import policy
from .serving.addresses import PARAMETERS, WITHOUT_DATABASE
from .serving.front import IS_UNREACHABLE

# Each of them asks a visitor, or is about the machine that they sit at.
UNUSED_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("magnetometer", "microphone", "midi", "payment", "serial", "usb"),
)


class ResourceHeadersMiddleware:
    """Keeps other sites from embedding what this one serves, and the other way round.

    And gives up what the site never asks of a browser, whatever a page may come to hold.
    """

    GIVEN_UP = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)

    def __init__(self, get_response):
        self.get_response = get_response
        # It adds nothing to what it refuses by itself: a strange host without TLS.
        self.security = SecurityMiddleware(get_response)

    def __call__(self, request):
        response = self.security.process_response(request, self.get_response(request))
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.setdefault("Permissions-Policy", self.GIVEN_UP)
        return response


class LanguageMiddleware:
    """Answers in the language of the address.

    Django's own also looks at what the browser prefers, and tells every cache that it does.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = language_of(request.path_info)
        with override(language):
            response = self.get_response(request)
        response.setdefault("Content-Language", LANGUAGES[language].tag)
        return response


class CookielessMiddleware:
    """Leaves cookies to the admin: Django would answer a garbled one anywhere with a new one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path.startswith(reverse("admin:index")):
            response.cookies.clear()
        return response


class ReadOnlyMiddleware:
    """Answers 405 where nothing can be sent, before a form's token is asked for."""

    # The one form of visitors; see showcase/enquiries/ for how it is kept from programs.
    TAKING = "showcase:contact"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            # Django leaves the body to the server to drop, and gunicorn complains of it.
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    def process_view(self, request, view, arguments, keywords):
        match = request.resolver_match
        takes = match.view_name == self.TAKING or match.app_name == "admin"
        allowed = ["GET", "HEAD", *(["POST"] if takes else [])]
        if request.method in allowed:
            return None
        return HttpResponseNotAllowed(
            allowed,
            gettext("Nothing can be sent to this address; it can only be read.") + "\n",
            content_type="text/plain; charset=utf-8",
        )


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is text; pictures are compressed already, and have a tag of their bytes."""

    def process_response(self, request, response):
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class CachingMiddleware:
    """Says who may keep an answer: everybody, what is shown to everybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with public_state.watched() as is_of_older:
            response = self.get_response(request)
            is_present = not is_of_older.get()
        match = request.resolver_match
        is_for_everybody = match and match.view_name in PARAMETERS and is_present
        # What broke is over in a moment, and would stay where a CDN answers by itself.
        is_whole = response.status_code < 500
        if is_for_everybody and is_whole and not response.has_header("Cache-Control"):
            for name, value in policy.headers():
                response[name] = value
        response.setdefault("Cache-Control", "no-cache")
        return response


class OutageMiddleware:
    """Says at once that the database does not answer, where that was found out already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        # A replica may answer in its place.
        is_over = request.META.get(IS_UNREACHABLE) and being_read() == PRIMARY
        if not is_over or request.resolver_match.view_name in WITHOUT_DATABASE:
            return None
        return errors.unavailable(request)


class RedirectMiddleware:
    """Sends visitors of a former address to the present one, when nothing else is there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        path = new_address(without_language(request.path))
        # The new name of an entry that is not public must not come out this way.
        if path is None or not leads_to_a_page(path := in_language(path, get_language())):
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
