"""Text in a given width: what the fonts can write, where lines break, where they are cut."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
# No font has a character here, so it is drawn as every missing one is.
MISSING = "\uffff"
ELLIPSIS = "…"

type Measure = Callable[[str], float]


@lru_cache(maxsize=32)
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"SourceSans3-{weight}.otf", size)


def writable(text: str) -> str:
    """Return what of a text the fonts have letters for; the rest would be empty boxes."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(filter(_has_letter, composed)).split())


@lru_cache(maxsize=4096)
def _has_letter(character: str) -> bool:
    return character.isspace() or _drawn(character) != _drawn(MISSING)


def _drawn(character: str) -> tuple[tuple[int, int], bytes]:
    mask = font("Regular", 24).getmask(character)
    return mask.size, bytes(mask)


def wrapped(text: str, measure: Measure, width: float) -> list[str]:
    """Break a text into lines, between words where that is possible."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _pieces(word, measure, width)
    return lines


def _pieces(word: str, measure: Measure, width: float) -> list[str]:
    """Break a word that is wider than a line: after a hyphen, or else where the line ends."""
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character) > width:
            head, hyphen, tail = pieces[-1].rpartition("-")
            pieces[-1:] = [head + hyphen, tail] if head else [tail, ""]
        pieces[-1] += character
    return pieces


def cut(lines: list[str], most: int, measure: Measure, width: float) -> list[str]:
    """Return no more lines than fit, the last with an ellipsis if something is missing."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + ELLIPSIS) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,.;:-") + ELLIPSIS]
