"""The colours of code can be read on their background, in light and in dark."""

import math
import re

import pytest

from showcase.markdown.sanitising import TOKEN_CLASSES
from tests import ROOT

PAIR = re.compile(r"--([\w-]+): light-dark\(oklch\((.+?)\), oklch\((.+?)\)\)")
LEAST_CONTRAST = 4.5


def pairs_in(name):
    css = (ROOT / "static" / "css" / name).read_text()
    return {name: colours for name, *colours in PAIR.findall(css)}


def luminance(oklch):
    """Return how bright a colour is, as WCAG counts it."""
    lightness, chroma, hue = (float(part.rstrip("%")) for part in oklch.split())
    a, b = (chroma * f(math.radians(hue)) for f in (math.cos, math.sin))
    cones = (
        lightness / 100 + 0.3963377774 * a + 0.2158037573 * b,
        lightness / 100 - 0.1055613458 * a - 0.0638541728 * b,
        lightness / 100 - 0.0894841775 * a - 1.2914855480 * b,
    )
    long, middle, short = (cone**3 for cone in cones)
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    shares = zip((0.2126, 0.7152, 0.0722), (red, green, blue), strict=True)
    return sum(share * min(max(colour, 0), 1) for share, colour in shares)


def contrast(one, other):
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_right():
    assert contrast("100% 0 0", "0% 0 0") == pytest.approx(21, abs=0.01)
    # #777 on white, the textbook's example of not quite enough.
    assert contrast("56.93% 0 0", "100% 0 0") == pytest.approx(4.48, abs=0.02)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_code_can_be_read_in_every_colour(scheme):
    index = ["light", "dark"].index(scheme)
    background = pairs_in("tokens.css")["code"][index]
    colours = {name: pair[index] for name, pair in pairs_in("syntax.css").items()}
    assert colours
    contrasts = {name: contrast(colour, background) for name, colour in colours.items()}
    assert {name: ratio for name, ratio in contrasts.items() if ratio < LEAST_CONTRAST} == {}


def test_every_class_in_the_stylesheet_is_one_that_code_can_have():
    css = (ROOT / "static" / "css" / "syntax.css").read_text()
    selectors = re.findall(r"^\s*(?:& )(.+) \{", css, re.MULTILINE)
    classes = {name for selector in selectors for name in re.findall(r"\.(\w+)", selector)}
    assert classes
    assert classes <= TOKEN_CLASSES
