"""What may stand in a field, and what an editor is told otherwise."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.markdown_limits import find_costly_markup
from people.validators import (
    MARKDOWN_MAX_LENGTH,
    LinkKind,
    is_safe_link,
    link_kind,
    validate_happened,
    validate_line,
    validate_markdown,
    validate_plain_text,
    validate_web_url,
    whole_url,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def refusal_of(validate, value):
    with pytest.raises(ValidationError) as refusal:
        validate(value)
    return refusal.value


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/",
        "HTTPS://EXAMPLE.ORG/",
        "https://example.org.",
        "https://docs.example.org:8443/a_b/c%20d?x=1&y=a@b#top",
        "https://en.wikipedia.org/wiki/C_(programming_language)",
        "https://münchen.example/straße",
        "https://xn--mnchen-3ya.example/",
        "https://user_pages.example.org/",
        "https://example.org/" + "a" * 480,
    ],
)
def test_web_addresses_of_public_sites_are_accepted(url):
    validate_web_url(url)
    assert link_kind(url) is LinkKind.WEB


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("example.org", "scheme"),
        ("//example.org/", "scheme"),
        ("/projects/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("java\nscript:alert(1)", "scheme"),
        ("data:text/html,<b>", "scheme"),
        ("ftp://example.org/", "scheme"),
        ("mailto:me@example.org", "scheme"),
        ("https:example.org", "scheme"),
        ("https:/example.org", "scheme"),
        ("https://example.org/a b", "characters"),
        (" https://example.org/", "characters"),
        ("https://exam\tple.org/", "characters"),
        ("https://example.org/\n", "characters"),
        ("https://example.org/\x00", "characters"),
        ("https:\\\\example.org\\", "characters"),
        ("https://example.org/\ud800", "characters"),
        ("https://me:secret@example.org/", "credentials"),
        ("https://example.org@evil.example/", "credentials"),
        ("https://@example.org/", "credentials"),
        ("https://", "host"),
        ("https:///example.org", "host"),
        ("https://?", "host"),
        ("http://localhost:8000/", "host"),
        ("http://127.0.0.1/", "host"),
        ("http://2130706433/", "host"),
        ("http://0x7f.0x1/", "host"),
        ("http://[::1]/", "host"),
        ("http://[/", "host"),
        ("https://example..org/", "host"),
        ("https://-example.org/", "host"),
        ("https://exa%6dple.org/", "host"),
        ("https://example.org:99999/", "host"),
        ("https://example.org:port/", "host"),
        ("https://" + "a" * 64 + ".example.org/", "host"),
        ("https://example.org/" + "a" * 481, "max_length"),
    ],
)
def test_other_addresses_are_refused(url, code):
    assert refusal_of(validate_web_url, url).code == code


def test_refusal_of_an_address_says_how_to_mend_it():
    assert "beginning with https://" in str(refusal_of(validate_web_url, "example.org"))
    assert "written %20" in str(refusal_of(validate_web_url, "https://example.org/a b"))
    too_long = str(refusal_of(validate_web_url, "https://example.org/" + "a" * 600))
    assert "620 characters" in too_long
    assert "500 is the most" in too_long


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/", LinkKind.WEB),
        ("//example.org/", LinkKind.WEB),
        ("\\\\example.org\\", LinkKind.WEB),
        ("/\t/example.org", LinkKind.WEB),
        ("&#104;ttps://example.org/", LinkKind.WEB),
        ("mailto:me@example.org", LinkKind.MAIL),
        ("MailTo:me@example.org?subject=Hello", LinkKind.MAIL),
        ("", LinkKind.LOCAL),
        ("#top", LinkKind.LOCAL),
        ("?page=2", LinkKind.LOCAL),
        ("/about/", LinkKind.LOCAL),
        ("../other/", LinkKind.LOCAL),
        ("a/b:c", LinkKind.LOCAL),
        ("#a:b", LinkKind.LOCAL),
    ],
)
def test_links_lead_to_the_web_to_a_mailbox_or_to_a_place_here(url, kind):
    assert link_kind(url) is kind
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\u2028script:alert(1)",
        "java\u200bscript:alert(1)",
        "javascript\u00a0:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "&#0000106avascript:alert(1)",
        "javascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "blob:https://example.org/1",
        "file:///etc/passwd",
        "view-source:https://example.org/",
        "1:2",
        "\uff4aavascript:alert(1)",
        "https:example.org",
        "https://me:secret@example.org/",
        "//me@example.org/",
        "http://localhost/",
        "///example.org/",
        "http://[",
        "mailto:",
        "https://example.org/" + "a" * 2000,
        "&#" + "1" * 5000 + ";",
    ],
)
def test_links_that_are_unsafe_or_lead_nowhere_are_told_apart(url):
    assert not is_safe_link(url)


@given(ANY_TEXT.map(lambda text: text.replace("&", "")))
def test_a_valid_web_address_is_always_a_safe_link(value):
    for url in (value, f"https://{value}", f"https://example.org/{value}"):
        try:
            validate_web_url(url)
        except ValidationError:
            continue
        assert link_kind(url) is LinkKind.WEB


@given(ANY_TEXT)
def test_any_text_is_judged_without_an_error(value):
    for validate in (validate_line, validate_plain_text, validate_markdown, validate_web_url):
        with suppress(ValidationError):
            validate(value)
    is_safe_link(value)


@pytest.mark.parametrize("validate", [validate_line, validate_plain_text, validate_markdown])
@pytest.mark.parametrize("text", ["", "Grüße aus Wien — 100 % 🎉", "日本語", "عربي", "a\u00adb"])
def test_text_in_any_language_is_accepted(validate, text):
    validate(text)


@pytest.mark.parametrize("validate", [validate_line, validate_plain_text, validate_markdown])
@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_invisible_characters_are_refused(validate, character):
    refusal = refusal_of(validate, f"before{character}after")
    assert f"U+{ord(character):04X} at position 7, after “before”" in str(refusal)


@pytest.mark.parametrize("character", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_characters_that_turn_the_direction_of_text_are_refused(character):
    assert refusal_of(validate_plain_text, f"a{character}b").code == "invisible"


@pytest.mark.parametrize("character", ["\n", "\r", "\t", "\u2028", "\u2029"])
def test_a_line_is_one_line(character):
    assert refusal_of(validate_line, f"a{character}b").code == "line_break"
    validate_plain_text("a\nb\tc\r\n")


@pytest.mark.parametrize("validate", [validate_line, validate_plain_text, validate_markdown])
@pytest.mark.parametrize("blanks", [" ", "   ", "\u00a0", "\u2003 "])
def test_nothing_but_blanks_is_no_text(validate, blanks):
    refusal = refusal_of(validate, blanks)
    assert refusal.code == "only_blanks"
    assert "leave it empty" in str(refusal)


@pytest.mark.parametrize("line", [" Virter", "Virter ", "\u00a0Virter"])
def test_a_line_has_no_blanks_at_its_ends(line):
    refusal = refusal_of(validate_line, line)
    assert refusal.code == "blanks_around"
    assert "Remove the blanks" in str(refusal)


@pytest.mark.parametrize("days", [0, 1])
def test_what_happened_may_be_of_today_or_where_the_sun_rises_earlier_of_tomorrow(days):
    validate_happened(timezone.localdate() + timedelta(days=days))


@pytest.mark.parametrize("value", [date(1950, 1, 1), datetime(1999, 12, 8, 9, tzinfo=UTC)])
def test_what_happened_may_be_old(value):
    validate_happened(value)


@pytest.mark.parametrize("value", [date.max, datetime(9999, 12, 31, 23, 59, tzinfo=UTC)])
def test_what_happened_cannot_lie_in_the_future(value):
    refusal = refusal_of(validate_happened, value)
    assert refusal.code == "future"
    assert "9999-12-31 is still to come. Write a day that has been" in str(refusal)


def test_the_day_after_tomorrow_is_the_future():
    day = timezone.localdate() + timedelta(days=2)
    assert refusal_of(validate_happened, day).code == "future"


@pytest.mark.parametrize("value", [date(1949, 12, 31), date.min, datetime(202, 4, 1, tzinfo=UTC)])
def test_what_happened_is_not_older_than_software(value):
    refusal = refusal_of(validate_happened, value)
    assert refusal.code == "ancient"
    assert "before 1950" in str(refusal)


def test_markdown_has_a_length_that_the_refusal_names():
    validate_markdown("ä" * MARKDOWN_MAX_LENGTH)
    refusal = refusal_of(validate_markdown, "ä" * (MARKDOWN_MAX_LENGTH + 1))
    assert "10,001 characters, and 10,000 is the most" in str(refusal)


def test_refusal_of_costly_markdown_says_what_to_mend_and_where():
    refusal = refusal_of(validate_markdown, "All is well.\n\n" + "So [wrong " * 500)
    assert refusal.code == "costly"
    assert "square brackets" in str(refusal)
    assert "Look at “So [wrong So [wrong" in str(refusal)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("[" * 5_000, "square brackets"),
        ("[a](" * 2_000, "square brackets|target"),
        ('[a]("' * 1_800, "target"),
        ("``a```" * 1_500, "backticks"),
        ("*" * 9_000, "very long lines of asterisks"),
        ("\n#a" * 3_000, "headings, rules or definitions"),
        ("#\t\t\t\n" * 600, "headings, rules or definitions"),
        ("a\n\n" * 3_000, "1,000 lines"),
        ("```\n```\n" * 101, "100 code blocks"),
        ("|" * 100 + "\n" + "|-" * 100 + "\n|" * 500, "1,500 cells"),
        ("[^1] " * 201, "200 footnotes"),
        ("*[a]: b\n\n" * 101, "100 abbreviations"),
        (">" * 30 + " a", "20 levels"),
        ("- " * 30 + "a", "20 levels"),
        ("*a* " * 1_500, "1,500 marks"),
        ("[a]: //" + "a" * 300 + "\n\n" + "[a] " * 500, "a long address too often"),
        ("a\n: [a]: /" + "<" * 100 + "\n\n" + "[a] " * 500, "a long address too often"),
    ],
)
def test_each_costly_habit_has_its_advice(text, advice):
    problem = find_costly_markup(text)
    assert problem is not None
    assert any(words in problem for words in advice.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "```python\n" + "x = [\n" * 200 + "```",
        "```\n" + "# a\n" * 500 + "```",
        "- step\n\n    ```sh\n" + "    [ -f x ] # note\n" * 200 + "    ```",
        "\n".join(f"- [Project {n}](https://example.org/projects/{n}/)" for n in range(190)),
        "| a | b | c |\n|---|---|---|\n"
        + "| [x](https://example.org/long/path) | `code` | **b** |\n" * 50,
        "".join(f"## Part {n}\n\nSome *words* and `code`.\n\n" for n in range(150)),
        "".join(f"Term {n}\n: What it means[^{n}].\n\n[^{n}]: A note.\n\n" for n in range(60)),
        "".join(f"[{n}]: https://example.org/{n}\n" for n in range(200)),
        "> Quoted.\n>\n> > Twice.\n" * 50,
        "    if (a[0] && b[1]) { # comment\n" * 200,
        "Prose with a [link](https://example.org/) and `code`. " * 100,
        r"From \[0 to 1) " * 300,
        r"Not \`code " * 800,
        "A stray ` backtick and a stray [ bracket. " * 10,
        "\n".join("    " * depth + f"- level {depth}" for depth in range(8)),
    ],
)
def test_what_authors_write_is_accepted(text):
    validate_markdown(text[:MARKDOWN_MAX_LENGTH])


@pytest.mark.parametrize(
    ("bare", "whole"),
    [
        ("github.com/LINBIT/drbd", "https://github.com/LINBIT/drbd"),
        ("//example.org/", "https://example.org/"),
        ("/projects/", None),
        ("localhost:8000", None),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
        ("mail@example.org", None),
        ("https://example.org/", None),
    ],
)
def test_address_without_its_beginning_is_completed_where_that_makes_sense(bare, whole):
    assert whole_url(bare) == whole
