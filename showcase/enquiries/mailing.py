"""Tells by mail that somebody wrote. What is told is kept already, so that no failure loses it."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import override

from .models import Enquiry

logger = logging.getLogger(__name__)


def tell(enquiry: Enquiry) -> None:
    """Send an enquiry to those who answer it, if anybody is named."""
    if not settings.ENQUIRIES_TO:
        return
    try:
        # Whoever wrote may have written from a page in another language.
        with override(settings.LANGUAGE_CODE):
            message_about(enquiry).send()
    except (SMTPException, OSError) as error:
        # What a mail server says may hold addresses.
        kind = type(error).__name__
        logger.error("Enquiry %s was not mailed (%s); it is in the admin.", enquiry.pk, kind)


def message_about(enquiry: Enquiry) -> EmailMessage:
    """Return the mail; its headers hold nothing of a visitor's but an address that was checked."""
    about = f": {enquiry.project.name}" if enquiry.project else ""
    address = reverse("admin:showcase_enquiry_change", args=[enquiry.pk])
    lines = [
        f"From: {enquiry.name or 'no name'}, {enquiry.email or 'no address'}",
        f"Kind: {enquiry.get_kind_display()}{about}",
        f"Answer and close it: {settings.BASE_URL}{address}",
        "",
        enquiry.message,
    ]
    return EmailMessage(
        subject=f"{settings.SITE_NAME}: {enquiry}{about}",
        body="\n".join(lines),
        to=settings.ENQUIRIES_TO,
        reply_to=[enquiry.email] if enquiry.email else None,
    )
