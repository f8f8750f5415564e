"""The URL patterns of everything that is public."""

from django.urls import LocalePrefixPattern, URLPattern, URLResolver, get_resolver


def public_names():
    """Yield the full name of each public address and the names of its variable parts."""
    for room in rooms():
        for pattern in room.url_patterns:
            assert isinstance(pattern, URLPattern)
            yield f"{room.namespace}:{pattern.name}", list(pattern.pattern.converters)


def rooms():
    """Yield the resolver of every room that visitors come to, in whatever language."""
    for room in get_resolver().url_patterns:
        if isinstance(room.pattern, LocalePrefixPattern):
            yield from room.url_patterns
        elif isinstance(room, URLResolver) and room.namespace != "admin":
            yield room
