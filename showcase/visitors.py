"""Where a request came from, as far as that can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one customer of a provider is given; each machine in it has many addresses.
IPV6_PREFIX = 64


def network_of(request: HttpRequest) -> str:
    """Return the address of a visitor, in IPv6 that of the network; nothing if it is not known."""
    try:
        address = ip_address(_said_address(request))
    except ValueError:
        return ""
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), IPV6_PREFIX), strict=False))


def _said_address(request: HttpRequest) -> str:
    if name := settings.PROXY_ADDRESS_HEADER:
        # A visitor may write anything into it; the proxy adds what it knows at the end.
        said: str = request.META.get(name, "")
        return said.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
