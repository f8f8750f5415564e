"""What may stand in a field: addresses, plain text, Markdown, days.

Model fields carry these checks, so forms, the admin and fixtures share them; the renderer of
Markdown asks the same questions of the links it finds.
"""

import html
import re
from datetime import date, datetime, timedelta
from enum import Enum
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone

from .markdown_limits import find_costly_markup

WEB_URL_MAX_LENGTH = 500
MARKDOWN_MAX_LENGTH = 10_000
# No software is older; what seems to be has a slip in its year.
EARLIEST_YEAR = 1950

# Control characters other than tab and line break, halves of surrogate pairs, and what no XML may
# hold: nobody can see them, and some of them break a page, a feed or a database.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters that turn the direction of text round: what is read is not what is written.
BIDI_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_BREAK = re.compile("[\n\r\t\u2028\u2029]")

# What browsers drop from an address or read as a slash before they decide where it leads.
IGNORED_IN_URLS = re.compile(r"[\s\x00-\x20\x7f-\xa0]+")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HOST_LABEL = re.compile(r"\w(?:[\w-]{0,61}\w)?")
LINK_MAX_LENGTH = 2_000


class LinkKind(Enum):
    """Where a link may lead."""

    WEB = "another site"
    MAIL = "a mailbox"
    LOCAL = "a place on this site"


def validate_web_url(value: str) -> None:
    """Accept a full http or https address of another site, as a browser would read it."""
    if len(value) > WEB_URL_MAX_LENGTH:
        raise ValidationError(
            "This address has %(length)d characters, and %(most)d is the most. "
            "Use the short form of the page's address, without tracking parameters.",
            code="max_length",
            params={"length": len(value), "most": WEB_URL_MAX_LENGTH},
        )
    if (problem := _problem_of_web_url(value)) is not None:
        code, message = problem
        raise ValidationError(
            message, code=code, params={"value": value, "whole": whole_url(value)}
        )


def whole_url(value: str) -> str | None:
    """Return an address with the https:// that it seems to lack, if that makes it one."""
    whole = f"https://{value.strip().removeprefix('//')}"
    is_bare = "://" not in value and _problem_of_web_url(whole) is None
    return whole if is_bare else None


def _problem_of_web_url(value: str) -> tuple[str, str] | None:
    seen = as_browsers_see(value)
    if not re.match("https?://", seen, re.IGNORECASE):
        if whole_url(value):
            return "scheme", "Write the full address, beginning with https://: “%(whole)s”."
        return "scheme", (
            "Write the full address, beginning with https:// or http://, "
            "for example https://example.org/project."
        )
    if IGNORED_IN_URLS.search(value) or UNPRINTABLE.search(value) or "\\" in value:
        return "characters", (
            "Remove spaces, line breaks and backslashes from this address; "
            "a space within it is written %%20."
        )
    if "@" in _authority(seen):
        return "credentials", (
            "Remove the part before the @: an address on a public page must not hold "
            "a user name or password."
        )
    if not _has_host(seen):
        return "host", (
            "Give the name of a site that everybody can reach, such as example.org; "
            "numbers and names like localhost will not do."
        )
    return None


def link_kind(url: str) -> LinkKind | None:
    """Tell where a link leads; None if it is not safe to follow or leads nowhere."""
    if len(url) > LINK_MAX_LENGTH:
        return None
    seen = as_browsers_see(html.unescape(url))
    if seen.startswith("//"):
        seen = f"https:{seen}"
    if scheme := SCHEME.match(seen):
        return _kind_by_scheme(scheme[1].lower(), seen)
    # A colon in the first part of a path: no browser takes it for a scheme, no author needs it.
    return None if ":" in re.split("[/?#]", seen, maxsplit=1)[0] else LinkKind.LOCAL


def is_safe_link(url: str) -> bool:
    """Tell whether a link in a text may keep its target: web, mail, or within this site."""
    return link_kind(url) is not None


def _kind_by_scheme(scheme: str, seen: str) -> LinkKind | None:
    if scheme == "mailto":
        return LinkKind.MAIL if "@" in seen else None
    is_web = scheme in {"http", "https"} and "@" not in _authority(seen) and _has_host(seen)
    return LinkKind.WEB if is_web else None


def as_browsers_see(url: str) -> str:
    """Return an address without white space and controls, and with forward slashes only."""
    return IGNORED_IN_URLS.sub("", url).replace("\\", "/")


def _authority(url: str) -> str:
    """Return what stands between the slashes: user, host and port."""
    _, _, rest = url.partition("://")
    return re.split("[/?#]", rest, maxsplit=1)[0]


def _has_host(url: str) -> bool:
    """Tell whether an address names a host that everybody can reach."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    labels = host.removesuffix(".").split(".")
    return (
        len(host) <= 253
        and len(labels) > 1
        and all(HOST_LABEL.fullmatch(label) for label in labels)
        # What ends in a number is an address of four numbers, or pretends to be.
        and not labels[-1][0].isdigit()
    )


def validate_plain_text(value: str) -> None:
    """Refuse characters that nobody can see, or that make text read otherwise than written."""
    _refuse_blanks(value)
    if found := UNPRINTABLE.search(value) or BIDI_OVERRIDE.search(value):
        raise _invisible(value, found)


def validate_line(value: str) -> None:
    """Plain text on a single line."""
    validate_plain_text(value)
    if LINE_BREAK.search(value):
        raise ValidationError("Write this on one line, without tabs.", code="line_break")
    if value != value.strip():
        raise ValidationError("Remove the blanks before and after this text.", code="blanks_around")


def validate_markdown(value: str) -> None:
    """Refuse Markdown that is too long, holds control characters, or costs too much to render."""
    if len(value) > MARKDOWN_MAX_LENGTH:
        raise ValidationError(
            "This text has %(length)s characters, and %(most)s is the most. "
            "Shorten it, or move a part of it to a page of its own and link there.",
            code="max_length",
            params={"length": f"{len(value):,}", "most": f"{MARKDOWN_MAX_LENGTH:,}"},
        )
    _refuse_blanks(value)
    if found := UNPRINTABLE.search(value):
        raise _invisible(value, found)
    if problem := find_costly_markup(value):
        raise ValidationError(problem, code="costly")


def validate_happened(value: date) -> None:
    """Refuse a day or a moment that is still to come, or lies before there was software."""
    now = timezone.now() if isinstance(value, datetime) else timezone.localdate()
    # Where the sun rises earlier it is tomorrow already.
    if value > now + timedelta(days=1):
        raise ValidationError(
            "%(day)s is still to come. Write a day that has been, today at the latest.",
            code="future",
            params={"day": value.isoformat()[:10]},
        )
    if value.year < EARLIEST_YEAR:
        raise ValidationError(
            "%(day)s is before %(year)d. Look at the year: it needs all its four digits.",
            code="ancient",
            params={"day": value.isoformat()[:10], "year": EARLIEST_YEAR},
        )


def _refuse_blanks(value: str) -> None:
    if value.isspace():
        raise ValidationError(
            "This holds nothing but blanks: write something, or leave it empty.", code="only_blanks"
        )


def _invisible(value: str, found: re.Match[str]) -> ValidationError:
    return ValidationError(
        "Remove the invisible character %(code_point)s at position %(position)d, "
        "after “%(before)s”.",
        code="invisible",
        params={
            "code_point": f"U+{ord(found[0]):04X}",
            "position": found.start() + 1,
            "before": value[max(0, found.start() - 20) : found.start()],
        },
    )
