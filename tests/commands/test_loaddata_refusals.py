"""What is wrong with a fixture is said in one sentence, and the database stays as it was."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcase.management.database import in_one_sentence
from showcase.records import FixtureError, read

from .refused import JSON, MALFORMED, REFERENCES, SHAPES, TAG, VALUES
from .rules import RULES
from .samples import SOUND, everything, load

OLDER = SOUND.split("- model: projects.project\n")[0].replace("Manages", "Administers")
ROOT = Path(__file__).resolve().parents[2]


def refusal(path, content, name="catalogue.yaml"):
    """Return the sentence, after making sure that it is one and that nothing else happened."""
    # So that a load that is not undone would change rows and add others.
    load(path, OLDER)
    before = everything()
    with pytest.raises(CommandError) as error:
        load(path, content, name)
    assert everything() == before
    sentence = str(error.value)
    assert sentence.startswith(str(path / name))
    assert sentence.isprintable()
    assert sentence.endswith(".")
    return sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(content, words, id=name)
        for cases in (MALFORMED, SHAPES, REFERENCES, VALUES, RULES)
        for name, (content, *words) in cases.items()
    ],
)
def test_a_fixture_is_refused_in_one_sentence(content, words, tmp_path):
    sentence = refusal(tmp_path, content)
    for word in words:
        assert word in sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"), [pytest.param(c, w, id=name) for name, (c, *w) in JSON.items()]
)
def test_a_json_fixture_is_refused_in_one_sentence(content, words, tmp_path):
    sentence = refusal(tmp_path, content, "catalogue.json")
    for word in words:
        assert word in sentence


@given(st.integers(0, len(SOUND)), st.integers(0, 20), st.binary(max_size=4))
def test_any_damage_is_read_over_or_refused(start, length, damage):
    content = SOUND.encode()
    damaged = content[:start] + damage + content[start + length :]
    with suppress(FixtureError):
        read("catalogue.yaml", "yaml", damaged)


@pytest.mark.django_db
def test_the_second_of_two_files_undoes_the_first(tmp_path):
    (tmp_path / "a.yaml").write_text(SOUND)
    (tmp_path / "b.yaml").write_text("- model: projects.kind\n")
    before = everything()
    with pytest.raises(CommandError, match=r"b\.yaml"):
        call_command("loaddata", tmp_path / "a.yaml", tmp_path / "b.yaml", verbosity=0)
    assert everything() == before


@pytest.mark.django_db
def test_the_same_row_in_two_files_is_refused(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(TAG % ("Storage", "storage"))
    with pytest.raises(CommandError, match=r"b\.yaml, line 1, record 1 .*already in .*a\.yaml"):
        call_command("loaddata", tmp_path / "a.yaml", tmp_path / "b.yaml", verbosity=0)


@pytest.mark.django_db
def test_a_file_below_this_folder_is_named_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "kind.yaml").write_text("")
    with pytest.raises(CommandError, match=r"^fixtures/kind\.yaml: the file is empty"):
        call_command("loaddata", "fixtures/kind.yaml", verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- model: auth.user\n  fields: {username: ada}\n", "“password” is missing"),
        (
            "- model: auth.permission\n  fields: {name: a, codename: a}\n",
            "has no content_type",
        ),
        ("- model: auth.user\n  pk: x\n  fields: {username: ada, password: x}\n", "“x”"),
        ("- model: auth.user\n  fields: {username: a b, password: x}\n", "valid username"),
        ("- model: auth.user\n  fields: {user: ada}\n", "perhaps “username” is meant"),
        ("- model: auth.user\n  fields: {username: a, password: x, groups: 5}\n", "iterable"),
        ("- model: auth.user\n  fields: {username: a, password: x, groups: [[b]]}\n", "exist"),
    ],
)
def test_rows_outside_the_catalogue_are_checked_too(content, words, tmp_path):
    sentence = refusal(tmp_path, content)
    assert "record 1 (auth." in sentence
    assert words in sentence


@pytest.mark.django_db(transaction=True)
def test_a_number_that_belongs_to_no_row_is_refused(tmp_path):
    content = "- model: auth.user\n  fields: {username: a, password: x, groups: [987654]}\n"
    with pytest.raises(CommandError, match="points to a row that does not exist"):
        load(tmp_path, content)
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("nowhere", "No fixture named 'nowhere' found."),
        ("nowhere/project.yaml", "No fixture named"),
        ("project.txt", "txt is not a known serialization format."),
        ("project.yaml.gz", "gz is not a known serialization format."),
        (".", ". is a folder; name the files in it"),
    ],
)
def test_a_file_that_is_not_there_is_named(label, words):
    with pytest.raises(CommandError) as error:
        call_command("loaddata", label, verbosity=0)
    assert words in str(error.value)


@pytest.mark.django_db
def test_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    file = tmp_path / "kind.yaml"
    file.symlink_to(file)
    with pytest.raises(CommandError, match=r"kind\.yaml cannot be read: Too many levels"):
        call_command("loaddata", file, verbosity=0)


@pytest.mark.django_db
def test_nothing_in_a_fixture_is_ignored(tmp_path):
    with pytest.raises(CommandError, match="would lose"):
        call_command("loaddata", tmp_path / "kind.yaml", ignore=True)


def test_a_locked_database_is_said_to_be_locked():
    with pytest.raises(CommandError, match="wait until it has finished"), in_one_sentence():
        raise OperationalError("database is locked")


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_database_without_tables_wants_to_be_migrated(tmp_path):
    done = manage("loaddata", DATABASE_URL=f"sqlite:///{tmp_path}/empty.sqlite3")
    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: The database lacks tables or columns; run “manage.py migrate” first.\n"
    )


def test_a_database_that_does_not_answer_is_said_not_to():
    done = manage("loaddata", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The database cannot be used (")
    assert done.stderr.count("\n") == 1


def test_the_traceback_comes_when_it_is_asked_for(tmp_path):
    address = f"sqlite:///{tmp_path}/empty.sqlite3"
    done = manage("loaddata", "--traceback", DATABASE_URL=address)
    assert done.stderr.startswith("Traceback")
