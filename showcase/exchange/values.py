"""What texts, days and licences of other formats become."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from projects.licences import Certainty, spell_licence, validate_licence
from projects.models import Project

from .. import yaml
from ..records import FixtureError, quoted, shortened

FIRST_SENTENCE = re.compile(r"[^.!?]+[.!?](?=\s)")
SPDX_ADDRESS = re.compile(
    r"https?://spdx\.org/licenses/([^/]+?)(?:\.html|\.json)?/?", re.IGNORECASE
)


class Said:
    """A mapping of another format, which knows where it stands when it makes no sense."""

    def __init__(self, place: str, mapping: Mapping[str, Any]):
        self.place, self.mapping = place, mapping

    def error(self, key: str, reason: str) -> FixtureError:
        line = getattr(self.mapping, "lines", {}).get(key, self.line)
        place = f"{self.place}, line {line}" if line else self.place
        return FixtureError(f"{place}, {quoted(key)}", reason)

    def value(self, key: str) -> Any:
        value = self.mapping.get(key)
        return "" if value is None else value

    def prose(self, key: str) -> str:
        """Return a text of any number of lines."""
        value = self.value(key)
        if isinstance(value, (list, dict, bool)):
            raise self.error(key, "this has to be text")
        return str(value).replace("\r\n", "\n").strip()

    def text(self, key: str) -> str:
        """Return a text on one line."""
        return one_line(self.prose(key))

    def required(self, key: str) -> str:
        if text := self.text(key):
            return text
        raise self.error(key, "this is missing; an entry needs it")

    def day(self, key: str) -> date | None:
        """Return the day of a date or a moment."""
        text = self.text(key)
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError as error:
            raise self.error(
                key, f"{quoted(text)} is no day; write it as for example 2026-11-22"
            ) from error

    def within(self, key: str) -> "Said":
        """Return the mapping under a key; an empty one where nothing stands there."""
        value = self.value(key) or {}
        if not isinstance(value, dict):
            raise self.error(key, "this has to be a mapping, “name: value” below it")
        return Said(self.place, value)

    def items(self, key: str) -> list[Any]:
        value = self.value(key) or []
        if not isinstance(value, list):
            raise self.error(key, "this has to be a list")
        return value

    def texts(self, key: str) -> list[str]:
        """Return the texts of a list."""
        values = self.items(key)
        if any(isinstance(value, (list, dict)) for value in values):
            raise self.error(key, "this has to be a list of texts")
        return [text for value in values if value is not None and (text := one_line(str(value)))]

    def each(self, key: str) -> "Iterator[Said]":
        """Yield the mappings of a list."""
        for number, value in enumerate(self.items(key), start=1):
            if not isinstance(value, dict):
                raise self.error(key, f"number {number} of this list has to be a mapping")
            yield Said(self.place, value)

    @property
    def line(self) -> int | None:
        return self.mapping.line if isinstance(self.mapping, yaml.Mapping) else None


def one_line(text: str) -> str:
    return " ".join(text.split())


def without_mail(text: str) -> str:
    """Return a person's name without the mail address that often follows it."""
    return " ".join(word for word in text.split() if "@" not in word)


def room(model: type[Model], name: str) -> int:
    """Return how many characters a field holds."""
    field: Any = model._meta.get_field(name)
    return int(field.max_length)


def tagline(*texts: str) -> str:
    """Return the first of the texts that says something, as one short sentence."""
    text, most = one_line(next(filter(None, texts), "")), room(Project, "tagline")
    if len(text) <= most:
        return text
    sentence = FIRST_SENTENCE.match(text)
    if sentence and len(sentence[0]) <= most:
        return sentence[0]
    cut = textwrap.shorten(text, most, placeholder="…")
    return cut if len(cut) > 1 else shortened(text, most - 1)


def licence(text: str) -> dict[str, str]:
    """Return the fields that a licence fills: in its SPDX spelling, or quoted where it has none."""
    if not text:
        return {}
    address = SPDX_ADDRESS.fullmatch(text)
    expression = address[1] if address else text
    if len(expression) <= room(Project, "licence"):
        spelled = spell_licence(expression)
        if is_spdx(spelled) and len(spelled) <= room(Project, "licence"):
            return {"licence": spelled}
    return unverified_licence(text)


def unverified_licence(text: str) -> dict[str, str]:
    note = f"The imported file says “{shortened(text, 300)}”."
    return {"licence": "", "licence_certainty": Certainty.UNVERIFIED.value, "licence_note": note}


def is_spdx(expression: str) -> bool:
    try:
        validate_licence(expression)
    except ValidationError:
        return False
    return True
