"""What the design is made of, read from the files that have it: colours, sizes, icons."""

import re
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from projects.pictures.colours import DARK, LIGHT, TOKENS, Colour

SPRITE = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"
SIZE = re.compile(r"--((?:text|space)(?:-[a-z0-9]+)?): ([^;]+);")
LABELS = Path(settings.BASE_DIR) / "static" / "css" / "labels.css"
HUE = re.compile(r"\.monogram--([a-z-]+)[^{]*{\s*--tint")
SYMBOL = re.compile(r'<symbol id="([^"]+)"')
# What stands on a wash has the ink of the same name.
INK, WASH = "-ink", "-wash"


class Shade(NamedTuple):
    """A colour in one theme, with its contrast to the page and to its own wash, if it has one."""

    hex: str
    on_page: float
    on_wash: float | None


class Swatch(NamedTuple):
    """A colour of both themes."""

    name: str
    light: Shade
    dark: Shade

    @property
    def shades(self) -> tuple[Shade, Shade]:
        return self.light, self.dark


class Size(NamedTuple):
    """A step of a scale."""

    name: str
    value: str


def swatches() -> list[Swatch]:
    return [Swatch(name, _shade(name, LIGHT), _shade(name, DARK)) for name in LIGHT]


def sizes(scale: str) -> list[Size]:
    """Return the steps of a scale: "text" or "space"."""
    found = (Size(*pair) for pair in SIZE.findall(TOKENS.read_text(encoding="utf-8")))
    return [size for size in found if size.name.partition("-")[0] == scale]


def icons() -> list[str]:
    return SYMBOL.findall(SPRITE.read_text(encoding="utf-8"))


def hues() -> list[str]:
    """Return the kinds whose monograms have a hue of their own."""
    return HUE.findall(LABELS.read_text(encoding="utf-8"))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _shade(name: str, palette: dict[str, Colour]) -> Shade:
    colour = palette[name]
    wash = palette.get(name.removesuffix(INK) + WASH) if name.endswith(INK) else None
    on_wash = contrast(colour, wash) if wash else None
    return Shade(colour.hex, contrast(colour, palette["paper"]), on_wash)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(byte / 255) for byte in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
