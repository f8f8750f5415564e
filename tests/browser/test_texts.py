"""Whatever an editor writes in Markdown is set with care, also on a narrow page."""

import pytest

from showcase.markdown import render

from .test_pages import BEYOND_THE_EDGE, dressed

LONG = "long" * 40
TEXT = f"""
A note[^1] with `code`, [a link](/about/), [a refused one](javascript:go) and {LONG}.

!!! note "Mind"
    [A link](/about/) and `{LONG}`.

!!! warning
    [A link](/about/) and `code`.

!!! danger
    [A link](/about/) and `code`.

> Said by others.

Term
:   Its meaning.

| {LONG} | centre | right |
|--------|:------:|------:|
| `code` |   b    |     1 |

```python
{LONG} = 1
```

[^1]: The footnote: {LONG}.
"""
# Nested too deeply to be rendered.
COSTLY = f"{'> ' * 400}deep {LONG}"
STYLE = "(element, name) => getComputedStyle(element)[name]"


@pytest.fixture
def written(open_page):
    """A page in which our texts stand where the editors' do."""
    page = open_page("/about/")
    html = render(TEXT) + render(COSTLY)
    page.locator(".prose").evaluate("(element, html) => { element.innerHTML = html }", str(html))
    return page


@pytest.fixture
def style(written):
    return lambda selector, name: written.locator(selector).first.evaluate(STYLE, name)


def test_text_is_accessible_and_fits_in_both_themes(written, axe):
    for dress in dressed(written, [("light", 320), ("dark", 320), ("light", 1280), ("dark", 1280)]):
        assert written.evaluate(BEYOND_THE_EDGE) == [], dress
        assert axe(written) == [], dress


def test_admonitions_stand_out_each_in_its_own_way(style):
    grounds = {
        style(selector, "backgroundColor")
        for selector in (".prose", ".admonition.note", ".admonition.warning", ".admonition.danger")
    }
    assert len(grounds) == 4
    assert style(".admonition.note", "fontSize") == style(".prose > p", "fontSize")
    assert int(style(".admonition-title", "fontWeight")) > 600


def test_columns_of_a_table_are_aligned_as_written(style):
    assert style("td.align-center", "textAlign") == "center"
    assert style("td.align-right", "textAlign") == "end"


def test_wide_table_scrolls_inside_itself(written):
    table = written.locator(".prose .table-scroll")
    written.set_viewport_size({"width": 320, "height": 900})
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")


def test_refused_link_does_not_look_like_one(style):
    assert style(".prose a:not([href])", "color") == style(".prose > p", "color")


def test_text_that_is_shown_as_written_keeps_its_lines_and_wraps(style):
    assert style(".markdown-plain", "whiteSpaceCollapse") == "preserve"
    assert style(".markdown-plain", "textWrapMode") == "wrap"


def test_footnotes_are_smaller_than_the_text(style):
    small, usual = (
        float(style(selector, "fontSize").removesuffix("px"))
        for selector in (".footnote li", ".prose > p")
    )
    assert small < usual
