"""What every template may use."""

from django.conf import settings
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject

from projects.pictures.colours import DARK, LIGHT
from projects.prepared import Prepared

from .models import Page

PROSE = Prepared(Page, lambda: Page.objects.values_list("slug"), keys=0)


def site(request):
    """The site's name and address, the canonical address of the page, and which prose there is."""
    return {
        "site_name": settings.SITE_NAME,
        "site_tagline": settings.SITE_TAGLINE,
        "base_url": settings.BASE_URL,
        "canonical_url": f"{settings.BASE_URL}{escape_uri_path(request.path)}",
        "theme_colours": {"light": LIGHT["paper"].hex, "dark": DARK["paper"].hex},
        # Asks the database once, and only if a template asks for it.
        "prose": SimpleLazyObject(lambda: [slug for (slug,) in PROSE.rows()]),
    }
