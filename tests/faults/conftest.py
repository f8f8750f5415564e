"""A site of its own, with the first edition of a small catalogue, to be killed."""

from contextlib import ExitStack

import pytest

from ..backup.conftest import (
    _programs_of_the_server,  # noqa: F401 (a fixture)
    template,  # noqa: F401 (as above)
)
from ..backup.databases import copied, using
from .acts import Form, load, migrate_back
from .editions import write_edition


@pytest.fixture(scope="session")
def first_edition(template, django_db_blocker, tmp_path_factory):  # noqa: F811 (the fixture)
    """A database with the first edition, and a form that somebody has opened there."""
    folder = tmp_path_factory.mktemp("first-edition")
    with django_db_blocker.unblock(), copied(template, folder) as address:
        with using(address):
            load(write_edition(1, folder))
            form = Form()
        yield address, form


@pytest.fixture(scope="session")
def older(first_edition, django_db_blocker, tmp_path_factory):
    """The same with the tables of an older release."""
    folder = tmp_path_factory.mktemp("older")
    with django_db_blocker.unblock(), copied(first_edition[0], folder) as address:
        with using(address):
            migrate_back()
        yield address


@pytest.fixture
def site_of(db, tmp_path_factory):
    """Give the site a copy of a database, in place of what it had."""
    with ExitStack() as stack:

        def replaced(template):
            stack.close()
            folder = tmp_path_factory.mktemp("site")
            address = stack.enter_context(copied(template, folder))
            stack.enter_context(using(address))
            return address

        yield replaced


@pytest.fixture
def site(first_edition, site_of):
    return site_of(first_edition[0])
