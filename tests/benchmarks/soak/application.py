"""The site as in production, telling with each answer which worker gave it."""

import os
from typing import Any

from showcase import wsgi


def application(environ: dict[str, Any], start_response: Any) -> Any:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], *rest)

    return wsgi.application(environ, start)
