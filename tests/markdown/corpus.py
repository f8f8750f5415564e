"""The attacks in `attacks/`: a file for each family, and in it each payload by its technique.

A payload is a text, or a list of texts that are written one after the other, some of them so many
`times`. Each is tried as Markdown and as HTML. `alert(1)` is what
must not run, and evil.example is what must not be asked.
"""

from pathlib import Path
from typing import Any

import yaml

ATTACKS = Path(__file__).parent / "attacks"


def _text(written: Any) -> str:
    if isinstance(written, str):
        return written
    if "times" in written:
        return str(written["text"]) * int(written["times"])
    return "".join(map(_text, written))


def _family(path: Path) -> dict[str, str]:
    content = yaml.safe_load(path.read_text())
    return {technique: _text(written) for technique, written in content.items()}


FAMILIES = {path.stem: _family(path) for path in sorted(ATTACKS.glob("*.yaml"))}
PAYLOADS = {
    f"{family}: {technique}": payload
    for family, payloads in FAMILIES.items()
    for technique, payload in payloads.items()
}


def as_html(payload: str) -> str:
    """Return a payload as it can be written into a page: without halves of characters."""
    return payload.encode(errors="ignore").decode()
