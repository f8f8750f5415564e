"""What authors write in Markdown, and what visitors see of it."""

from collections import Counter

from django.utils.safestring import SafeString

import pytest

from showcase.markdown import render
from showcase.markdown.highlighting import LEXERS

from .markup import elements_of, find, only, text_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("Grüße aus Wien", "<p>Grüße aus Wien</p>"),
        ("AT&T &copy; R&amp;D &lt;", "<p>AT&amp;T &copy; R&amp;D &lt;</p>"),
        (
            "> a\n> > b",
            "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>",
        ),
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("---", "<hr>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("2 * 3 * 4, ~5", "<p>2 * 3 * 4, ~5</p>"),
        (r"\*a\* \[b\]", "<p>*a* [b]</p>"),
        ("    a < b", '<pre class="highlight" tabindex="0"><code>a &lt; b\n</code></pre>'),
    ],
)
def test_plain_markdown_means_what_it_always_means(text, html):
    assert render(text) == html


def test_what_is_rendered_is_safe_for_templates():
    assert isinstance(render("*a*"), SafeString)


# HTML


@pytest.mark.parametrize(
    "written",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<!-- comment -->",
        "<div>\n\n*a*\n\n</div>",
        "<br>",
    ],
)
def test_html_is_shown_as_it_was_written(written):
    html = render(written)
    assert text_of(html).split() == written.replace("*", "").split()
    assert {element.tag for element in elements_of(html)} <= {"p", "em"}


# Links and pictures


def test_links_to_other_sites_vouch_for_nothing():
    link = only(render('[site](https://example.org/?a=1&b=2 "Title")'), "a")
    assert link.attributes == {
        "href": "https://example.org/?a=1&b=2",
        "rel": "nofollow noopener ugc",
        "title": "Title",
    }


@pytest.mark.parametrize("target", ["/projects/", "#top", "?page=2", "mailto:me@example.org"])
def test_other_links_are_plain(target):
    assert only(render(f"[a]({target})"), "a").attributes == {"href": target}


def test_link_to_nowhere_good_loses_its_target_and_keeps_its_words():
    link = only(render("[click me](javascript:alert(1))"), "a")
    assert link.attributes == {}
    assert link.text == "click me"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See https://example.org/a_b_c.", "https://example.org/a_b_c"),
        ("(http://example.org/)", "http://example.org/"),
        (
            "https://en.wikipedia.org/wiki/C_(language))",
            "https://en.wikipedia.org/wiki/C_(language)",
        ),
        ("**https://example.org/**", "https://example.org/"),
        ("<https://example.org/a,b>", "https://example.org/a,b"),
        ("<me@example.org>", "mailto:me@example.org"),
        ("<mailto:me@example.org>", "mailto:me@example.org"),
    ],
)
def test_addresses_in_a_sentence_become_links(text, target):
    assert only(render(text), "a")["href"] == target


@pytest.mark.parametrize(
    "text", ["`https://example.org`", "    https://example.org", "xhttp://a.b"]
)
def test_addresses_in_code_and_in_words_stay_text(text):
    assert find(render(text), "a") == []


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("see https://example.org/ there", "see https://example.org/ there"),
        ("see <me@example.org>", "see <me@example.org>"),
        ("a [b](https://example.org/) c", "a [b](https://example.org/) c"),
        ("![alt](https://example.org/x.png)", "alt"),
        ("a [*b*][d] c", "a b c"),
        ("note[^1]", "note1"),
    ],
)
def test_there_are_no_links_within_links(inside, words):
    html = render(f"[{inside}](/outside/)\n\n[d]: /inside/\n\n[^1]: a")
    assert find(html, "a")[0].attributes == {"href": "/outside/"}
    assert find(html, "a")[0].text == words


def test_own_pictures_are_shown_when_they_are_needed():
    picture = only(render('![A *drive*](/static/drive.png "Title")'), "img")
    assert picture.attributes == {
        "alt": "A *drive*",
        "loading": "lazy",
        "src": "/static/drive.png",
        "title": "Title",
    }


@pytest.mark.parametrize("source", ["https://example.org/x.png", "//example.org/x.png"])
def test_pictures_from_elsewhere_become_links(source):
    html = render(f"![A drive]({source})")
    link = only(html, "a")
    assert (link["href"], link["rel"], link.text) == (source, "nofollow noopener ugc", "A drive")
    assert find(html, "img") == []


def test_picture_without_words_is_called_by_its_address():
    assert only(render("![](https://example.org/x.png)"), "a").text == "https://example.org/x.png"


def test_picture_that_is_none_leaves_its_words():
    html = render("![words](data:image/png;base64,AAAA)")
    assert text_of(html) == "words"
    assert "data:" not in html


# Code


def test_fenced_code_is_coloured_with_classes():
    html = render("```python\ndef f(): pass\n```")
    assert only(html, "code")["class"] == "language-python"
    assert ("k", "def") in {(e.attributes.get("class"), e.text) for e in find(html, "span")}
    assert "style" not in html


@pytest.mark.parametrize("opening", ["```", "```unknown", "~~~", "``` {.python onclick=x}", "````"])
def test_code_in_other_languages_is_plain(opening):
    html = render(f"{opening}\n<b> [a](b) *c*\n{opening[0] * 4}\n\n*after*")
    assert only(html, "pre").text == "<b> [a](b) *c*"
    assert only(html, "em").text == "after"


@pytest.mark.parametrize("language", sorted(LEXERS))
def test_each_language_is_known_to_pygments(language):
    html = render(f"```{language}\na = 1\n```")
    assert only(html, "code")["class"] == f"language-{language}"
    assert only(html, "pre").text.strip() == "a = 1"


