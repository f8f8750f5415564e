from django.core.management import call_command
from django.db import connection, transaction

import pytest


@pytest.fixture(scope="module")
def committed_catalogue(django_db_setup, django_db_blocker):
    """The catalogue that is committed, loaded once for all tests of a module, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", verbosity=0)
        # As if the write were over; until then nothing read would be remembered.
        afterwards, connection.run_on_commit = connection.run_on_commit, []
        for _, function, _ in afterwards:
            function()
        yield
        transaction.set_rollback(True)
