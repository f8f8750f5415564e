"""From where, how fast and how often the form may be sent, without a cookie or a riddle.

A form begins with a signed moment. Nobody can send what they were not given, nothing is taken that
came faster than a person writes, and the same words from the same form are one enquiry.
"""

from datetime import timedelta
from math import ceil
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..visitors import network_of, pseudonym
from .models import Sending

FASTEST, LATEST = timedelta(seconds=3), timedelta(days=1)
SENT_MAX = 5

_signer = TimestampSigner(salt="showcase.enquiries")


def began_now() -> str:
    """Return what a form begins with."""
    return _signer.sign(uuid4().hex)


def form_begun(moment: str) -> UUID:
    """Return which form it is that began at a moment."""
    try:
        form = UUID(_signer.unsign(moment, max_age=LATEST))
    except (BadSignature, ValueError):
        # Nobody who sends the page that they were given needs to know the difference.
        raise ValidationError(
            _("This form was open for more than a day. Nothing is lost: please send it once more."),
            code="late",
        ) from None
    if _is_younger(moment, FASTEST):
        raise ValidationError(
            _("That was faster than people write. Please send it once more."), code="fast"
        )
    return form


def _is_younger(moment: str, age: timedelta) -> bool:
    try:
        _signer.unsign(moment, max_age=age)
    except SignatureExpired:
        return False
    return True


def is_from_here(request: HttpRequest) -> bool:
    """Tell whether a form was sent from a page of this site, as browsers say of each that is sent.

    What says nothing of it is no browser, and so nobody else's hands.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin in {None, settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}


def seconds_to_wait(request: HttpRequest) -> int:
    """Note that somebody sends something; if that is too often, tell how long they have to wait."""
    Sending.objects.forgotten().delete()
    noted = Sending.objects.create(sender=sender_of(request))
    # Noted first and counted then: of several at the same moment, none is overlooked.
    others = Sending.objects.filter(sender=noted.sender).exclude(pk=noted.pk)
    latest = others.order_by("-sent_at").values_list("sent_at", flat=True)[:SENT_MAX]
    if len(latest) < SENT_MAX:
        return 0
    noted.delete()
    left = min(latest) + Sending.WINDOW - noted.sent_at
    return max(1, ceil(left / timedelta(seconds=1)))


def sender_of(request: HttpRequest) -> str:
    """Return where something comes from, so that it can be known again today and not be read."""
    return pseudonym("enquiries.sender", timezone.localdate(), network_of(request))