def test_code_in_a_list_belongs_to_its_item():
    html = render("1. first\n\n    ```sh\n    ls  -l\n      -a\n    ```\n\n2. second")
    assert [item.text.split() for item in find(html, "li")] == [
        ["first", "ls", "-l", "-a"],
        ["second"],
    ]
    assert only(html, "pre").text == "ls  -l\n  -a\n"


def test_indented_fences_outside_of_lists_are_code_themselves():
    assert only(render("Text:\n\n    ```\n    a\n    ```"), "pre").text == "```\na\n```\n"


def test_longer_fence_may_hold_a_shorter_one():
    assert only(render("````\n```\na\n```\n````"), "pre").text == "```\na\n```"


def test_fence_that_is_left_open_reaches_to_the_end():
    assert only(render("a\n\n```\nb\n\n*c*"), "pre").text == "b\n\n*c*"


def test_much_code_stays_readable_without_colour():
    code = "f(a, b, c)\n" * 500
    html = render(f"```python\n{code}```")
    assert only(html, "pre").text == code.rstrip("\n")
    assert find(html, "span") == []


@pytest.mark.parametrize("stretch", [" " * 100, "a" * 500, "\n" * 60])
def test_code_that_lexers_choke_on_stays_plain(stretch):
    html = render(f"```c\nint a;{stretch}int b;\n```")
    assert find(html, "span") == []
    assert only(html, "pre").text == f"int a;{stretch}int b;"


def test_code_that_scrolls_can_be_reached_by_keyboard():
    assert only(render("```\na\n```"), "pre")["tabindex"] == "0"


# Tables, footnotes, and the rest


def test_tables_scroll_by_keyboard_and_align_by_class():
    html = render("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert only(html, "div").attributes == {
        "aria-label": "Table",
        "class": "table-scroll",
        "role": "group",
        "tabindex": "0",
    }
    assert [cell["class"] for cell in find(html, "td")] == [
        "align-left",
        "align-center",
        "align-right",
    ]


def test_footnotes_lead_there_and_back():
    html = render("One[^a], two[^b], one again[^a].\n\n[^a]: First.\n[^b]: Second.", "need")
    ids = {element.attributes.get("id") for element in elements_of(html)}
    links = find(html, "a")
    assert len(links) == 6
    assert all(link["href"].removeprefix("#") in ids for link in links)
    assert [link.text for link in links[:3]] == ["1", "2", "1"]
    assert links[3]["aria-label"] == "Jump back to footnote 1 in the text"


def test_labels_of_footnotes_get_into_no_id():
    html = render('a[^"><img src=x onerror=alert(1)>]\n\n[^"><img src=x onerror=alert(1)>]: b', "x")
    ids = [e["id"] for e in elements_of(html) if "id" in e.attributes]
    assert len(ids) == 2
    assert all(own.startswith("md-x--fn") for own in ids)
    assert find(html, "img") == []


def test_footnote_that_nothing_refers_to_has_no_way_back():
    html = render("a\n\n[^1]: b")
    assert find(html, "a") == []
    assert text_of(html).split() == ["a", "b"]


def test_admonitions_have_a_title_and_a_kind():
    html = render('!!! warning "Mind *this*"\n    Body')
    assert only(html, "div")["class"] == "admonition warning"
    assert find(html, "p")[0].attributes == {"class": "admonition-title"}
    assert only(html, "em").text == "this"


def test_admonition_of_an_odd_kind_loses_its_class_and_keeps_its_words():
    html = render('!!! admonition-title footnote "T"\n    Body')
    assert only(html, "div").attributes == {}
    assert text_of(html).split() == ["T", "Body"]


def test_abbreviations_are_explained_once():
    html = render("*[CSI]: Container Storage Interface\n\nCSI, *CSI*, [CSI](/csi/)")
    assert only(html, "abbr").attributes == {"title": "Container Storage Interface"}
    assert text_of(html).strip() == "CSI, CSI, CSI"


def test_a_long_text_keeps_everything_that_is_in_it():
    rows = [f"| [Größe {n}](https://example.org/{n}/) | `f({n})` | **{n}** |" for n in range(50)]
    parts = [
        "# Überblick\n\nÄpfel, 日本語 und „Straße“, 100 % & mehr.",
        "| Name | Code | Number |\n|:--|---|--:|\n" + "\n".join(rows),
        "- one\n    - two\n\n        ```go\n        x := a[0]\n        ```",
        "```c\n" + "int a[1]; b = [\n" * 200 + "```",
        "Term\n: First meaning.\n: Second meaning.",
        "A claim[^1], another[^2].\n\n[^1]: Proof.\n[^2]: More proof.\n\n    Second paragraph.",
        "!!! note\n    Remember.\n\n1. a\n2. b\n\n> Quoted\n\n---\n\n    indented [ code",
    ]
    elements = elements_of(render("\n\n".join(parts)))
    tags = Counter(element.tag for element in elements)
    wanted = {"tr": 51, "h2": 1, "pre": 3, "dd": 2, "sup": 2, "blockquote": 1, "ol": 2, "ul": 2}
    assert {tag: tags[tag] for tag in wanted} == wanted
    # Of the heading, of the table, to the footnotes, and back.
    assert tags["a"] == 1 + 50 + 2 + 2
    assert [element.text.strip() for element in elements if element.tag == "pre"] == [
        "x := a[0]",
        ("int a[1]; b = [\n" * 200).strip(),
        "indented [ code",
    ]
