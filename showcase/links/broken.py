"""The broken addresses, with what an editor needs to mend them."""

from datetime import datetime
from typing import NamedTuple

from .models import LinkCheck
from .statements import Use, uses


class BrokenLink(NamedTuple):
    url: str
    since: datetime
    detail: str
    uses: list[Use]


def broken_links() -> list[BrokenLink]:
    """Return every broken address that the catalogue states, the longest broken first."""
    checks = list(LinkCheck.objects.broken())
    found = uses([check.url for check in checks])
    return [
        BrokenLink(check.url, check.first_failed_at, check.detail, found[check.url])
        for check in checks
        if check.url in found
    ]
