"""The site as it is served behind TLS: settings of the example environment, and their headers."""

import os
from importlib.util import module_from_spec, spec_from_file_location
from unittest.mock import patch

from tests import ROOT

HOST = "showcase.example.org"
BEHIND_TLS = {"host": HOST, "x_forwarded_proto": "https"}
# What decides about the edges; the database of the tests stays.
PREFIXES = ("SECURE_", "SESSION_", "CSRF_", "X_FRAME_", "ALLOWED_", "BASE_URL", "PROXY_", "IS_")


def settings_behind_tls():
    """Return what the settings become in the example of a production environment."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    variables = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    del variables["HSTS_PRELOAD"]
    spec = spec_from_file_location("showcase.settings_behind_tls", ROOT / "showcase/settings.py")
    read = module_from_spec(spec)
    with patch.dict(os.environ, variables):
        spec.loader.exec_module(read)
    return {name: value for name, value in vars(read).items() if name.startswith(PREFIXES)}
