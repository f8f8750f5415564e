"""Importing as an operator does it, and what the report says of it."""

import io
import json
from pathlib import Path
from typing import Any

from django.core.management import call_command


def bring(path: Path, content: str, name: str = "catalogue.yaml", **options: Any) -> dict[str, Any]:
    """Import a file of this content and return the report."""
    file = path / name
    file.write_text(content)
    return bring_files(file, **options)


def bring_files(*files: Path, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("load_catalogue", *files, report="-", verbosity=0, stdout=out, **options)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def fields(differences: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[Any, Any]]:
    """Return the stored and the new value of each field."""
    return {(one["row"], one["field"]): (one["stored"], one["new"]) for one in differences}
