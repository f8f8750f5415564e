"""What caches outside may do with a page: keep it, and ask before they show it."""

from functools import cache

from django.conf import settings

# A CDN may go on showing what it has for so long while it fetches anew, or while we are down.
STALE_WHILE_REVALIDATE = 10 * 60
STALE_IF_ERROR = 24 * 3600


@cache
def headers() -> tuple[tuple[str, str], ...]:
    """Return the headers of every page that is the same for everybody.

    What a CDN need not ask about for some seconds is said to it alone (RFC 9213), so that a browser
    never shows a stale page.
    """
    everybody = ("Cache-Control", "public, no-cache")
    if not settings.CDN_SECONDS:
        return (everybody,)
    for_cdn = (
        f"public, max-age={settings.CDN_SECONDS}, "
        f"stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}"
    )
    return everybody, ("CDN-Cache-Control", for_cdn)


def headers_of_age(age: int) -> tuple[tuple[str, str], ...]:
    """Return how caches and operators are told that a page was not asked for anew.

    Whoever keeps the page counts its age in (RFC 9111); a negative time to live says for how long
    it has been stale (RFC 9211).
    """
    return ("Age", str(age)), ("Cache-Status", f"showcase; hit; ttl={-age}")
