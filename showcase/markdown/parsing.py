"""Markdown to HTML that nobody trusts yet. The only module that imports Python-Markdown."""

import re
from collections import Counter
from html import unescape
from threading import local
from typing import override
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.text import slugify

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from people.fences import split_fences
from people.validators import LinkKind, link_kind

from .highlighting import Highlighter

BARE_URL = r"(?<![\w/@.+-])https?://[^\s<>\[\]\"'`\x02\x03]+"
EMAIL = r"<(?:mailto:)?([^<> !@]+@[^@<> ]+)>"
PUNCTUATION = frozenset(".,:;!?*_~")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ANCHORED = HEADINGS[1:4]


# To make a parser takes as long as to read a short text. It holds the state of what it reads, so
# that each thread has its own.
_kept = local()


def to_html(text: str, prefix: str) -> str:
    """Return what a text says as HTML; only `sanitise` makes it fit for a page."""
    # One that fails on a text is not used again: who knows in which state it is.
    parser: HouseMarkdown = vars(_kept).pop("parser", None) or _parser()
    parser.prefix = prefix
    html: str = parser.reset().convert(text)
    _kept.parser = parser
    return html


class HouseMarkdown(Markdown):
    """A parser that knows which of the texts of a page it reads."""

    # Begins every id.
    prefix = ""


def _parser() -> HouseMarkdown:
    return HouseMarkdown(
        extensions=[
            "abbr",
            "admonition",
            "def_list",
            "footnotes",
            "sane_lists",
            "tables",
            HouseExtension(),
        ],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )


class HouseExtension(Extension):
    """What differs here: no HTML, coloured code in fences, links and ids as our pages want them."""

    @override
    def extendMarkdown(self, md: Markdown) -> None:
        # HTML and entities become text like any other. HTML comes out escaped, and the serialiser
        # leaves entities as they are.
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        md.preprocessors.register(FencePreprocessor(md), "fences", 25)
        md.inlinePatterns.register(EmailProcessor(EMAIL, md), "automail", 110)
        md.inlinePatterns.register(BareUrlProcessor(BARE_URL, md), "bare_url", 105)
        if md.delimiters:
            md.delimiters.add("~", "del", double=True)
        # After everything else: the tree is complete, its text is what a reader will see.
        md.treeprocessors.register(HouseTreeprocessor(md), "house", -10)


class FencePreprocessor(Preprocessor):
    """Sets fenced code aside, in colour.

    Python-Markdown's own extension hands the {options} of a fence to Pygments, overlooks fences in
    lists, and reads the text again for each one that is left open.
    """

    def run(self, lines: list[str]) -> list[str]:
        highlighter = Highlighter()
        found: list[str] = []
        for part in split_fences(lines):
            if isinstance(part, str):
                found.append(part)
            else:
                code = highlighter.to_html(part.code, part.language)
                found += ["", part.indent + self.md.htmlStash.store(code), ""]
        return found


