"""A site with a database of its own, which may be written for good and be replaced."""

import os

from django.db import connection, transaction

import pytest

from projects.search import index
from tests.catalogue import make_catalogue

from ..postgres import PROGRAMS
from .databases import copied, database_like_that_of, using


@pytest.fixture(autouse=True)
def _programs_of_the_server(monkeypatch):
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="session")
def template(django_db_setup, django_db_blocker, tmp_path_factory):
    """A copy of the tests' database, which is none of theirs as long as a test writes to it."""
    with (
        django_db_blocker.unblock(),
        database_like_that_of(connection, tmp_path_factory.mktemp("template")) as address,
    ):
        yield address


@pytest.fixture
def empty_site(template, db, tmp_path):
    """A site after `migrate`."""
    with copied(template, tmp_path) as address, using(address):
        yield address


@pytest.fixture
def site(empty_site):
    """A site in whose catalogue there is something of everything."""
    with transaction.atomic():
        make_catalogue()
    index.refresh_if_stale()
    return empty_site


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"
