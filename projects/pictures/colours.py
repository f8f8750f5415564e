"""The colours of the site as bytes: for pictures, and for what browsers draw around a page.

They have one place, the style sheet, which says them in OKLCH; programs outside a page want sRGB.
"""

import re
from math import cos, radians, sin
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
OKLCH = r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)"
TOKEN = re.compile(rf"(?<!-)--([a-z-]+): light-dark\({OKLCH}, {OKLCH}\);")


class Colour(NamedTuple):
    """A colour in sRGB."""

    red: int
    green: int
    blue: int

    @property
    def hex(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def from_oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the nearest colour that a screen has; the numbers are Björn Ottosson's."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Colour(
        _byte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _byte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _byte(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _byte(linear: float) -> int:
    linear = min(max(linear, 0.0), 1.0)
    bent = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(255 * bent)


def palettes(css: str) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """Return the colours of a style sheet by name, those of the light theme and of the dark."""
    light, dark = {}, {}
    # What follows is for those who ask for more contrast.
    usual = css.partition("@media")[0]
    for name, *numbers in TOKEN.findall(usual):
        first, second = (
            from_oklch(float(lightness) / 100, float(chroma), float(hue))
            for lightness, chroma, hue in (numbers[:3], numbers[3:])
        )
        light[name], dark[name] = first, second
    return light, dark


LIGHT, DARK = palettes(TOKENS.read_text(encoding="utf-8"))
