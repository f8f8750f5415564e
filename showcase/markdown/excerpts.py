"""The words of a rendered text, for descriptions and feeds."""

from html.parser import HTMLParser

# What is no running text: code, headings, tables, numbers of footnotes and the footnotes.
SKIPPED_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6", "pre", "sup", "table"})
SKIPPED_CLASSES = frozenset({"admonition-title", "footnote"})
SHOWN_CLASSES = frozenset({"markdown-plain"})
VOID_TAGS = frozenset({"br", "hr", "img"})
INLINE_TAGS = frozenset({"a", "abbr", "code", "del", "em", "span", "strong", "sup"})


def excerpt(html: str, length: int) -> str:
    """Return the running text of HTML that `render` made, cut at a word to at most `length`."""
    parser = RunningText()
    parser.feed(html)
    parser.close()
    text = " ".join("".join(parser.parts).split())
    if len(text) <= length:
        return text
    whole_words, _, _ = text[:length].rpartition(" ")
    return f"{(whole_words or text[: length - 1]).rstrip(' ,;:.-')}…"


class RunningText(HTMLParser):
    """Collects text outside of what is skipped. What it reads is well-formed."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.skipped_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE_TAGS:
            self.parts.append(" ")
        if tag in VOID_TAGS:
            return
        own_class = dict(attrs).get("class")
        is_skipped = tag in SKIPPED_TAGS or own_class in SKIPPED_CLASSES
        if self.skipped_depth or (is_skipped and own_class not in SHOWN_CLASSES):
            self.skipped_depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE_TAGS:
            self.parts.append(" ")
        self.skipped_depth = max(0, self.skipped_depth - 1)

    def handle_data(self, data: str) -> None:
        if not self.skipped_depth:
            self.parts.append(data)
