"""A backup holds one moment of everything, while everybody goes on."""

import json
import tarfile
from contextlib import closing

from django.core.management.base import CommandError
from django.db import connection

import pytest

from projects.models import Project
from showcase.backup import kinds, making, portable, postgresql
from tests.factories import make_project, make_tag

from .commands import backup, restore
from .databases import another, every_row

OWN_AND_PORTABLE = pytest.mark.parametrize("is_portable", [False, True], ids=["own", "portable"])


def manifest(file):
    with tarfile.open(file) as tar:
        return json.load(tar.extractfile("manifest.json"))


@OWN_AND_PORTABLE
def test_a_backup_tells_what_is_in_it(site, folder, is_portable):
    file = backup(folder, portable=is_portable)
    stated = manifest(file)
    assert stated["format"] == 1
    assert stated["kind"] == ("portable" if is_portable else connection.vendor)
    assert stated["rows"]["projects_project"] == Project.objects.count()
    assert stated["rows"]["showcase_enquiry"]
    assert "showcase.0001_initial" in stated["migrations"]
    with tarfile.open(file) as tar:
        assert set(tar.getnames()) == {"manifest.json", *stated["files"]}


def test_only_its_owner_may_read_it_and_nothing_lies_beside_it(site, folder):
    file = backup(folder)
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == [file]


@OWN_AND_PORTABLE
def test_a_write_is_wholly_out_of_it_until_it_is_committed(site, folder, is_portable):
    count = Project.objects.count()
    with closing(another(site)) as editor, editor.cursor() as cursor:
        editor.set_autocommit(False)
        cursor.execute("UPDATE projects_project SET name = 'Half'")
        first = manifest(backup(folder, portable=is_portable))
        cursor.execute("DELETE FROM projects_taggedproject")
        editor.commit()
    second = manifest(backup(folder, portable=is_portable))
    assert first["rows"]["projects_taggedproject"]
    assert second["rows"]["projects_taggedproject"] == 0
    assert Project.objects.filter(name="Half").count() == count


@OWN_AND_PORTABLE
def test_a_write_in_the_middle_of_it_is_wholly_out(site, folder, is_portable, monkeypatch):
    """Its first half goes to a table that was copied already, its second to one that was not."""
    before = every_row()
    module = portable if is_portable else kinds.OWN[kinds.own()]
    name = "_last_number" if is_portable else "contents"
    asked = getattr(module, name)

    def write_and_ask(*arguments):
        monkeypatch.setattr(module, name, asked)
        with closing(another(site)) as editor, editor.cursor() as cursor:
            cursor.execute("DELETE FROM showcase_distinct")
            cursor.execute("DELETE FROM projects_taggedproject")
        return asked(*arguments)

    monkeypatch.setattr(module, name, write_and_ask)
    file = backup(folder, portable=is_portable)
    assert every_row() != before
    restore(file, overwrite=True)
    assert every_row() == before


def test_older_backups_go_and_what_is_not_a_backup_stays(empty_site, folder):
    folder.mkdir()
    strangers = [folder / "showcase.tar", folder / "notes.txt"]
    for stranger in strangers:
        stranger.touch()
    other_kind = backup(folder, portable=True)
    backup(folder)
    newest = [backup(folder, keep=2) for _ in range(2)]
    assert set(folder.iterdir()) == {*strangers, other_kind, *newest}


def test_what_an_interrupted_backup_left_is_cleared_away(empty_site, folder):
    left = folder / f"{making.UNFINISHED}x"
    left.mkdir(parents=True)
    (left / "whole.tar").touch()
    file = backup(folder)
    assert list(folder.iterdir()) == [file]


def test_two_backups_at_once_do_not_get_in_each_others_way(empty_site, folder):
    with making._alone_in(folder), pytest.raises(CommandError, match="Another backup is being"):
        backup(folder)


def test_a_folder_that_is_none_is_said(empty_site, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match=r"file: File exists\."):
        backup(tmp_path / "file")


def test_a_failed_backup_leaves_nothing(site, folder, monkeypatch):
    earlier = backup(folder)
    monkeypatch.setattr(making, "pack", lambda *_: (_ for _ in ()).throw(OSError(28, "Disk full")))
    with pytest.raises(CommandError, match="Disk full"):
        backup(folder, keep=1)
    assert list(folder.iterdir()) == [earlier]


def test_a_number_given_once_is_not_given_again_after_a_move(empty_site, folder):
    make_tag("Kept")
    gone = make_project("Gone")
    number = gone.pk
    gone.delete()
    file = backup(folder, portable=True)
    restore(file, overwrite=True)
    assert make_project("New").pk > number


def test_no_list_of_processes_shows_the_password(empty_site, monkeypatch, tmp_path):
    shown = tmp_path / "shown"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$PGPASSWORD: $@" > {shown}\n')
    program.chmod(0o755)

    class Live:
        class info:  # noqa: N801 (as psycopg calls it)
            dsn, password = "host=db", "quokka"

    monkeypatch.setattr(postgresql, "live", Live)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    postgresql._run_on_database("pg_dump", "--verbose")
    assert shown.read_text() == "quokka: --verbose --dbname=host=db\n"


def test_a_missing_program_is_said_with_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="pg_dump is not installed; install the client programs"):
        postgresql._run("pg_dump")
