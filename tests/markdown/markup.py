"""What tests ask of HTML: that it is balanced, and what is in it."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img"}


class Element:
    def __init__(self, tag, attributes):
        self.tag = tag
        self.attributes = attributes
        self.text = ""

    def __getitem__(self, name):
        return self.attributes[name]


class StrictParser(HTMLParser):
    """Reads HTML that opens and closes every element in order and holds nothing but elements."""

    def __init__(self):
        super().__init__()
        self.elements = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> ends what it did not begin"
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def handle_comment(self, data):
        raise AssertionError(f"there is a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def elements_of(html):
    """Return all elements in order; fails unless the HTML is balanced."""
    parser = StrictParser()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.elements


def find(html, tag):
    return [element for element in elements_of(html) if element.tag == tag]


def only(html, tag):
    """Return the one element of a kind; fails if there are none or several."""
    (element,) = find(html, tag)
    return element


def text_of(html):
    """Return what a reader sees."""
    parser = StrictParser()
    parser.handle_starttag("body", [])
    parser.feed(html)
    parser.close()
    return parser.elements[0].text
