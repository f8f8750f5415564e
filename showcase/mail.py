"""What becomes of mail on a site that sends none."""

from django.core.mail.backends import console


class PrintingBackend(console.EmailBackend):
    """Writes mail where the server writes its lines.

    A site without mail is a whole one: enquiries wait in the admin, and settings that need mail
    are refused without it. Django's own backend is one for development, and its checks say so.
    """
