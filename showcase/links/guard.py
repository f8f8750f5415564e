"""Which addresses this site may ask. Nothing here looks at the network.

An editor, or a site that redirects, must not make the server talk to what only the server reaches.
So an address is read once, here, and asked as it was read; its host is resolved once, and every
address that it resolves to has to be public before a connection is made to one of them.
"""

import ipaddress
import re
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from people.validators import LINK_MAX_LENGTH, LinkKind, as_browsers_see, link_kind

PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")

# From IANA's registries of special addresses. Of version 6 only the first network holds public
# ones: the rest is multicast, reserved, of this machine or its link, or means one of version 4.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
SPECIAL_IPV4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a provider's translation (CGNAT)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, with the metadata of many clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays to IPv6
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
SPECIAL_IPV6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo, ORCHID and benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an address of version 4
        "3fff::/20",  # documentation
    )
]


class RefusedError(ValueError):
    """An address that is not asked; the words say why."""


class Target(NamedTuple):
    """What is asked for, as it is sent."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, url: str) -> Self:
        """Read an address as a browser would, without the place within the page."""
        if link_kind(url) is not LinkKind.WEB:
            raise RefusedError("It is no full address of a public site, with http or https.")
        seen = as_browsers_see(url)
        parts = urlsplit(f"https:{seen}" if seen.startswith("//") else seen)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        scheme = parts.scheme.lower()
        target = cls(
            scheme, _ascii(parts.hostname or ""), parts.port or PORTS[scheme], iri_to_uri(path)
        )
        if len(str(target)) > LINK_MAX_LENGTH:
            raise RefusedError(f"It has more than {LINK_MAX_LENGTH:,} characters.")
        return target

    @property
    def authority(self) -> str:
        """The host, with the port if it is not the usual one."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def is_public(address: str) -> bool:
    """Tell whether a numeric address belongs to the internet that everybody reaches."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in SPECIAL_IPV4)
    # A zone names an interface of this machine.
    is_unicast = found.scope_id is None and found in PUBLIC_IPV6
    return is_unicast and not any(found in network for network in SPECIAL_IPV6)


def _ascii(host: str) -> str:
    """Return a host as it is looked up, and as TLS and the server are told."""
    try:
        name = host.removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        name = ""
    if not HOST.fullmatch(name):
        raise RefusedError("The name of its host cannot be looked up.")
    return name
