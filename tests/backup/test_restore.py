"""What was backed up comes back, all of it or nothing."""

import os
import signal
import sqlite3
from contextlib import closing
from multiprocessing import get_context
from random import random
from time import monotonic

from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError
from django.db import connection

import pytest

from projects import generation, public_state
from projects.models import Credit, Project
from tests.factories import make_project

from .commands import backup, restore
from .databases import another, copied, every_row, using
from .test_backup import OWN_AND_PORTABLE

# Drills ask for more: BACKUP_KILLS=200 python -m pytest tests/backup -k killed
KILLS = int(os.environ.get("BACKUP_KILLS", "3"))
# Seconds after which a restore does not get on.
PATIENCE = 60


@pytest.fixture
def with_people(site):
    """Beside the catalogue, what only a whole copy has."""
    user = User.objects.create_user("editor", password="quokka-quokka")
    user.groups.add(Group.objects.first())
    return site


def wreck():
    """Do what one restores a backup after."""
    Credit.objects.all().delete()
    User.objects.all().delete()
    make_project("Later")


@OWN_AND_PORTABLE
def test_everything_is_as_it_was(with_people, folder, client, is_portable):
    before = every_row()
    file = backup(folder, portable=is_portable)
    wreck()
    assert restore(file, overwrite=True).startswith("Restored ")
    assert every_row() == before
    assert list(Project.objects.search("virter")) == [Project.objects.get(slug="virter")]
    assert "Virter" in client.get("/projects/virter/").text
    assert User.objects.get(username="editor").check_password("quokka-quokka")


@OWN_AND_PORTABLE
def test_no_process_and_no_cache_takes_it_for_a_state_it_knows(site, folder, is_portable):
    file = backup(folder, portable=is_portable)
    known = [(public_state.as_written(), generation.current())]
    make_project("Later")
    known.append((public_state.as_written(), generation.current()))
    restore(file, overwrite=True)
    visible, state = public_state.as_written(), generation.current()
    assert visible.token not in [then.token for then, _ in known]
    assert visible.since > max(then.since for then, _ in known)
    assert not any(generation.can_follow(then) or then == state for _, then in known)


@OWN_AND_PORTABLE
def test_open_connections_see_it(site, folder, is_portable):
    file = backup(folder, portable=is_portable)
    with closing(another(site)) as visitor, visitor.cursor() as cursor:

        def names():
            cursor.execute("SELECT count(*) FROM projects_project WHERE name = 'Later'")
            return cursor.fetchone()[0]

        make_project("Later")
        assert names() == 1
        restore(file, overwrite=True)
        assert names() == 0
        assert make_project("Afterwards").pk


def test_a_database_with_anything_in_it_is_left_alone(site, folder):
    file = backup(folder)
    before = every_row()
    with pytest.raises(CommandError, match=r"has rows already, in .* add --overwrite"):
        restore(file)
    assert every_row() == before


def test_a_database_of_which_only_the_tables_are_there_is_filled(site, template, folder):
    file, before = backup(folder), every_row()
    with copied(template, folder) as new, using(new):
        restore(file)
        assert every_row() == before


def test_verifying_touches_nothing(site, folder):
    file = backup(folder)
    make_project("Later")
    assert restore(file, check=True).startswith("Verified ")
    assert Project.objects.filter(name="Later").exists()


def test_tables_of_a_newer_release_go(site, folder):
    file, before = backup(folder), every_row()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE showcase_newer (id bigint REFERENCES projects_project (id)"
            " DEFERRABLE INITIALLY DEFERRED)"
        )
    restore(file, overwrite=True)
    assert "showcase_newer" not in connection.introspection.table_names()
    assert every_row() == before


def test_what_is_of_an_older_release_asks_to_be_migrated(empty_site, folder):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    file = backup(folder)
    assert "run “manage.py migrate” now" in restore(file, overwrite=True)


def test_a_search_that_does_not_fit_is_made_anew(site, folder):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET tagline = 'Quokka.' WHERE slug = 'virter'")
    assert "made anew" in restore(backup(folder), overwrite=True)
    assert Project.objects.search("quokka").exists()


@pytest.mark.only_on("sqlite")
def test_somebody_who_never_stops_writing_is_told_of(site, folder, monkeypatch):
    file = backup(folder)
    monkeypatch.setattr("showcase.backup.sqlite.PATIENCE", 1)
    connection.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(site.removeprefix("sqlite:///"))) as editor:
        editor.execute("BEGIN IMMEDIATE")
        with pytest.raises(CommandError, match="locked by another program"):
            restore(file, overwrite=True)


@OWN_AND_PORTABLE
def test_a_killed_restore_leaves_the_old_state_or_the_new_one(with_people, folder, is_portable):
    backed_up, file = every_row(), backup(folder, portable=is_portable)
    wreck()
    wrecked, again = every_row(), backup(folder)
    took = killed_after(PATIENCE, with_people, file)
    assert every_row() == backed_up
    for number in range(KILLS):
        restore(again, overwrite=True)
        share = (number + random()) / KILLS  # noqa: S311 (no secret)
        killed_after(took * share, with_people, file)
        assert every_row() in (backed_up, wrecked)


def killed_after(seconds, address, file):
    """Restore in a process, kill it with all that it started, and return how long it lived."""
    connection.close()
    ours, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(target=restore_apart, args=(address, file, theirs))
    process.start()
    assert ours.poll(PATIENCE)
    ours.recv()
    began = monotonic()
    ours.poll(seconds)
    lived = monotonic() - began
    os.killpg(process.pid, signal.SIGKILL)
    process.join()
    return lived


def restore_apart(address, file, done):
    os.setsid()
    with using(address):
        done.send("begun")
        restore(file, overwrite=True)
        done.send("over")
