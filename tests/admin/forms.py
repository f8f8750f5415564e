"""The admin's forms as a browser reads, fills and sends them."""

from html import unescape
from html.parser import HTMLParser

EMPTY_ROW = "__prefix__"


class AdminForm:
    """A form of the admin with what it says, and what an editor then writes into it."""

    def __init__(self, client, url):
        self.client = client
        self.url = url
        reader = _Reader()
        reader.feed(client.get(url).content.decode())
        self.values = reader.values

    def fill(self, **values):
        self.values |= values
        return self

    def add_row(self, prefix, **values):
        """Press “Add another” and fill the row that appears."""
        number = int(self.values[f"{prefix}-TOTAL_FORMS"])
        self.values[f"{prefix}-TOTAL_FORMS"] = number + 1
        template = f"{prefix}-{EMPTY_ROW}-"
        fields = {name.removeprefix(template): name for name in self.values if template in name}
        assert values.keys() <= fields.keys(), f"{prefix} has only {', '.join(fields)}."
        for field, name in fields.items():
            value = values.get(field, self.values[name])
            self.values[f"{prefix}-{number}-{field}"] = value
        return self

    def change_row(self, prefix, number=0, **values):
        return self.fill(**{f"{prefix}-{number}-{name}": value for name, value in values.items()})

    def send(self, **values):
        filled = self.values | values
        sent = {name: value for name, value in filled.items() if EMPTY_ROW not in name}
        return self.client.post(self.url, sent)

    def refusal(self):
        """Send, and return the page that asks to correct something."""
        response = self.send()
        assert response.status_code == 200, "The form was accepted."
        return unescape(response.content.decode())


class _Reader(HTMLParser):
    """Collects what a browser would send from the form of an object."""

    def __init__(self):
        super().__init__()
        self.values = {}
        self._is_in_form = False
        self._select = self._textarea = None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self._is_in_form = attributes.get("id", "").endswith("_form")
        elif self._is_in_form and (name := attributes.get("name") or self._select):
            getattr(self, f"_read_{tag}", lambda *_: None)(name, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self._is_in_form = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self.values[self._textarea] += data.removeprefix("\n")

    def _read_input(self, name, attributes):
        if attributes.get("type") == "submit":
            return
        is_box = attributes.get("type") == "checkbox"
        if not is_box or "checked" in attributes:
            self.values[name] = attributes.get("value", "on" if is_box else "")

    def _read_select(self, name, attributes):
        self._select = name
        self.values[name] = [] if "multiple" in attributes else ""

    def _read_option(self, name, attributes):
        if "selected" not in attributes:
            return
        if isinstance(self.values[name], list):
            self.values[name].append(attributes["value"])
        else:
            self.values[name] = attributes["value"]

    def _read_textarea(self, name, attributes):
        self._textarea = name
        self.values[name] = ""
