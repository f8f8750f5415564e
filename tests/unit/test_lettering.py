"""Text set in a width, and colours as screens have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.pictures.colours import DARK, LIGHT, Colour, from_oklch, palettes
from projects.pictures.lettering import cut, font, wrapped, writable

WIDTH = 10


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("short", ["short"]),
        ("one two three", ["one two", "three"]),
        ("abcdefghijklmno", ["abcdefghij", "klmno"]),
        ("ab-cdefgh-ijkl", ["ab-cdefgh-", "ijkl"]),
        ("a abcdefghijklm n", ["a", "abcdefghij", "klm n"]),
    ],
)
def test_lines_break_between_words_then_after_hyphens_then_anywhere(text, lines):
    assert wrapped(text, len, WIDTH) == lines


@given(st.text(alphabet="ab -", max_size=60))
def test_nothing_is_lost_and_no_line_is_too_wide(text):
    lines = wrapped(text, len, WIDTH)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(0 < len(line) <= WIDTH for line in lines)


def test_text_that_is_too_long_ends_in_an_ellipsis():
    assert cut(["one two", "three"], 2, len, WIDTH) == ["one two", "three"]
    assert cut(["one two", "three, fo", "ur"], 2, len, WIDTH) == ["one two", "three, fo…"]
    assert cut(["abcdefghi,", "j"], 1, len, WIDTH) == ["abcdefghi…"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Wanzenböck", "Wanzenböck"),
        ("Wanzenbo\u0308ck", "Wanzenböck"),
        ("Café \N{ROCKET} tools", "Café tools"),
        ("日本語", ""),
    ],
)
def test_letters_that_the_fonts_lack_are_left_out(text, rest):
    assert writable(text) == rest


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_measured(text):
    assert font("Semibold", 54).getlength(writable(text)) >= 0


@pytest.mark.parametrize(
    ("oklch", "colour"),
    [
        ((1, 0, 0), (255, 255, 255)),
        ((0, 0, 0), (0, 0, 0)),
        ((0.62796, 0.25768, 29.234), (255, 0, 0)),
        ((0.86644, 0.29483, 142.495), (0, 255, 0)),
        ((0.45201, 0.31321, 264.052), (0, 0, 255)),
    ],
)
def test_colours_are_those_that_browsers_show(oklch, colour):
    assert from_oklch(*oklch) == Colour(*colour)


def test_each_theme_has_its_own_colours():
    css = "--ink: light-dark(oklch(0% 0 0), oklch(100% 0 0));"
    assert palettes(css) == ({"ink": (0, 0, 0)}, {"ink": (255, 255, 255)})


def test_colours_for_more_contrast_are_not_those_of_the_theme():
    css = "--ink: light-dark(oklch(0% 0 0), oklch(100% 0 0));"
    more = css.replace("0% 0 0", "50% 0 0", 1)
    assert palettes(f"{css} @media (prefers-contrast: more) {{ {more} }}") == palettes(css)


def test_style_sheet_has_every_colour_that_cards_are_drawn_in():
    assert {"paper", "sunken", "ink", "ink-soft", "accent"} <= LIGHT.keys() & DARK.keys()
