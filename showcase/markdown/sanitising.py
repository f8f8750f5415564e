"""What HTML may pass into a page. The only module that imports bleach, so that it can go.

bleach 6.4 is its last release. Whatever takes its place has to pass tests/markdown.
"""

import re
from collections.abc import Callable

from bleach.sanitizer import Cleaner
from pygments.token import STANDARD_TYPES

from people.validators import UNPRINTABLE, LinkKind, is_safe_link, link_kind

AMPERSAND = re.compile(r"&(?:#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});|[a-zA-Z][a-zA-Z0-9]{1,31};)?")
# Each reader drops a line break that a `pre` begins with: the next one would read something else.
FIRST_LINES = re.compile(r"(<pre[^>]*>)\n+")
ID = re.compile(r"md-[a-z0-9-]+")
TOKEN_CLASSES = frozenset(STANDARD_TYPES.values()) - {""}
BLOCK_CLASSES = frozenset({"footnote", "table-scroll"})
ADMONITION = re.compile(r"admonition [a-z][a-z0-9-]{0,30}")
LANGUAGE = re.compile(r"language-[a-z0-9#+.-]{1,30}")

Check = Callable[[str], object]


def exactly(*values: str) -> Check:
    return frozenset(values).__contains__


def is_own_picture(value: str) -> bool:
    return link_kind(value) is LinkKind.LOCAL


def is_block_class(value: str) -> bool:
    return value in BLOCK_CLASSES or ADMONITION.fullmatch(value) is not None


def anything(value: str) -> bool:
    return True


ALIGNED: dict[str, Check] = {"class": exactly("align-left", "align-center", "align-right")}
IDENTIFIED: dict[str, Check] = {"id": ID.fullmatch}

# Every tag that may stand in a text, every attribute that it may have, and what that may say.
ALLOWED: dict[str, dict[str, Check]] = {
    "a": {
        "href": is_safe_link,
        "title": anything,
        "rel": exactly("nofollow noopener ugc"),
        "class": exactly("anchor", "footnote-ref", "footnote-backref"),
        "aria-label": re.compile(r"Jump back to footnote \d+ in the text").fullmatch,
    },
    "abbr": {"title": anything},
    "blockquote": {},
    "br": {},
    "code": {"class": LANGUAGE.fullmatch},
    "dd": {},
    "del": {},
    "div": {
        "class": is_block_class,
        "role": exactly("group"),
        "aria-label": exactly("Table"),
        "tabindex": exactly("0"),
    },
    "dl": {},
    "dt": {},
    "em": {},
    "h2": IDENTIFIED,
    "h3": IDENTIFIED,
    "h4": IDENTIFIED,
    "h5": IDENTIFIED,
    "h6": IDENTIFIED,
    "hr": {},
    "img": {
        "src": is_own_picture,
        "alt": anything,
        "title": anything,
        "loading": exactly("lazy"),
    },
    "li": IDENTIFIED,
    "ol": {"start": re.compile(r"[0-9]{1,9}").fullmatch},
    "p": {"class": exactly("admonition-title")},
    "pre": {"class": exactly("highlight", "markdown-plain"), "tabindex": exactly("0")},
    "span": {"class": TOKEN_CLASSES.__contains__},
    "strong": {},
    "sup": IDENTIFIED,
    "table": {},
    "tbody": {},
    "td": ALIGNED,
    "th": ALIGNED,
    "thead": {},
    "tr": {},
    "ul": {},
}


def sanitise(html: str) -> str:
    """Return the part of some HTML that is allowed; anything else is shown as text or left out."""
    # A cleaner holds the state of its parser: one for each call, as threads must not share it.
    cleaner = Cleaner(tags=ALLOWED, attributes=_is_allowed, protocols=("http", "https", "mailto"))
    return FIRST_LINES.sub(r"\1", cleaner.clean(AMPERSAND.sub(_mend_ampersand, html)))


def _is_allowed(tag: str, name: str, value: str) -> bool:
    check = ALLOWED[tag].get(name)
    return check is not None and bool(check(value))


def _mend_ampersand(match: re.Match[str]) -> str:
    """Escape what begins no entity, as bleach fails on some; let no entity hide a control."""
    if match[0] == "&":
        return "&amp;"
    if match[1] is None and match[2] is None:
        return match[0]
    number = int(match[1]) if match[1] else int(match[2], 16)
    is_printable = 0 < number < 0x110000 and not UNPRINTABLE.match(chr(number))
    return match[0] if is_printable else "\ufffd"
