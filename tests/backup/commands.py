"""The two commands, as an operator runs them."""

import io
from pathlib import Path

from django.core.management import call_command


def backup(folder: Path, **options: object) -> Path:
    """Make a backup and return its file."""
    output = io.StringIO()
    call_command("backup", output=folder, stdout=output, **options)
    return Path(output.getvalue().splitlines()[0].removeprefix("Wrote ").removesuffix("."))


def restore(file: Path, **options: object) -> str:
    """Restore a backup and return what the command says."""
    output = io.StringIO()
    call_command("restore", file, stdout=output, **options)
    return output.getvalue()
