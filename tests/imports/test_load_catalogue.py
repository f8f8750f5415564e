"""The command: a dry run tells the truth, and an import is whole or has not happened."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

from django.core.management import CommandError, call_command

import pytest

from projects.models import Project
from showcase.models import ImportConflict, ImportedRow
from tests import ROOT

from ..commands.samples import SOUND, but, everything, load
from ..factories import make_project
from .importing import bring, bring_files

ITEMS = 300


def item(number):
    slug = f"item-{number}"
    return f"""\
- model: projects.project
  fields:
    name: Item {number}
    slug: {slug}
    tagline: Is of use.
    status: active
    status_as_of: 2024-01-01
- model: projects.projectkind
  fields: {{project: [{slug}], kind: [tool]}}
- model: projects.link
  fields: {{project: [{slug}], role: home, label: Home, url: 'https://example.org/{number}'}}
"""


def landscape(count):
    kind = "- model: projects.kind\n  fields: {name: tool, plural: tools, slug: tool}\n"
    return kind + "".join(map(item, range(count)))


def state():
    imported = ImportedRow.objects.order_by("model", "key").values_list("model", "key", "fields")
    conflicts = ImportConflict.objects.values_list("field", "stored", "new")
    return everything(), list(imported), list(conflicts)


@pytest.mark.django_db
def test_a_dry_run_reports_what_then_happens_and_writes_nothing(tmp_path):
    load(tmp_path, SOUND)
    Project.objects.update(tagline="Edited.")
    make_project("Other")
    changed = but("Makes virtual", "Boots virtual") + "\n" + item(1)
    before = state()
    foreseen = bring(tmp_path, changed, dry_run=True)
    assert state() == before
    assert bring(tmp_path, changed) == foreseen
    assert state() != before
    assert foreseen["counts"]["new"] == 3
    assert foreseen["counts"]["conflicts"] == 1


@pytest.mark.django_db
def test_one_bad_record_undoes_all_others(tmp_path):
    load(tmp_path, SOUND)
    before = state()
    bad = but("Makes virtual", "Boots virtual") + "\n" + item(1).replace("active", "asleep")
    with pytest.raises(CommandError, match=r"record 10 .*“asleep” is no choice") as error:
        bring(tmp_path, bad)
    assert str(error.value).startswith(f"{tmp_path}/catalogue.yaml, line ")
    assert state() == before


@pytest.mark.django_db
def test_the_second_of_two_files_undoes_the_first(tmp_path):
    (tmp_path / "a.yaml").write_text(SOUND)
    (tmp_path / "b.yaml").write_text("- model: projects.kind\n")
    with pytest.raises(CommandError, match=r"b\.yaml"):
        bring_files(tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"none\.yaml cannot be read: No such file"):
        call_command("load_catalogue", tmp_path / "none.yaml", verbosity=0)


@pytest.mark.django_db
def test_a_report_that_cannot_be_written_undoes_the_import(tmp_path):
    (tmp_path / "catalogue.yaml").write_text(SOUND)
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command(
            "load_catalogue", tmp_path / "catalogue.yaml", report=str(tmp_path / "no" / "r.json")
        )
    assert not Project.objects.exists()


@pytest.mark.django_db
def test_the_report_is_text_for_people_and_json_for_programs(tmp_path, capsys):
    make_project("Virter", tagline="Edited.")
    (tmp_path / "catalogue.yaml").write_text(SOUND)
    report = tmp_path / "report.json"
    call_command("load_catalogue", tmp_path / "catalogue.yaml", report=str(report))
    shown = capsys.readouterr()
    assert "New: 8\n" in shown.out
    assert "stored is “Edited.”, new is “Makes virtual machines.”" in shown.out
    assert json.loads(report.read_text())["counts"]["conflicts"] == 1
    assert "9 of 9 records\n" in shown.err


@pytest.mark.django_db
def test_without_a_name_the_whole_catalogue_is_imported(tmp_path, settings):
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "everything.yaml").write_text(SOUND)
    assert bring_files()["counts"]["new"] == 9


@pytest.mark.django_db
def test_a_landscape_comes_in_as_drafts_as_its_dry_run_foresaw(tmp_path):
    file = tmp_path / "landscape.yaml"
    file.write_text(landscape(ITEMS))
    foreseen = bring_files(file, dry_run=True)
    assert bring_files(file) == foreseen
    assert foreseen["counts"]["new"] == 1 + 3 * ITEMS
    assert Project.objects.filter(state="draft").count() == ITEMS


@pytest.mark.django_db
def test_twice_the_rows_take_no_more_questions_where_nothing_changes(
    tmp_path, django_assert_max_num_queries
):
    bring(tmp_path, landscape(60))
    with django_assert_max_num_queries(60):
        assert bring(tmp_path, landscape(60))["counts"]["unchanged"] == 181


def manage(*arguments, address):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_import_that_is_killed_has_not_happened(tmp_path):
    """Killed when it has written half of its records; then once more, to the end."""
    address = f"sqlite:///{tmp_path}/catalogue.sqlite3"
    file = tmp_path / "landscape.yaml"
    file.write_text(landscape(200))
    with manage("migrate", "-v0", address=address) as prepared:
        prepared.communicate()
    with manage("load_catalogue", str(file), address=address) as killed:
        assert killed.stderr.readline() == "150 of 601 records\n"
        killed.send_signal(signal.SIGKILL)
    assert count(tmp_path) == 0
    with manage("load_catalogue", str(file), address=address) as whole:
        whole.communicate()
    assert count(tmp_path) == 200


def count(folder):
    with closing(sqlite3.connect(folder / "catalogue.sqlite3")) as database:
        return database.execute("SELECT COUNT(*) FROM projects_project").fetchone()[0]
