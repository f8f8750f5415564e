"""Everything that authors may write comes through whole: `legitimate/` has each text and its HTML.

What is compared is what a reader would find, so that another sanitiser may write it in its own way.
"""

from pathlib import Path

import pytest

from showcase.markdown import render

from .markup import StrictParser

TEXTS = {path.stem: path for path in sorted((Path(__file__).parent / "legitimate").glob("*.md"))}


class Outline(StrictParser):
    """Lists tags, attributes and words in order."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        self.lines.append((tag, *sorted(attrs)))

    def handle_endtag(self, tag):
        super().handle_endtag(tag)
        self.lines.append(f"/{tag}")

    def handle_data(self, data):
        super().handle_data(data)
        self.lines.append(data)


def outline(html):
    parser = Outline()
    parser.feed(html.strip())
    parser.close()
    return parser.lines


@pytest.mark.usefixtures("sanitise")
@pytest.mark.parametrize("path", TEXTS.values(), ids=TEXTS)
def test_what_authors_may_write_comes_through_whole(path):
    assert outline(render(path.read_text())) == outline(path.with_suffix(".html").read_text())


@pytest.mark.parametrize("path", TEXTS.values(), ids=TEXTS)
def test_what_authors_may_write_is_made_harmless_without_any_loss(path, sanitise):
    html = path.with_suffix(".html").read_text()
    assert outline(sanitise(html)) == outline(html)
