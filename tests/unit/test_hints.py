"""What an editor is advised to look at again, and what is left in peace."""

import pytest

from people.hints import hints
from people.models import Person
from projects.models import Link, Project

VIRTER = Project(name="Virter", tagline="Starts machines.")


def hinted(name, value, row=VIRTER):
    return " ".join(hints(row._meta.get_field(name), value, row))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("tagline", "Starts machines", "ends with a full stop"),
        ("tagline", "virter starts machines.", "begin with what it does"),
        ("use_when", f"Short.\n{'x' * 161}", "has 161 characters"),
        ("description", "First this. Starts machines. Then that.", "repeats the tagline"),
        ("description", "word " * 200, "one long paragraph"),
        ("description", "See github.com/LINBIT/virter.", "“https://github.com/LINBIT/virter”"),
        ("description", "[here](github.com/LINBIT/virter)", "“https://github.com/LINBIT/virter”"),
        ("how_to_get", "```brainfuck\n+\n```", "“brainfuck” stays without colours"),
    ],
)
def test_what_is_seldom_meant_gets_a_hint(name, value, words):
    assert words in hinted(name, value)


def test_address_without_tls_gets_the_one_with_it():
    found = hinted("url", "http://example.org/a", Link())
    assert "“https://example.org/a” works too" in found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tagline", "Starts fresh machines."),
        ("tagline", "Virtering is easy!"),
        ("use_when", "You need ten machines."),
        ("description", "It is fast.\n\n" + "word " * 200),
        ("description", "See https://github.com/LINBIT/virter and `github.com/LINBIT/x`."),
        ("how_to_get", "```console\n$ go install github.com/LINBIT/virter\n```\n\n```\nplain\n```"),
        ("name", "github.com/x/y"),
    ],
)
def test_what_is_well_gets_none(name, value):
    assert hinted(name, value) == ""


def test_text_of_what_has_no_tagline_is_looked_at_too():
    assert "without https://" in hinted("bio", "codeberg.org/rck/x", Person())
