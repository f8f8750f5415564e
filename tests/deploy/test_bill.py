"""`manage.py sbom`: what the site is made of, by the rules of CycloneDX 1.6."""

import json
import re
from importlib import metadata

from django.core.management import CommandError, call_command

import pytest

from showcase.sbom import bill_of_materials, pins
from tests import ROOT

SERIAL = r"urn:uuid:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
LOCK = 'bleach==6.4.0 \\\n    --hash=sha256:00\ntzdata==2026.6 ; sys_platform == "win32" \\\n'


@pytest.fixture(scope="module")
def bill():
    return bill_of_materials(ROOT)


def test_it_says_what_it_is(bill):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(SERIAL, bill["serialNumber"])
    assert bill["metadata"]["component"]["name"] == "showcase"


def test_every_package_of_the_lock_is_in_it_with_its_version(bill):
    libraries = [each for each in bill["components"] if each["type"] == "library"]
    assert {each["bom-ref"] for each in libraries} == {
        f"{pin.name}{pin.specifier}" for pin in pins((ROOT / "requirements.txt").read_text())
    }
    for each in libraries:
        assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"
        assert each["version"] == metadata.version(each["name"])


def test_every_licence_is_one_expression_or_names(bill):
    for each in bill["components"]:
        words = [next(iter(licence)) for licence in each["licenses"]]
        assert words == ["expression"] or set(words) == {"license"}
        assert all(licence.get("license", {"name": "."})["name"] for licence in each["licenses"])


def test_whatever_is_needed_is_in_it_once(bill):
    known = [each["bom-ref"] for each in bill["components"]] + ["showcase"]
    assert len(known) == len(set(known))
    needed = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}
    assert set(needed) == set(known) - {"source-sans-3"}
    assert {name for names in needed.values() for name in names} == set(known) - {"showcase"}


def test_same_packages_make_the_same_bill(bill):
    assert bill_of_materials(ROOT) == bill


def test_what_is_for_another_system_is_left_out():
    assert [pin.name for pin in pins(LOCK)] == ["bleach"]


def test_command_writes_json(capsys, bill):
    call_command("sbom")
    assert json.loads(capsys.readouterr().out) == bill


def test_other_packages_than_those_of_the_lock_are_refused(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (tmp_path / "requirements.txt").write_text("bleach==1.0 \\\n")
    with pytest.raises(CommandError, match=r"^bleach \S+ is installed, not bleach==1.0; install"):
        call_command("sbom")
    (tmp_path / "requirements.txt").write_text("no-such-package==1.0 \\\n")
    with pytest.raises(CommandError, match=r"^no-such-package is not installed; install"):
        call_command("sbom")
