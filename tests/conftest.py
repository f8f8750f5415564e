"""What every test relies on: no network, quick passwords, static files as they are on disk."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils.module_loading import import_string

import hypothesis
import pytest

# How long an example takes says more of what else the machine does. Where every change is tested,
# the same examples are tried each time.
hypothesis.settings.register_profile("ours", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("ours")

TESTS = Path(__file__).parent
BROWSER_TESTS = TESTS / "browser"
# These ask no database: what they prove is proven with the first one.
WITHOUT_DATABASE = [TESTS / room for room in ("deploy", "markdown", "run")]

# Hashing a password slowly protects nobody here.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What ./run collected some time ago is not what is being tested.
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--browser", action="store_true", help="run the tests that need Chromium, and only those"
    )
    parser.addoption(
        "--sanitiser",
        default="showcase.markdown.sanitising.sanitise",
        help="try the attacks on another function that makes HTML harmless: package.module.name",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    wanted = config.getoption("browser")
    if collection_path.is_relative_to(BROWSER_TESTS):
        return not wanted or None
    return (wanted and collection_path.is_file()) or None


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_on(vendor): asks how that database works")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what proves nothing with this database: skipped, it would prove nothing either."""
    others = {item for item in items if is_of_another_database(item)}
    config.hook.pytest_deselected(items=[*others])
    items[:] = [item for item in items if item not in others]


def is_of_another_database(item: pytest.Item) -> bool:
    if connection.vendor != "sqlite" and any(map(item.path.is_relative_to, WITHOUT_DATABASE)):
        return True
    marker = item.get_closest_marker("only_on")
    return marker is not None and marker.args != (connection.vendor,)


@pytest.fixture(scope="session")
def sanitise(pytestconfig: pytest.Config) -> Iterator[Callable[[str], str]]:
    """What makes HTML harmless here, also within `render`: ours, or one that might succeed it."""
    function = import_string(pytestconfig.getoption("sanitiser"))
    cache.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("showcase.markdown.sanitise", function)
        yield function


class NetworkForbiddenError(AssertionError):
    """A test reached out of this machine."""


def is_local(address: Any) -> bool:
    """Unix sockets have a path for an address, the internet's a tuple of host and port."""
    if not isinstance(address, tuple):
        return True
    return address[0] in {"localhost", "::1"} or address[0].startswith("127.")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_locally(self: socket.socket, address: Any) -> None:
        if not is_local(address):
            self.close()
            raise NetworkForbiddenError(f"This test tries to reach {address}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        yield
