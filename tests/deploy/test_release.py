"""What deploy/release asks before it changes anything."""

import shutil
import subprocess

import pytest

from tests import ROOT

RELEASE = ROOT / "deploy" / "release"


def test_everything_is_checked_before_the_database_is_touched():
    lines = RELEASE.read_text().splitlines()
    assert lines.index("check") < lines.index("manage migrate --noinput")
    assert "gunicorn --check-config" in RELEASE.read_text()


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_release_that_is_not_there_is_told():
    done = subprocess.run(
        [RELEASE, "v0.0.0-never"], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 2
    assert done.stderr.startswith("v0.0.0-never is no tag and no commit here")
