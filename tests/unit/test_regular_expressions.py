"""No regular expression of ours, and no reader built on one, takes the square of what it reads."""

import importlib
import inspect
import pkgutil
import re
import string
import time
from collections.abc import Callable
from functools import partial
from itertools import permutations
from types import ModuleType
from unittest.mock import Mock

from django.core.validators import RegexValidator
from django.utils.text import slugify

import pytest

import people
import projects
import showcase
from people.documents.differences import compared
from people.markdown_limits import find_costly_markup
from people.validators import as_browsers_see, link_kind, whole_url
from projects.licences import likely_licences, spell_licence
from projects.search.query import parse, take_fields
from projects.search.words import names
from showcase.exchange.values import licence, tagline
from showcase.markdown.parsing import BARE_URL, BareUrlProcessor

SHORT, LONG = 1_000, 8_000
# Looked for anywhere in a text, or else held against its beginning.
LOOKED_FOR = "(?:findall|finditer|search|split|sub)"
# Eight times as long takes eight times as much, or sixty-four times.
TIMES = 24
# What takes less at full length is no trouble, and too little to compare.
SECONDS = 0.005


def modules() -> list[ModuleType]:
    """Return every module of ours that can be imported by itself."""
    found = [
        module.name
        for room in (showcase, projects, people)
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
        if not {"migrations", "wsgi", "commands"} & set(module.name.split("."))
    ]
    return [importlib.import_module(name) for name in found]


def expressions() -> dict[str, Callable[[str], object]]:
    """Return how each expression that is kept in a module is used, by its name."""
    found: dict[re.Pattern[str], str] = {}
    looked_for: set[re.Pattern[str]] = set()
    for module in modules():
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            expression = value.regex if isinstance(value, RegexValidator) else value
            if isinstance(expression, re.Pattern) and isinstance(expression.pattern, str):
                found.setdefault(expression, f"{module.__name__}.{name}")
                if value is not expression or re.search(rf"\b{name}\.{LOOKED_FOR}\(", source):
                    looked_for.add(expression)
    return {
        name: expression.findall if expression in looked_for else expression.fullmatch
        for expression, name in found.items()
    }


def units(pattern: str) -> list[str]:
    """Return what to repeat: each sign that the expression names, by itself and in pairs."""
    signs = sorted({sign for sign in pattern if sign in string.punctuation})
    return [*"aA1 \n", *signs, *map("".join, permutations(signs, 2))]


def seconds(work, text):
    start = time.process_time()
    work(text)
    return time.process_time() - start


def assert_grows_with_length(work, unit, end="\0"):
    short, long = ((unit * size)[:size] + end for size in (SHORT, LONG))
    if seconds(work, long) < SECONDS:
        return
    # The quickest of several, as other programs run too.
    once, eight_times = (min(seconds(work, text) for _ in range(3)) for text in (short, long))
    assert eight_times < max(TIMES * once, SECONDS), unit


EXPRESSIONS = expressions()


@pytest.mark.parametrize("work", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_what_an_expression_takes_grows_with_the_text(work):
    for unit in units(work.__self__.pattern):
        assert_grows_with_length(work, unit)


READERS = {
    "address in a sentence": (
        lambda text: list(
            map(partial(BareUrlProcessor.read, Mock()), re.finditer(BARE_URL, f"https://a{text}"))
        ),
        [")", ".", "()", ").", "*_"],
    ),
    "address of a link": (link_kind, ["&", "&#", ":", "\\", "%", "@", "a.", "[", " "]),
    "address as browsers see it": (as_browsers_see, [" ", "\\", "\t\n"]),
    "address that lacks its beginning": (whole_url, ["a.", "-", "@", "//", "["]),
    "cost of a text": (
        find_costly_markup,
        ["[", "](", "](a '", "`", "\\`", "``a`", "**", "- ", "> ", "- -", "[a]: b (", "*["],
    ),
    "difference of two texts": (
        lambda text: compared(text, text[::-1]),
        ["a\n", "a\nb\nc\n", "ab ", "ab\ncd "],
    ),
    "licence": (spell_licence.__wrapped__, ["(", "MIT OR ", "(MIT) ", "+", "WITH "]),
    "likely licence": (likely_licences, ["gpl", "1.", "+", "a1"]),
    "licence of a file": (licence, ["https://spdx.org/licenses/", ".html", "/"]),
    "names in a text": (lambda text: list(names(text)), ["A", "Aa", "a-", "c+", "1a", "AAaa", "é"]),
    "search": (parse, ['"', '-"', "a-", "-", "A", "tag:"]),
    "search with fields": (take_fields, ['tag:"', "tag:", "-tag:a ", "tag"]),
    "slug": (slugify, ["a-", "-", " ", "\ufdfa"]),
    "tagline": (lambda text: tagline(text, text), ["a", "a.", ". ", "?!"]),
}


@pytest.mark.parametrize(("work", "hostile"), READERS.values(), ids=READERS)
def test_what_a_reader_takes_grows_with_the_text(work, hostile):
    for unit in hostile:
        assert_grows_with_length(work, unit, end="a")
