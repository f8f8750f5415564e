"""What SQLite knows of its indexes after a migration."""

from django.core.management import call_command
from django.db import connection

import pytest

from tests.factories import make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]


def known(table):
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        return dict(cursor.fetchall())


def test_migrating_gathers_what_is_missing_and_leaves_the_rest():
    make_person("Ada")
    call_command("migrate", verbosity=0)
    before = known("people_person")
    assert "people_person_listed" in before
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE idx = 'people_person_listed'")
    make_person("Grace")
    call_command("migrate", verbosity=0)
    assert known("people_person")["people_person_listed"].startswith("2 ")
    make_person("Edsger")
    call_command("migrate", verbosity=0)
    assert known("people_person")["people_person_listed"].startswith("2 ")
