"""The variables that settings are read from: what each is for, and what is wrong with them.

What is wrong is gathered, so that the operator is told all of it at once.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ImproperlyConfigured

import environ

IN_ENVIRONMENT = "the environment"
ASSIGNED = re.compile(r"^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=", re.MULTILINE)
# From 0 to 1, how alike a name has to be to one of ours to be taken for a mistake.
LIKENESS = 0.85


class Variable(NamedTuple):
    """One variable, as the documentation shows it."""

    name: str
    # What it says, by the name of its reader.
    kind: str
    default: str
    about: str


class Refusal(ImproperlyConfigured):
    """Says all that keeps the site from starting, a line for each thing."""

    def __init__(self, faults: Iterable[str]):
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


class Variables:
    """The variables of one process; the environment comes before files, earlier files first."""

    def __init__(self) -> None:
        self.known: dict[str, Variable] = {}
        # The value of each; of one that makes no sense its default.
        self.values: dict[str, Any] = {}
        # What is wrong with those, a sentence for each.
        self.faults: dict[str, str] = {}
        self.places = dict.fromkeys(os.environ, IN_ENVIRONMENT)
        self.names_in_files: dict[str, str] = {}

    def add_file(self, path: Path) -> None:
        """Take what a file says that nothing before it said; there need not be one."""
        if not path.is_file():
            return
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except PermissionError:
            self.faults[path.name] = (
                f"{path} may not be read by the user that the site runs as. Let its group read it."
            )
            return
        environ.Env.read_env(path)
        for name in ASSIGNED.findall(text):
            self.places.setdefault(name, path.name)
            self.names_in_files.setdefault(name, path.name)

    def setting[T](
        self, name: str, read: Callable[[str], T], default: T, about: str, shown: str = ""
    ) -> T:
        """Return the value of a variable; one that is empty is not set.

        What the documentation says of it is given here too: what it is about, and, where that is
        no text, how its default is shown.
        """
        self.known[name] = Variable(name, kind_of(read), shown or as_text(default), about)
        text = os.environ.get(name, "").strip()
        value = default
        if text:
            try:
                value = read(text)
            except ValueError as reason:
                self.faults[name] = f"{name} {reason} (It is set in {self.place_of(name)}.)"
        self.values[name] = value
        return value

    def place_of(self, name: str) -> str:
        """Return where a variable is set; nothing if it is not."""
        return self.places.get(name, "") if os.environ.get(name, "").strip() else ""

    def unknown(self) -> list[str]:
        """Return what files name and no setting reads."""
        return [name for name in self.names_in_files if name not in self.known]

    def misspelt(self) -> Iterator[str]:
        """Yield a sentence for each name in a file that was meant to be one of ours."""
        for name in self.unknown():
            if meant := get_close_matches(name.upper(), self.known, n=1, cutoff=LIKENESS):
                place = self.names_in_files[name]
                yield f"{name} in {place} is read by nothing. Write {meant[0]}, if you mean that."

    def refuse_if_wrong(self, contradictions: Iterable[str] = ()) -> None:
        """Raise what is wrong, if anything is.

        A contradiction with what makes no sense by itself may be none: it is not spoken of.
        """
        certain = [it for it in contradictions if not any(name in it for name in self.faults)]
        if faults := [*self.faults.values(), *certain, *self.misspelt()]:
            raise Refusal(faults)


def kind_of(read: Callable[[str], Any]) -> str:
    return "text" if read is str else read.__name__.replace("_", " ")


def as_text(default: object) -> str:
    """Return a default as somebody would write it."""
    if isinstance(default, bool):
        return "on" if default else "off"
    return str(default) if isinstance(default, str | int) else ""
