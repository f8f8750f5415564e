#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError


def main():
    """Run a command. As with CommandError, the operator gets a sentence and not the way to it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError, KeyboardInterrupt) as reason:
        if "--traceback" in sys.argv:
            raise
        sys.exit(sentence(reason))


def sentence(reason):
    if isinstance(reason, ImproperlyConfigured):
        return str(reason)
    if isinstance(reason, KeyboardInterrupt):
        return "Stopped before it was done."
    # Django's own commands have none for a database that does not answer.
    from showcase.management import database  # noqa: PLC0415 (needs the models)

    return f"CommandError: {database.sentence(reason)}"


if __name__ == "__main__":
    main()
