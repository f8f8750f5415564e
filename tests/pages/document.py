"""A page as a strict reader sees it: every element closed, in order, with its text."""

from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

# These have no end tag.
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
# These stand in a line of text; everything else begins a line of its own.
INLINE = {"a", "abbr", "b", "code", "del", "em", "i", "kbd", "s", "span", "strong", "sub", "sup"}
INLINE |= {"time"}
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


class Element:
    """An element, the elements and pieces of text in it, and the one around it."""

    def __init__(self, tag, attributes, parent=None):
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children = []

    def __getitem__(self, name):
        return self.attributes[name]

    def __iter__(self):
        """Yield every element inside, in the order of the page; a template shows nothing."""
        for child in self.children:
            if isinstance(child, Element) and child.tag != "template":
                yield child
                yield from child

    @property
    def text(self):
        """The text inside as a browser shows it: white space folded."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self):
        for child in self.children:
            if not isinstance(child, Element):
                yield child
            elif child.tag == "template":
                yield " "
            elif child.tag in INLINE:
                yield from child._pieces()
            else:
                yield from (" ", *child._pieces(), " ")

    def all(self, *tags, **attributes):
        """Return the elements of these kinds whose attributes have these values.

        `class_` looks for one word of the class; an underscore stands for a hyphen.
        """
        return [
            element
            for element in self
            if (not tags or element.tag in tags) and element._has(attributes)
        ]

    def one(self, *tags, **attributes):
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{tags} {attributes}: {[element.text for element in found]}"
        return found[0]

    def having(self, attribute):
        """Return the elements that have an attribute, whatever its value."""
        return [element for element in self if attribute in element.attributes]

    def _has(self, wanted):
        for name, value in wanted.items():
            own = self.attributes.get(name.strip("_").replace("_", "-"))
            if own != value and not (name == "class_" and value in (own or "").split()):
                return False
        return True

    def links(self):
        """Return the address behind each text that can be followed, but of no heading to itself."""
        links = (link for link in self.all("a") if link.attributes.get("class") != "anchor")
        return {link.text: link["href"] for link in links}

    def section(self, heading):
        """Return the part of the page that a heading stands over."""
        return next(h.parent for h in self.all(*HEADINGS) if h.text == heading)


class Document(Element):
    """A parsed page, with what is wrong with it in `problems`."""

    def __init__(self, html):
        super().__init__("document", {})
        self.html = html
        self.problems = []
        _Reader(self).read(html)
        ids = Counter(element["id"] for element in self.having("id"))
        self.problems += [f"id {name} is there twice" for name in ids if ids[name] > 1]

    @property
    def title(self):
        return self.one("title").text

    @property
    def headings(self):
        return [heading.text for heading in self.all(*HEADINGS)]

    @property
    def main(self):
        return self.one("main")

    @property
    def cards(self):
        """The names of what is shown on cards."""
        return [heading.text for heading in self.main.all("h2", "h3", class_="card__name")]

    def meta(self, name):
        return self.one("meta", name=name)["content"]

    @property
    def canonical(self):
        return self.one("link", rel="canonical")["href"]


class _Reader(HTMLParser):
    def __init__(self, document):
        super().__init__()
        self.document = self.open = document

    def read(self, html):
        self.feed(html)
        self.close()
        if self.open is not self.document:
            self.document.problems.append(f"{self.open.tag} is not closed")

    def handle_starttag(self, tag, attributes):
        names = Counter(name for name, _ in attributes)
        self.document.problems += [f"{tag} has {name} twice" for name in names if names[name] > 1]
        element = Element(tag, dict(attributes), self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag):
        if tag == self.open.tag:
            self.open = self.open.parent
        else:
            self.document.problems.append(f"</{tag}> ends {self.open.tag}")

    def handle_data(self, data):
        self.open.children.append(data)


def read_xml(response):
    """Parse a feed or another file of the site."""
    return ElementTree.fromstring(response.content)  # noqa: S314 (the site trusts itself)
