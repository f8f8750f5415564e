"""What an editor may want to look at again. A hint never keeps anything from being saved."""

import re
from collections.abc import Iterator

from django.db.models import Field, Model

from .fences import LEXERS, Fence, split_fences
from .fields import LinesField, MarkdownField, WebAddressField

LINE_LENGTH = 160
PARAGRAPH_LENGTH = 800

# Possessive, like Markdown: half a run of backticks is no beginning.
CODE_SPAN = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
BARE_URL = re.compile(
    r"(?<![\w./@:-])(?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org)/[\w./~+-]*\w",
    re.IGNORECASE,
)


def hints(field: Field, value: str, row: Model) -> Iterator[str]:
    """Say what about the value of a row's field is allowed, and seldom meant."""
    if field.name == "tagline":
        yield from _about_tagline(value, getattr(row, "name", ""))
    elif isinstance(field, WebAddressField):
        yield from _about_address(value)
    elif isinstance(field, LinesField):
        yield from _about_lines(value)
    elif isinstance(field, MarkdownField):
        yield from _about_prose(value, getattr(row, "tagline", ""))


def _about_tagline(value: str, name: str) -> Iterator[str]:
    if not value.endswith((".", "!", "?")):
        yield "A tagline is a sentence: it ends with a full stop."
    if name and re.match(rf"{re.escape(name)}\b", value, re.IGNORECASE):
        yield "The name stands beside the tagline already: begin with what it does."


def _about_address(value: str) -> Iterator[str]:
    if value.lower().startswith("http://"):
        yield f"See whether “https://{value[len('http://') :]}” works too, and write that."


def _about_lines(value: str) -> Iterator[str]:
    for line in value.splitlines():
        if len(line) > LINE_LENGTH:
            yield (
                f"“{line[:40]}…” has {len(line)} characters: up to {LINE_LENGTH} are read at a "
                "glance. Say the rest in the description."
            )


def _about_prose(value: str, tagline: str) -> Iterator[str]:
    parts = list(split_fences(value.split("\n")))
    prose = "\n".join(part for part in parts if isinstance(part, str))
    if tagline and tagline.rstrip(".").lower() in prose.lower():
        yield "This repeats the tagline, which stands above it."
    if len(value) > PARAGRAPH_LENGTH and not re.search(r"\n\s*\n", value.strip()):
        yield "This is one long paragraph. Put blank lines where a new thought begins."
    for url in dict.fromkeys(BARE_URL.findall(CODE_SPAN.sub("", prose))):
        yield f"“{url}” looks like an address without https://. Write “https://{url}”."
    languages = (part.language.lower() for part in parts if isinstance(part, Fence))
    for language in dict.fromkeys(languages):
        if language and language not in LEXERS:
            yield (
                f"Code in “{language}” stays without colours, as this language is not known. "
                f"Known are for example {', '.join(list(LEXERS)[:4])}."
            )
