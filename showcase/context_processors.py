"""What every template may use."""

from django.conf import settings
from django.utils.encoding import escape_uri_path


def site(request):
    """The site's name and its own address, and the canonical address of the page."""
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "base_url": settings.BASE_URL,
        "canonical_url": f"{settings.BASE_URL}{escape_uri_path(request.path)}",
    }
