"""No attack of the corpus does anything in a browser, even where no policy stands in its way."""

from html import unescape
from itertools import islice

import pytest
from markdown import markdown

from showcase.markdown import render
from tests.markdown.corpus import FAMILIES, PAYLOADS, as_html

from .judging import Judge

ENOUGH = 3


@pytest.fixture(scope="module")
def judge(browser):
    judge = Judge(browser)
    yield judge
    judge.context.close()


@pytest.mark.usefixtures("sanitise")
def test_attacks_in_markdown_do_nothing(judge):
    cases = {
        name: render(text, f"case-{number}") for number, (name, text) in enumerate(PAYLOADS.items())
    }
    assert judge.breaches(cases) == {}


def test_attacks_in_html_that_reaches_the_sanitiser_do_nothing(judge, sanitise):
    assert judge.breaches({name: sanitise(as_html(text)) for name, text in PAYLOADS.items()}) == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_attacks_that_nothing_stops_are_noticed(judge, family):
    noticed = (name for name, text in FAMILIES[family].items() if judge.look(unsanitised(text)))
    assert len(list(islice(noticed, ENOUGH))) == ENOUGH


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<img src=x onerror=alert(1)>", "something ran"),
        ("<a href=javascript:alert(1)>x</a>", "something ran"),
        ("<a href=javascript:0>x</a>", "<a> leads to javascript:"),
        ("<img src=//evil.example/x>", "asked for http://evil.example/x"),
        ("<a href=/x ping=//evil.example/y>x</a>", "asked for http://evil.example/y"),
        ("<img name=cookie src=/x.png>", "document.cookie is another"),
        ("<p id=page-landmark>x</p>", "the landmark is another"),
        ("</section><p>x</p>", "something left its section"),
        ("<p class=trap>x</p>", "<p> leaves its place"),
        (
            "<form><div></form><form>x</form></div>",
            "something became another when it was read again",
        ),
    ],
)
def test_what_an_attack_did_is_told(judge, html, sentence):
    assert sentence in judge.look(html)


def unsanitised(text):
    """Return what a renderer would make of a text that knows no harm and decodes too much."""
    try:
        return as_html(unescape(markdown(text, extensions=["extra", "admonition"])))
    except RecursionError:
        return as_html(text)
