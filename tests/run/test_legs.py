"""How ./run test sums up what it ran."""

import subprocess
import sys
from collections import Counter

import pytest

from tests import ROOT
from tests.__main__ import Leg, conclude, count

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="passes"/>
<testcase classname="a" name="skips"><skipped/></testcase>
<testcase classname="a" name="fails"><failure/></testcase>
<testcase classname="a" name="fails"><error/></testcase>
<testcase classname="b" name="cannot_be_set_up"><error/></testcase>
</testsuite></testsuites>"""


def leg(status=0, **outcomes):
    return Leg("SQLite", status, Counter(outcomes))


def test_report_is_counted_by_test(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert count(report) == {"passed": 1, "skipped": 1, "failed": 2}


def test_last_line_adds_up_all_legs(capsys):
    assert conclude([leg(passed=2), leg(passed=3)]) == 0
    assert capsys.readouterr().out.endswith(
        "SQLite: 2 passed\nSQLite: 3 passed\n5 passed, 0 failed, 0 skipped\n"
    )


@pytest.mark.parametrize(
    "bad_leg", [leg(status=1, passed=1, failed=1), leg(passed=1, skipped=1), leg(status=5)]
)
def test_failed_skipped_or_empty_leg_is_no_success(bad_leg, capsys):
    assert conclude([leg(passed=2), bad_leg]) == 1


def test_leg_without_any_test_says_so():
    assert str(leg(status=5)) == "SQLite: no test ran"


def test_missing_programs_are_named_before_anything_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests", "--browser"],
        check=False,
        cwd=ROOT,
        env={"PATH": str(tmp_path), "VNU_JAR": str(tmp_path / "vnu.jar")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    for program in ("Chromium", "Java", "Nu HTML checker"):
        assert program in done.stderr
