"""What every process of a drill has read already when it begins."""

import django

django.setup()

from . import acts, killing  # noqa: E402, F401 (need the settings)
