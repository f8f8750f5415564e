"""Where a request came from, as far as that can be believed."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# What one customer of a provider is given; each machine in it has many addresses.
IPV6_PREFIX = 64
# What a request that was made for nobody tells of whom it was made for.
NETWORK = "showcase.network"


def network_of(request: HttpRequest) -> str:
    """Return the address of a visitor, in IPv6 that of the network; nothing if it is not known."""
    return network_in(request.META)


def network_in(environ: Mapping[str, str]) -> str:
    """Return the same of a request as WSGI has it."""
    if NETWORK in environ:
        return environ[NETWORK]
    try:
        address = ip_address(_said_address(environ))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if not isinstance(address, IPv6Address) or address.is_loopback:
        return str(address)
    return str(ip_network((int(address), IPV6_PREFIX), strict=False))


def is_somebody(network: str) -> bool:
    """Tell whether it is known who asks: not a proxy that does not say for whom it does."""
    return bool(network) and not ip_network(network).is_loopback


def pseudonym(purpose: str, period: object, network: str) -> str:
    """Return what a network is called for a while: known again within it, and not to be read."""
    return salted_hmac(f"showcase.{purpose}", f"{period} {network}", algorithm="sha256").hexdigest()


def _said_address(environ: Mapping[str, str]) -> str:
    if name := settings.PROXY_ADDRESS_HEADER:
        # A visitor may write anything into it; the proxy adds what it knows at the end.
        return environ.get(name, "").rpartition(",")[2].strip()
    return environ.get("REMOTE_ADDR", "")
