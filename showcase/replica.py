"""Lets visitors read the replica, as long as it shows what the primary would.

Nothing stale is shown: the replica answers for a request only if it is at the state that the
primary is at when the request comes. If it is behind or does not answer, the primary does. If the
primary does not answer, the replica does, as long as its state is the last that this process saw.
"""

import logging
from time import monotonic

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections
from django.http import HttpRequest

from people.languages import without_language
from projects import public_state
from projects.databases import PRIMARY, REPLICA, reading
from projects.public_state import PublicState
from projects.search import index

from .operation.counters import shared
from .serving.front import IS_UNREACHABLE, STATE

logger = logging.getLogger(__name__)

# Seconds for which a replica that did not answer is not asked again.
PAUSE = 5
# Where pages show what is not public yet, or how the primary is.
OF_THE_PRIMARY = {"admin", "healthz", "metrics", "preview", "readyz", "styleguide"}


class ReplicaMiddleware:
    """Decides for each request which database is read; one of these serves a whole process."""

    def __init__(self, get_response):
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.paused_until = 0.0

    def __call__(self, request):
        if not is_of_a_visitor(request) or not self.is_present(request):
            return self.get_response(request)
        with reading(REPLICA):
            response = self.get_response(request)
        shared.add("replica")
        if response.status_code == 503 and connections[REPLICA].errors_occurred:
            # It went away in the middle. Nothing was written, so all of it can be done again.
            self.pause("stopped answering")
            return self.get_response(request)
        return response

    def is_present(self, request: HttpRequest) -> bool:
        """Tell whether the replica shows what the primary would, or would have shown last."""
        if monotonic() < self.paused_until:
            return False
        try:
            return self.is_at(request.META.get(STATE) or public_state.as_written(PRIMARY))
        except Error as error:
            # Asked again for each request: nobody else tells what was written meanwhile.
            if self.is_at(public_state.last_seen.state):
                logger.warning("The primary does not answer, the replica does instead: %s", error)
                return True
            if request.META.get(IS_UNREACHABLE):
                return False
            raise

    def is_at(self, state: PublicState) -> bool:
        """Tell whether the replica shows a state; if it does not answer, it is left alone."""
        try:
            return shows(state)
        except Error as error:
            self.pause(error)
            return False

    def pause(self, reason: object) -> None:
        """Leave the replica alone for a while, so that not every visitor waits for it."""
        logger.warning("The replica is not read for %s seconds: %s", PAUSE, reason)
        self.paused_until = monotonic() + PAUSE


def shows(state: PublicState) -> bool:
    """Tell whether the replica is at a state, and its search up to it."""
    written = public_state.as_written(REPLICA)
    return bool(written.token) and state.is_of(written) and not index.is_stale(REPLICA)


def is_of_a_visitor(request: HttpRequest) -> bool:
    """Tell whether a request only reads what is public; who is signed in may have written."""
    section = without_language(request.path_info, root="/").split("/")[1]
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in {"GET", "HEAD"} and section not in OF_THE_PRIMARY and not is_signed_in
