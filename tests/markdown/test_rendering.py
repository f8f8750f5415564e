"""Rendering as a whole: what fails, what is used again and remembered, filters and excerpts."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.core.cache import cache
from django.template import Context, Template

import pytest

from people.models import Person
from people.validators import MARKDOWN_MAX_LENGTH
from showcase import markdown
from showcase.markdown import parsing, plain_text, render
from showcase.markdown.parsing import to_html

from .costly import REFUSED, at_the_cap
from .markup import find, only


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


# What cannot be rendered


@pytest.mark.parametrize("unit", REFUSED.values(), ids=REFUSED)
def test_costly_text_is_shown_as_it_was_written(unit, caplog):
    text = at_the_cap(unit).strip("\n")
    html = render(text)
    pre = only(html, "pre")
    assert (pre["class"], pre.text) == ("markdown-plain", text)
    assert "Markdown shown as written in 'text'" in caplog.text


def test_text_that_is_longer_than_allowed_is_shown_as_it_was_written():
    text = "word " * MARKDOWN_MAX_LENGTH
    assert only(render(text), "pre").text == text


def test_text_on_which_the_parser_gives_up_is_shown_as_it_was_written(monkeypatch, caplog):
    def give_up(*arguments):
        raise RecursionError

    monkeypatch.setattr(markdown, "to_html", give_up)
    with caplog.at_level(logging.WARNING):
        assert only(render("*a* <b>"), "pre").text == "*a* <b>"
    assert "nested too deeply" in caplog.text


def test_characters_that_no_page_may_hold_are_replaced():
    assert (
        render("a\0b\x1b\ud800c\uffff &#0; &#xD800; &#1;")
        == f"<p>a\ufffdb\ufffd\ufffdc\ufffd{' \ufffd' * 3}</p>"
    )


# The parser


# Each leaves something behind that another text could pick up.
LEAVING = {
    "footnotes": "A[^1] and b[^two].\n\n[^1]: One.\n[^two]: *Two*.",
    "abbreviations": "The HTML of it.\n\n*[HTML]: Hypertext",
    "references": "See [this][it].\n\n[it]: https://example.org/",
    "code": "```python\nimport os\n```",
    "headings": "# One\n\n## One\n\n[up](#one)",
    "lists": "- a\n    - b\n\n1. c\n\nTerm\n: Meaning",
    "quotes": "> - a\n>\n> b **c",
    "table": "| a | b |\n|---|:-:|\n| 1 | ~~2~~ |",
    "nothing": "HTML, this [this][it], [^1] and <b>.",
}


@pytest.mark.parametrize("before", LEAVING.values(), ids=LEAVING)
def test_a_text_comes_out_the_same_whatever_was_read_before_it(before):
    for text in LEAVING.values():
        fresh = in_a_thread_of_its_own(to_html, text, "one")
        to_html(before, "other")
        assert to_html(text, "one") == fresh


def test_a_text_comes_out_the_same_after_one_that_the_parser_gave_up_on(monkeypatch):
    text = LEAVING["footnotes"]
    expected = to_html(text, "one")

    def give_up(*arguments):
        raise RecursionError

    with monkeypatch.context() as patch:
        patch.setattr(parsing, "mend_ids", give_up)
        with pytest.raises(RecursionError):
            to_html(LEAVING["quotes"], "other")
    assert to_html(text, "one") == expected


def in_a_thread_of_its_own(function, *arguments):
    """Return what a function does for a thread that has nothing yet."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function, *arguments).result()


# The cache


def test_a_text_is_rendered_once(monkeypatch):
    first = render("*a*")
    monkeypatch.setattr(markdown, "to_html", lambda *arguments: pytest.fail("rendered again"))
    assert render("*a*") == first


def test_a_text_with_another_prefix_or_edition_is_rendered_anew(monkeypatch):
    render("# a", "one")
    assert only(render("# a", "two"), "h2")["id"] == "md-two--a"
    monkeypatch.setattr(markdown, "EDITION", "next")
    monkeypatch.setattr(markdown, "to_html", lambda *arguments: "<p>anew</p>")
    assert render("# a", "one") == "<p>anew</p>"


# In templates


def test_filter_tells_the_texts_of_a_page_apart_by_word_and_by_row():
    page = Template('{% load markdown %}{{ bio|markdown:"bio" }}{{ bio|markdown:person }}')
    html = page.render(Context({"bio": "# a", "person": Person(pk=7)}))
    assert [heading["id"] for heading in find(html, "h2")] == ["md-bio--a", "md-person-7--a"]


def test_filter_renders_a_row_that_is_not_saved_yet():
    page = Template("{% load markdown %}{{ person.bio|markdown:person }}")
    assert only(page.render(Context({"person": Person(bio="# a")})), "h2")["id"].endswith("--a")


def test_excerpt_is_escaped_like_any_text():
    page = Template("{% load markdown %}{{ text|excerpt:20 }}")
    assert page.render(Context({"text": "`<b>` & *co*"})) == "&lt;b&gt; &amp; co"


# Excerpts


@pytest.mark.parametrize(
    ("text", "length", "words"),
    [
        ("", 10, ""),
        ("*a* [b](https://example.org/) &copy; <i>", 40, "a b © <i>"),
        ("One two three.", 14, "One two three."),
        ("One two three.", 13, "One two…"),
        ("One, two", 7, "One…"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("a\n\nb\n\n- c\n- d", 20, "a b c d"),
        ("# Title\n\n```\ncode\n```\n\nText[^1] `x`.\n\n| a |\n|---|\n\n[^1]: note", 40, "Text x."),
        ('!!! note "Mind ![this](/b.png)"\n    Text.', 40, "Text."),
        ("```\nonly code\n```", 40, ""),
        ("[" * 3_000, 5, "[[[[…"),
    ],
)
def test_excerpt_is_running_text_cut_at_a_word(text, length, words):
    assert plain_text(text, length) == words
    assert len(plain_text(text, length)) <= length
