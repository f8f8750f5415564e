"""Keeps those out for a while who guess passwords, and knows the least of everybody else.

django-axes counts. What it would keep beside the name, the network and the moment is not kept.
"""

from datetime import timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt

from ..visitors import is_somebody, network_of

# So many failures of a whole network weigh as much as one of a name from there: people mistype
# their own password, and a program tries one password on many names.
NETWORK_SHARE = 6


class Handler(AxesDatabaseHandler):
    """Counts failures of a name from a network, and of all names from it."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        total = Sum("failures_since_start", default=0)
        of_name, of_network = (
            attempts.aggregate(total=total)["total"]
            for attempts in self.get_user_attempts(request, credentials)
        )
        if not is_somebody(request.axes_ip_address or ""):
            return int(of_name)
        return int(max(of_name, of_network // NETWORK_SHARE))

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget the failures of a name, but not those of others from its network."""
        of_name, _ = self.filter_user_attempts(request, credentials)
        return int(of_name.delete()[0])

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        keep_little_of(request)
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender, request, user, **kwargs):
        keep_little_of(request)
        super().user_logged_in(sender, request, user, **kwargs)

    def post_save_access_attempt(self, instance, **kwargs):
        """Drop what was sent: nobody looks at it, and it grows with each failure."""
        AccessAttempt.objects.filter(pk=instance.pk).update(get_data="", post_data="")


def keep_little_of(request: Any) -> None:
    """Leave out of what is kept with which program somebody came."""
    if request is not None:
        request.axes_user_agent = request.axes_http_accept = ""


def network(request: HttpRequest) -> str | None:
    """Return what is counted as one place; of a network in IPv6, its first address."""
    return network_of(request).partition("/")[0] or None


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any]
) -> HttpResponse:
    """Say how long to wait: the same of a name that somebody has and of one that nobody has."""
    seconds = seconds_to_wait(request, credentials)
    context = {"title": "Too many attempts", "minutes": ceil(seconds / 60)}
    context |= admin.site.each_context(request)
    page = render(request, "admin/locked_out.html", context, status=429)
    page["Retry-After"] = str(seconds)
    add_never_cache_headers(page)
    return page


def seconds_to_wait(request: Any, credentials: dict[str, Any]) -> int:
    """Return when the last failure that counts is forgotten."""
    attempts = AxesProxyHandler.get_implementation().get_user_attempts(request, credentials)
    moments = [some.aggregate(at=Max("attempt_time"))["at"] for some in attempts]
    # A superuser may have let them in this very moment.
    latest = max(filter(None, moments), default=request.axes_attempt_time)
    left = latest + settings.AXES_COOLOFF_TIME - request.axes_attempt_time
    seconds: int = ceil(left / timedelta(seconds=1))
    return max(1, seconds)
