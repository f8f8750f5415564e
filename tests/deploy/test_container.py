"""The Containerfile against the tree that it is built from, and what an image has to keep to.

No engine is needed: its steps are carried out one by one by `python -m tests.deploy image`.
"""

import re
import shlex
import subprocess

import pytest

from showcase.serving import release
from tests import ROOT

from .containerfile import said, stages

BEGINNING, BUILD, IMAGE = stages()
IGNORED = (ROOT / ".containerignore").read_text().splitlines()


@pytest.fixture(scope="module")
def copied():
    """What the first stage takes from the tree."""
    copies = [shlex.split(rest)[:-1] for rest in said("COPY", BUILD)]
    return {source for sources in copies for source in sources}


def test_everything_that_is_copied_is_in_the_repository(copied):
    tracked = subprocess.check_output(["git", "ls-files", *copied], cwd=ROOT, text=True)
    found = {line.partition("/")[0] for line in tracked.splitlines()}
    assert found == copied


def test_everything_that_a_page_is_made_of_is_copied(copied):
    made_of = {pattern.partition("/")[0] for pattern in (*release.PATTERNS, *release.FILES)}
    # Files that are collected for the pages are made of these.
    assert made_of - {"var"} | {"static", "manage.py", "gunicorn.conf.py"} <= copied


def test_builder_is_handed_nothing_else(copied):
    handed = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert "*" in IGNORED
    assert handed == copied


def test_packages_are_those_of_the_lock():
    installing = [rest for rest in said("RUN", BUILD) + said("RUN", IMAGE) if "pip" in rest]
    assert len(installing) == 1
    assert "--require-hashes" in installing[0]
    assert installing[0].endswith("-r requirements.txt")


def test_it_runs_as_somebody_without_rights():
    [user] = said("USER", IMAGE)
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)


def test_what_it_writes_is_on_the_volume():
    [volume] = said("VOLUME", IMAGE)
    [environment] = said("ENV", IMAGE)
    assert f"DATABASE_URL=sqlite:///{volume}/" in environment


def test_both_stages_have_the_same_python():
    # The packages were built for it, and the environment leads to it.
    for stage in (BUILD, IMAGE):
        assert said("FROM", stage)[0].partition(" AS ")[0] == "${PYTHON}"
    [python] = said("ARG", BEGINNING)
    pinned = (ROOT / ".python-version").read_text().strip()
    assert f"/python:{pinned}-slim" in python


def test_probe_asks_whether_the_process_lives():
    [probe] = said("HEALTHCHECK", IMAGE)
    assert "/healthz" in probe
