"""Metrics as Prometheus reads them (text format 0.0.4)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_IN_HELP = str.maketrans({"\\": r"\\", "\n": r"\n"})
_IN_LABEL = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


class Sample(NamedTuple):
    value: float
    labels: Mapping[str, object] = {}
    # What is put behind the name, for the parts of a histogram.
    suffix: str = ""


class Family(NamedTuple):
    """Samples of one name."""

    name: str
    type: str
    help: str
    samples: Iterable[Sample]


def gauge(name: str, about: str, value: float) -> Family:
    """Return a family of one number that goes up and down."""
    return Family(name, "gauge", about, [Sample(value)])


def text(families: Iterable[Family]) -> str:
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterable[str]:
    yield f"# HELP {family.name} {family.help.translate(_IN_HELP)}"
    yield f"# TYPE {family.name} {family.type}"
    for value, labels, suffix in family.samples:
        pairs = ",".join(f'{name}="{str(it).translate(_IN_LABEL)}"' for name, it in labels.items())
        yield f"{family.name}{suffix}{f'{{{pairs}}}' if pairs else ''} {float(value)!r}"
