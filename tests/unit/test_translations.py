"""That German is complete: what is marked for translation is translated, and nothing else is."""

import re
from functools import cache
from io import BytesIO

from django.conf import settings
from django.utils.translation.template import templatize

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

CONTEXT = (1, "c")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (CONTEXT, 2),
    "pgettext_lazy": (CONTEXT, 2),
    "npgettext": (CONTEXT, 2, 3),
}
ROOMS = ("showcase", "projects", "people")
FOLDER = settings.BASE_DIR / "locale" / "de" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")


@cache
def translations():
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="de")


def messages():
    """Return what is translated; a catalogue begins with a message that has only its header."""
    return [message for message in translations() if message.id]


def key(message):
    """Return what a translation is looked up by."""
    texts = message.id if message.pluralizable else (message.id,)
    return message.context, texts[0]


@cache
def marked():
    """Return every message of the program with its context, and where it stands."""
    found = {}
    for path in sources():
        source = path.read_text()
        if path.suffix != ".py":
            # What is left of a template is indented anyhow.
            source = "\n".join(map(str.lstrip, templatize(source).splitlines()))
        for _, texts, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            text = texts if isinstance(texts, str) else texts[0]
            found[context, text] = path.name
    return found


def sources():
    for room in ROOMS:
        yield from (settings.BASE_DIR / room).rglob("*.py")
    for suffix in ("html", "txt", "xml"):
        yield from (settings.BASE_DIR / "templates").rglob(f"*.{suffix}")


def forms(message):
    """Yield each English form of a message with the German one."""
    if message.pluralizable:
        return zip(message.id, message.string, strict=True)
    return ((message.id, message.string),)


def test_every_message_is_in_the_translation():
    known = {key(message) for message in messages()}
    assert {name: place for name, place in marked().items() if name not in known} == {}


def test_translation_has_no_message_that_nothing_asks_for():
    assert [message.id for message in messages() if key(message) not in marked()] == []
    assert not translations().obsolete


def test_every_message_is_translated_in_every_form():
    assert [message.id for message in messages() if message.fuzzy] == []
    empty = [text for message in messages() for text, german in forms(message) if not german]
    assert empty == []


@pytest.mark.parametrize("piece", [PLACEHOLDER, TAG], ids=["placeholders", "tags"])
def test_translation_has_what_is_put_into_the_message(piece):
    different = [
        german
        for message in messages()
        for text, german in forms(message)
        if set(piece.findall(text)) != set(piece.findall(german))
    ]
    assert different == []


def test_translation_has_german_quotation_marks():
    texts = [german for message in messages() for _, german in forms(message)]
    assert [text for text in texts if re.search(r"(?<!=)\"(?![^<]*>)|“[^„“]*”", text)] == []


def test_compiled_translation_is_the_written_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = [message for message in read_mo(file) if message.id]
    for message in compiled:
        if message.context:
            message.context = message.context.decode()  # which Babel leaves to us
    assert {key(message): list(forms(message)) for message in compiled} == {
        key(message): list(forms(message)) for message in messages()
    }
