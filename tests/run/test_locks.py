"""The locks hold what pyproject.toml asks for, and nothing but names, versions and hashes."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import ROOT

PIN = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN_TIME = PYPROJECT["project"]["dependencies"]
DEVELOPMENT = PYPROJECT["dependency-groups"]["dev"]


def lines(lock):
    return (ROOT / lock).read_text().splitlines()


def pins(lock):
    return {pin[1]: pin[2] for line in lines(lock) if (pin := PIN.fullmatch(line))}


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_lock_has_nothing_but_pins_and_hashes(lock):
    for line in lines(lock):
        assert PIN.fullmatch(line) or HASH.fullmatch(line), line


@pytest.mark.parametrize(
    ("lock", "requirements"),
    [("requirements.txt", RUN_TIME), ("requirements-dev.txt", RUN_TIME + DEVELOPMENT)],
)
def test_lock_pins_every_requirement_in_its_range(lock, requirements):
    pinned = pins(lock)
    for requirement in map(Requirement, requirements):
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_development_lock_agrees_with_the_one_for_run_time():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
