"""Headings in texts: their levels, their ids, and the links to themselves."""

import pytest

from showcase.markdown import render

from .markup import elements_of, find, only


def test_headings_begin_at_the_second_level_and_end_at_the_sixth():
    html = render("# a\n\n## b\n\n###### c\n\nd\n===")
    headings = [element for element in elements_of(html) if element.tag != "a"]
    assert [(heading.tag, heading.text) for heading in headings] == [
        ("h2", "a"),
        ("h3", "b"),
        ("h6", "c"),
        ("h2", "d"),
    ]


def test_text_that_begins_at_a_lower_level_begins_at_the_second_all_the_same():
    html = render("### a\n\n#### b")
    assert [element.tag for element in elements_of(html)] == ["h2", "a", "h3", "a"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("How to *install* `it`", "how-to-install-it"),
        ("Überblick", "uberblick"),
        ("Öl für die Räder", "ol-fur-die-rader"),
        ("日本語", "section"),
        ("🐧", "section"),
        ("<b id=x>bold</b>", "b-idxboldb"),
        ("location", "location"),
        ("a_b & c", "a-b-c"),
        ("R&amp;D", "rd"),
    ],
)
def test_headings_have_ids_of_ours(heading, name):
    assert only(render(f"# {heading}", "need"), "h2")["id"] == f"md-need--{name}"


def test_headings_of_the_same_words_have_different_ids():
    ids = [heading["id"] for heading in find(render("# a\n\n# a\n\n# a 2\n\n# a"), "h2")]
    assert len(set(ids)) == 4


def test_links_within_a_text_find_their_heading():
    html = render("[down](#uber-uns) [unicode](#über-uns) [page](#links)\n\n# Über uns")
    assert [link["href"] for link in written_links(html)] == [
        "#md-text--uber-uns",
        "#md-text--uber-uns",
        "#links",
    ]


def test_link_to_headings_of_the_same_words_leads_to_the_first():
    html = render("[down](#a) [nowhere](#)\n\n# a\n\n# a\n\n# 日本語")
    assert [link["href"] for link in written_links(html)] == ["#md-text--a", "#"]


def written_links(html):
    return [link for link in find(html, "a") if link.attributes.get("class") != "anchor"]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Getting it", "Getting it"),
        ("How to *install* `it`", "How to install it"),
        ("Überblick", "Überblick"),
        ("🐧", "🐧"),
        ("<b id=x>a</b> & <a href=/>", "<b id=x>a</b> & <a href=/>"),
    ],
)
@pytest.mark.parametrize("level", [2, 3, 4])
def test_heading_is_a_link_to_itself(heading, words, level):
    html = render("# a\n\n## b\n\n### c\n\n" + "#" * (level - 1) + f" {heading}")
    element, link = find(html, f"h{level}")[-1], find(html, "a")[-1]
    assert link.attributes == {"class": "anchor", "href": f"#{element['id']}"}
    assert link.text == element.text == words


def test_headings_of_the_same_words_are_links_to_themselves():
    html = render("# a\n\n# a\n\n# 🐧\n\n# 日本語")
    ids = [heading["id"] for heading in find(html, "h2")]
    assert ids == ["md-text--a", "md-text--a--2", "md-text--section", "md-text--section--2"]
    assert [link["href"] for link in find(html, "a")] == [f"#{own}" for own in ids]


@pytest.mark.parametrize(
    "heading",
    ["[b](/b)", "See [b](/b) first", "https://example.org/", "![b](https://example.org/b.png)"],
)
def test_heading_that_leads_elsewhere_is_no_link_to_itself(heading):
    html = render(f"# {heading}")
    assert only(html, "a")["href"].endswith(("/b", ".org/", "b.png"))
    assert only(html, "h2")["id"].startswith("md-text--")


@pytest.mark.parametrize("heading", ["#", "# ", "# ![](/static/b.png)"])
def test_heading_without_words_is_no_link(heading):
    assert find(render(f"{heading}\n\nb"), "a") == []


def test_headings_of_the_lowest_levels_are_no_links():
    html = render("# a\n\n## b\n\n### c\n\n#### d\n\n##### e")
    assert [link.text for link in find(html, "a")] == ["a", "b", "c"]
    assert [heading["id"] for heading in find(html, "h5")] == ["md-text--d"]


def test_two_texts_on_a_page_share_no_id():
    text = "# a\n\nNote[^1]\n\n[^1]: b"
    one, two = (
        {e.attributes.get("id") for e in elements_of(render(text, p))} for p in ("a", "a-b")
    )
    assert one & two == {None}
    assert len(one) == 4


def test_a_prefix_is_a_word():
    for prefix in ("", "Need", "a b", 'a"b', "-a", "a--b"):
        with pytest.raises(ValueError, match="is no prefix"):
            render("a", prefix)
