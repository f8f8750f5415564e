"""Texts that mean harm: as Markdown, and as HTML that reaches the sanitiser by some way or other.

Nothing here knows how the renderer works. Whatever replaces Python-Markdown or bleach has to pass:
`--sanitiser` names another one. What browsers make of the same is seen in tests/browser.
"""

import re

from django.core.cache import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.markdown_limits import find_costly_markup
from people.validators import MARKDOWN_MAX_LENGTH, UNPRINTABLE
from showcase.markdown import plain_text, render

from .corpus import PAYLOADS, as_html
from .markup import elements_of

pytestmark = pytest.mark.usefixtures("sanitise")

ATTRIBUTES = {
    "a": {"aria-label", "class", "href", "rel", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "img": {"alt", "loading", "src", "title"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class", "tabindex"},
    "span": {"class"},
    **{tag: {"class"} for tag in ("td", "th")},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6", "li", "sup")},
    **{tag: set() for tag in ("blockquote", "br", "dd", "del", "dl", "dt", "em", "hr", "strong")},
    **{tag: set() for tag in ("table", "tbody", "thead", "tr", "ul")},
}
SAFE_TARGET = re.compile(r"(?:https?:)?//[^/?#@:]+(?:[/?#]|\Z)|mailto:|[#?/.]|[^:]*(?:[/?#]|\Z)")


def assert_harmless(html):
    html.encode()
    for element in elements_of(html):
        assert element.tag in ATTRIBUTES
        assert set(element.attributes) <= ATTRIBUTES[element.tag], element.attributes
        assert element.attributes.get("id", "md-").startswith("md-")
        assert element.attributes.get("tabindex", "0") == "0"
        for name in {"href", "src"} & set(element.attributes):
            # As a browser reads it: entities are decoded by now.
            target = re.sub(r"[\t\n\r]", "", element[name]).strip("".join(map(chr, range(33))))
            assert SAFE_TARGET.match(target.lower().replace("\\", "/")), element[name]
            assert name == "href" or not re.match(r"[/\\]{2}|\w+:", target), element[name]


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_text_that_means_harm_does_none(text, sanitise):
    html = render(text)
    assert_harmless(html)
    assert sanitise(html) == html
    for link in elements_of(html):
        if link.tag == "a" and re.match(r"(?:https?:)?[/\\]{2}", link.attributes.get("href", "")):
            assert link["rel"] == "nofollow noopener ugc"


@pytest.mark.parametrize("html", PAYLOADS.values(), ids=PAYLOADS)
def test_html_that_means_harm_does_none(html, sanitise):
    clean = sanitise(as_html(html))
    assert_harmless(clean)
    assert sanitise(clean) == clean


def test_there_is_no_way_round_the_sanitiser(monkeypatch, sanitise):
    html = "<b onclick=x>a</b><script>b</script>"
    monkeypatch.setattr("showcase.markdown.to_html", lambda *a: html)
    cache.clear()
    assert render("a") == sanitise(html)
    assert_harmless(render("a"))


# Any text

SIGNS = [*"[]()<>{}!*_~`\\&;:#|=+-^\"'/.,1aä日 \n\t\0\x02\x03\u202e\ud800"]
BEGINNINGS = ["\n- ", "\n1. ", "\n> ", "\n# ", "\n: ", "\n!!! a\n    ", "\n    ", "\n[a]: /b"]
WORDS = ["![", "](", "[a](b)", "[a][b]", "[^1]", "**", "__", "~~", "```", "~~~", "|\n|-", "\n---"]
HARM = [
    "<a ",
    "</p>",
    "<script>",
    "<!--",
    "-->",
    "onclick=",
    "javascript:",
    "&#106;",
    "&#x3a;",
    "&lt;",
]
ADDRESSES = ["https://a.example/", "mailto:a@b.example", "\n[^1]: a", "\n*[a]: b", "\n\n", "  \n"]
FRAGMENTS = st.sampled_from(SIGNS + BEGINNINGS + WORDS + HARM + ADDRESSES)
MARKUP = st.lists(FRAGMENTS, max_size=60).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(deadline=None, max_examples=300)
@given(MARKUP | ANYTHING)
def test_any_text_is_rendered_harmless_and_sanitising_again_changes_nothing(sanitise, text):
    html = render(text)
    assert_harmless(html)
    assert sanitise(html) == html
    assert render(text) == html


@settings(deadline=None, max_examples=200)
@given(MARKUP)
def test_any_html_is_made_harmless_and_sanitising_again_changes_nothing(sanitise, text):
    html = sanitise(text.replace("\ud800", ""))
    assert_harmless(html)
    assert sanitise(html) == html


@settings(deadline=None, max_examples=100)
@given(MARKUP | ANYTHING, st.integers(5, 200))
def test_any_text_has_an_excerpt_that_fits(text, length):
    words = plain_text(text, length)
    assert len(words) <= length
    assert words == " ".join(words.split())
    words.encode()


# Any length


PRINTABLE = FRAGMENTS.filter(lambda fragment: not UNPRINTABLE.search(fragment))


@settings(deadline=None, max_examples=60)
@given(st.lists(PRINTABLE, min_size=1, max_size=4), st.sampled_from(["", " ", "\n", "\n\n"]))
def test_what_the_limits_let_pass_is_rendered(fragments, separator):
    unit = "".join(fragments) + separator
    text = (unit * MARKDOWN_MAX_LENGTH)[:MARKDOWN_MAX_LENGTH]
    html = render(text)
    assert_harmless(html)
    assert ("markdown-plain" in html) == (find_costly_markup(text) is not None)
