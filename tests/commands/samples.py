"""A small sound catalogue, and what the database holds of it."""

from pathlib import Path
from typing import Any

from django.core.management import call_command

from projects.models import ChangelogEntry, Product
from showcase import catalogue

SOUND = """\
- model: people.person
  fields:
    name: Roland Kammerer
    slug: roland-kammerer
    updated_at: 2024-01-01 09:00:00+00:00

- model: projects.product
  fields:
    name: LINSTOR
    slug: linstor
    tagline: Manages block storage.
    languages:
    - [rust]
    updated_at: 2024-01-01 09:00:00+00:00

- model: projects.language
  fields:
    name: Rust
    slug: rust

- model: projects.project
  fields:
    name: Virter
    slug: virter
    tagline: Makes virtual machines.
    status: active
    status_as_of: 2024-01-01
    state: published
    published_at: 2024-01-01 09:00:00+00:00
    updated_at: 2024-01-01 09:00:00+00:00

- model: projects.credit
  fields:
    person: [roland-kammerer]
    project: [virter]
    role: author

- model: projects.link
  fields:
    project: [virter]
    role: source
    label: Source code
    url: https://github.com/LINBIT/virter

- model: projects.changelogentry
  fields:
    date: 2024-01-01
    kind: added
    title: Virter
    projects:
    - [virter]

- model: projects.kind
  fields:
    name: Tool
    plural: Tools
    slug: tool

- model: projects.projectkind
  fields:
    project: [virter]
    kind: [tool]
"""


LISTS = {ChangelogEntry: ["projects"], Product: ["languages"]}


def but(old: str, new: str) -> str:
    """Return the sound catalogue with one difference."""
    assert SOUND.count(old) == 1, f"{old!r} is not there exactly once"
    return SOUND.replace(old, new)


def without(line: str) -> str:
    return but(f"    {line}\n", "")


def load(path: Path, content: str | bytes, name: str = "catalogue.yaml") -> None:
    """Load a fixture from a file of this content."""
    file = path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("loaddata", str(file), verbosity=0)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return each row of the catalogue, its lists included."""
    return {
        model._meta.label: [
            row | lists(model, row["id"]) for row in model._default_manager.order_by("pk").values()
        ]
        for model in catalogue.MODELS
    }


def lists(model: Any, pk: int) -> dict[str, list[int]]:
    return {
        name: sorted(getattr(model(pk=pk), name).values_list("pk", flat=True))
        for name in LISTS.get(model, [])
    }
