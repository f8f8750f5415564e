"""A site moves from SQLite to PostgreSQL and back, and nothing is lost on the way."""

import shutil

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

import pytest

from projects.models import Project
from projects.search import index
from showcase.importing.models import ImportUpload
from tests.catalogue import make_catalogue
from tests.factories import A_MOMENT, make_project

from .commands import backup, restore
from .databases import every_row, using

# It takes both databases.
pytestmark = pytest.mark.only_on("postgresql")


def test_a_site_moves_to_postgresql_and_back(empty_site, folder, tmp_path):
    first, second = tmp_path / "first.sqlite3", tmp_path / "second.sqlite3"
    with using(f"sqlite:///{first}"):
        call_command("migrate", verbosity=0)
        # So that it need not be done twice.
        connection.close()
        shutil.copy(first, second)
        with transaction.atomic():
            make_catalogue()
        user = User.objects.create_user("editor", password="quokka-quokka")
        user.groups.add(Group.objects.first())
        ImportUpload.objects.create(
            user=user, archive=b"\x00\xff", report={"ü": [1, None]}, uploaded_at=A_MOMENT
        )
        index.refresh_if_stale()
        before, file = every_row(), backup(folder, portable=True)
        own = backup(folder)
    with pytest.raises(CommandError, match="of SQLite, and DATABASE_URL names PostgreSQL"):
        restore(own)
    restore(file)
    assert every_row() == before
    assert Project.objects.search("virter").exists()
    back = backup(folder, portable=True)
    with using(f"sqlite:///{second}"):
        restore(back)
        assert every_row() == before
        assert make_project("New").pk == max(row[0] for row in before["projects_project"]) + 1