class AddressProcessor(InlineProcessor):
    """Makes a link of an address that stands in the text."""

    ANCESTOR_EXCLUDES = ("a",)

    @override
    def handleMatch(  # type: ignore[override]  # as in every InlineProcessor
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        href, text, end = self.read(m)
        link = Element("a", {"href": href})
        link.text = AtomicString(text)
        return link, m.start(), end

    def read(self, m: re.Match[str]) -> tuple[str, str, int]:
        """Return the target, what stands for it, and where it ends."""
        raise NotImplementedError


class EmailProcessor(AddressProcessor):
    """<name@example.org>, without Python-Markdown's disguise, which keeps nobody away."""

    def read(self, m: re.Match[str]) -> tuple[str, str, int]:
        return f"mailto:{m[1]}", m[1], m.end()


class BareUrlProcessor(AddressProcessor):
    """A web address in a sentence; the full stop after it is not part of it."""

    def read(self, m: re.Match[str]) -> tuple[str, str, int]:
        url = m[0]
        unopened, end = url.count(")") - url.count("("), len(url)
        while (last := url[end - 1]) in PUNCTUATION or (last == ")" and unopened > 0):
            unopened -= last == ")"
            end -= 1
        return url[:end], url[:end], m.start() + end


class HouseTreeprocessor(Treeprocessor):
    """Gives a finished tree the form that our pages want."""

    md: HouseMarkdown

    def run(self, root: Element) -> None:
        mend_images(root)
        mend_links(root)
        mend_tables(root)
        mend_code(root)
        mend_headings(root)
        mend_ids(root, self.md.prefix)
        mend_anchors(root)
        mend_footnotes(root)
        mend_abbreviations(root)


def mend_images(root: Element) -> None:
    """Show our own pictures; one from elsewhere becomes a link, as a page loads nothing there."""
    for image in list(root.iter("img")):
        source, text = image.get("src", ""), image.get("alt", "")
        if link_kind(source) is LinkKind.LOCAL:
            image.set("loading", "lazy")
            continue
        image.tag = "a"
        image.text = AtomicString(text or source)
        image.attrib.pop("alt", None)
        image.set("href", image.attrib.pop("src", ""))


def mend_links(root: Element) -> None:
    """Leave no links within links, and vouch for no other site."""
    for link in root.iter("a"):
        for inner in list(link.iter("a"))[1:]:
            unwrap(inner)
        if link_kind(link.get("href", "")) is LinkKind.WEB:
            link.set("rel", "nofollow noopener ugc")


def mend_tables(root: Element) -> None:
    """Let a wide table scroll by keyboard too, and align its cells by class."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for table in list(root.iter("table")):
        for cell in table.iter():
            if align := cell.attrib.pop("align", None):
                cell.set("class", f"align-{align}")
        frame = Element("div", {"class": "table-scroll", "role": "group", "aria-label": "Table"})
        frame.set("tabindex", "0")
        frame.tail, table.tail = table.tail, None
        parent = parents[table]
        parent[list(parent).index(table)] = frame
        frame.append(table)


def mend_code(root: Element) -> None:
    """Let indented code look and scroll like fenced code."""
    for block in root.iter("pre"):
        block.set("class", "highlight")
        block.set("tabindex", "0")


def mend_headings(root: Element) -> None:
    """Begin at the second level, whatever the author began with, and name headings by words.

    The first level is the page's own, and a level left out would confuse whoever listens to it.
    """
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    levels = [HEADINGS.index(heading.tag) for heading in headings]
    for heading, level in zip(headings, levels, strict=True):
        heading.tag = HEADINGS[min(level - min(levels) + 1, 5)]
        heading.set("id", slugify(unescape("".join(heading.itertext()))))


def mend_ids(root: Element, prefix: str) -> None:
    """Make all ids ours, so that none is one of the page or of another text, and follow them."""
    ids: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for element in root.iter():
        if (own := element.get("id")) is not None:
            name = slugify(own.replace(":", "-").replace("_", "-")) or "section"
            seen[name] += 1
            # Two hyphens are in no slug, so that no two names come to the same.
            mended = f"md-{prefix}--{name}" + (f"--{seen[name]}" if seen[name] > 1 else "")
            element.set("id", mended)
            ids.setdefault(own, mended)
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target != "#":
            found = ids.get(target[1:]) or ids.get(slugify(unquote(target[1:])))
            link.set("href", f"#{found}" if found else target)


def mend_anchors(root: Element) -> None:
    """Make a heading the address of what stands under it, as those of a page are.

    One that leads elsewhere already, or has no words to follow, stays as it is.
    """
    for heading in [element for element in root.iter() if element.tag in ANCHORED]:
        if heading.find(".//a") is not None or not "".join(heading.itertext()).strip():
            continue
        link = Element("a", {"class": "anchor", "href": f"#{heading.get('id')}"})
        link.text, heading.text = heading.text, None
        link.extend(heading)
        heading[:] = [link]


def mend_footnotes(root: Element) -> None:
    """Name the ways back for those who do not see the arrow; leave out those that lead nowhere."""
    ids = {element.get("id") for element in root.iter()}
    for link in root.iter("a"):
        if link.get("class") == "footnote-backref":
            link.set("aria-label", link.attrib.pop("title"))
            if link.get("href", "")[1:] not in ids:
                link.text = None
                unwrap(link)


def mend_abbreviations(root: Element) -> None:
    """Explain an abbreviation where it first occurs, not each time."""
    explained = set()
    for abbreviation in list(root.iter("abbr")):
        if abbreviation.text in explained:
            unwrap(abbreviation)
        explained.add(abbreviation.text)


def unwrap(element: Element) -> None:
    """Leave of an element what is in it: the serialiser writes no tag where there is none."""
    element.tag = None  # type: ignore[assignment]  # ElementTree means it so
