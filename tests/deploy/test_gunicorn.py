"""What gunicorn.conf.py makes of the machine and the environment, as gunicorn itself says it."""

import os
import re
import subprocess
import sys

from tests import ROOT

OURS = ("BIND", "WEB_CONCURRENCY", "GUNICORN_CMD_ARGS", "PORT")


def configuration(cores=None, **environment):
    """Return what gunicorn would run with, on so many cores."""
    given = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--print-config"],
        cwd=ROOT,
        env=given | {"SECRET_KEY": "only-for-tests"} | environment,
        preexec_fn=cores and (lambda: os.sched_setaffinity(0, cores)),
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(re.findall(r"^(\w+) += (.*)$", done.stdout, re.MULTILINE))


def test_there_is_a_worker_for_each_core_that_it_may_use():
    one = {min(os.sched_getaffinity(0))}
    assert configuration(cores=one)["workers"] == "1"


def test_operator_says_otherwise_in_the_environment():
    found = configuration(WEB_CONCURRENCY="7", BIND="127.0.0.1:8765")
    assert found["workers"] == "7"
    assert found["bind"] == "['127.0.0.1:8765']"
