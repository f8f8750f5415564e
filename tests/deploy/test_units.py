"""What the units of systemd ask for is there. Whether they are sound: `python -m tests.deploy`."""

import re
import shlex

from django.core.management import get_commands, load_command_class

import pytest

from tests import ROOT

UNITS = ROOT / "deploy" / "systemd"
COMMAND = re.compile(
    r"^ExecStart=/srv/showcase/current/\.venv/bin/python manage\.py (.+)$", re.MULTILINE
)


def commands():
    for path in sorted(UNITS.glob("*.service")):
        for line in COMMAND.findall(path.read_text()):
            yield pytest.param(line, id=f"{path.stem}: {line}")


@pytest.mark.parametrize("line", [*commands()])
def test_every_command_takes_what_it_is_given(line):
    name, *options = shlex.split(line)
    command = load_command_class(get_commands()[name], name)
    # It ends the program where an option is unknown.
    command.create_parser("manage.py", name).parse_args(options)


def test_every_timer_has_its_service_and_makes_up_for_a_night_that_was_slept_through():
    timers = list(UNITS.glob("*.timer"))
    assert timers
    for timer in timers:
        assert timer.with_suffix(".service").exists()
        assert "Persistent=yes" in timer.read_text()


def test_gunicorn_has_ended_before_systemd_loses_patience():
    patience = re.search(r"^TimeoutStopSec=(\d+)$", read("showcase-web.service"), re.MULTILINE)
    grace = re.search(
        r"^graceful_timeout = (\d+)$", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE
    )
    assert int(grace[1]) < int(patience[1])


def read(name):
    return (UNITS / name).read_text()
