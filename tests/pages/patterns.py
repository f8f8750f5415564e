"""The URL patterns of everything that is public."""

from django.urls import URLPattern, get_resolver


def public_names():
    """Yield the full name of each public address and the names of its variable parts."""
    for room in get_resolver().url_patterns:
        if room.namespace == "admin":
            continue
        for pattern in room.url_patterns:
            assert isinstance(pattern, URLPattern)
            yield f"{room.namespace}:{pattern.name}", list(pattern.pattern.converters)
