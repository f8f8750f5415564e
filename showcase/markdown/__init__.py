"""Markdown to HTML: the only place where a text of ours is declared safe.

`parsing` makes HTML that nobody trusts, `sanitising` lets through what may stand in a page, and
nothing touches it after that. What cannot be rendered is shown as it was written.
"""

import logging
import re
from hashlib import sha256
from importlib.metadata import version

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from people.markdown_limits import find_costly_markup
from people.validators import MARKDOWN_MAX_LENGTH, UNPRINTABLE

from .excerpts import excerpt
from .parsing import to_html
from .sanitising import sanitise

logger = logging.getLogger(__name__)

# Raise the first part whenever the same text should come out differently.
EDITION = "-".join(("3", version("Markdown"), version("bleach"), version("Pygments")))
CACHE_SECONDS = 30 * 24 * 3600
PREFIX = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def render(text: str, prefix: str = "text") -> SafeString:
    """Return a text as HTML that is safe in a page.

    The prefix tells the texts of one page apart: no id of one is an id of another.
    """
    if not PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} is no prefix: use lower-case letters, digits and hyphens.")
    text = UNPRINTABLE.sub("\ufffd", text)
    key = f"markdown:{sha256(f'{EDITION} {prefix} {text}'.encode()).hexdigest()}"
    html: str | None = cache.get(key)
    if html is None:
        html = _render(text, prefix)
        cache.set(key, html, CACHE_SECONDS)
    # What is cached under this key came from sanitise() or format_html().
    return mark_safe(html)  # noqa: S308


def _render(text: str, prefix: str) -> str:
    """Render a text, or show it as it was written if that would take too long or fails."""
    problem = "it is too long" if len(text) > MARKDOWN_MAX_LENGTH else find_costly_markup(text)
    if problem is None:
        try:
            return sanitise(to_html(text, prefix))
        except RecursionError:
            problem = "it is nested too deeply"
    logger.warning("Markdown shown as written in %r (%.60r): %s", prefix, text, problem)
    return format_html('<pre class="markdown-plain" tabindex="0">{}</pre>', text.strip("\n"))


def plain_text(text: str, length: int) -> str:
    """Return the beginning of a text without its markup, cut at a word."""
    return excerpt(render(text), length)
