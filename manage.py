#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "showcase.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as reason:
        # As with CommandError, the operator gets the sentence and not the way to it.
        if "--traceback" in sys.argv:
            raise
        if isinstance(reason, ImproperlyConfigured):
            sys.exit(str(reason))
        # Django's own commands have none for a database that does not answer. It needs the models.
        from showcase.management.database import sentence

        sys.exit(f"CommandError: {sentence(reason)}")
