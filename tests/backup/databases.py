"""Databases beside that of the tests, and how to look at all of one."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.apps import apps
from django.db import connections
from django.db.utils import load_backend

import psycopg

from projects.models import Generation
from showcase import environment
from showcase.connections import tuned
from tests.benchmarks.databases import at


@contextmanager
def database_like_that_of(connection: Any, folder: Path) -> Iterator[str]:
    """Make a database with the tables of another one, and give its DATABASE_URL."""
    if connection.vendor == "postgresql":
        # Only what nobody is connected to can be copied.
        connection.close()
        with _copied_on_server(connection.settings_dict["NAME"]) as address:
            yield address
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "site.sqlite3")) as copy:
        connection.connection.backup(copy)
    yield f"sqlite:///{folder}/site.sqlite3"


@contextmanager
def copied(address: str, folder: Path) -> Iterator[str]:
    """Copy a database, and give the DATABASE_URL of the copy."""
    path = Path(urlsplit(address).path)
    if address.startswith("sqlite:"):
        yield f"sqlite:///{shutil.copy(path, folder)}"
        return
    with _copied_on_server(path.name) as copy:
        yield copy


@contextmanager
def _copied_on_server(template: str) -> Iterator[str]:
    server, name = os.environ["DATABASE_URL"], f"backup_{uuid4().hex}"
    with closing(psycopg.connect(server, autocommit=True)) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield at(server, name)
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def another(address: str) -> Any:
    """Return a connection to a database, beside that which the site has."""
    config = connections.configure_settings({"default": tuned(environment.database(address))})
    return load_backend(config["default"]["ENGINE"]).DatabaseWrapper(config["default"], "default")


@contextmanager
def using(address: str) -> Iterator[None]:
    """Let the site have another database."""
    before, now = connections["default"], another(address)
    connections["default"] = now
    try:
        yield
    finally:
        connections["default"] = before
        now.close()


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables but that which tells states apart."""
    return {
        model._meta.db_table: [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._base_manager.order_by("pk").values_list()
        ]
        for model in apps.get_models(include_auto_created=True)
        if model is not Generation
    }
