"""What the limits let pass is rendered, in a time that grows with its length."""

import re
import time

import pytest

from people.markdown_limits import MAX_DEPTH, find_costly_markup
from showcase.markdown import render
from showcase.markdown.parsing import to_html

from .costly import ALLOWED, allowed

TEXTS = allowed()
STEADY = ["links", "emphasised words", "code", "items", "quoted paragraphs", "ampersands"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_just_allowed_is_rendered(text):
    assert find_costly_markup(text) is None
    assert "markdown-plain" not in render(text)


def test_terms_that_follow_each_other_without_end_are_refused():
    assert find_costly_markup("a\n: b\n" * MAX_DEPTH) is None
    assert "20 terms" in find_costly_markup("a\n: b\n" * (MAX_DEPTH + 1))
    assert find_costly_markup("a\n: b\n\n" * 100) is None


def test_much_of_everything_is_refused_where_much_of_one_thing_is_not():
    assert find_costly_markup("- a\n" * 700) is None
    assert find_costly_markup("*a* " * 700) is None
    assert "very many lines" in find_costly_markup("- *a*\n" * 700)


def test_code_of_very_many_signs_stays_plain_and_other_code_does_not():
    line = "a=" * 70 + "\n"
    html = render(f"```c\n{line}```\n\n```c\n{line * 20}```\n\n```c\nint a;\n```")
    few, many, after = re.findall("<pre.*?</pre>", html, re.DOTALL)
    assert "<span" in few
    assert "<span" not in many
    assert "<span" in after


def seconds_for(text, sanitise):
    start = time.process_time()
    sanitise(to_html(text, "x"))
    return time.process_time() - start


@pytest.mark.parametrize("name", STEADY)
def test_cost_of_a_text_grows_with_its_length_and_not_with_its_square(name, sanitise):
    short, long = (ALLOWED[name] * (size // len(ALLOWED[name])) for size in (1_000, 8_000))
    assert find_costly_markup(long) is None
    # The quickest of several, as other programs run too. Eight times as long takes eight times as
    # much, or sixty-four times.
    once, eight_times = (
        min(seconds_for(text, sanitise) for _ in range(3)) for text in (short, long)
    )
    assert eight_times < 24 * once
