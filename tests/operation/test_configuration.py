"""What is written about settings is what there is."""

import re

from django.core.management import call_command

import pytest

from showcase.management.commands.settings import table
from showcase.settings import variables
from tests import ROOT

GUIDE = (ROOT / "docs" / "configure.md").read_text()
# What belongs to the catalogue is in a file of its own.
OF_THE_CATALOGUE = {"SITE_NAME", "SITE_TAGLINE"}


def test_the_guide_has_the_table_that_the_command_prints():
    begin, end = "<!-- manage.py settings --markdown -->\n", "<!-- end of settings -->"
    assert GUIDE.partition(begin)[2].partition(end)[0] == "\n".join(table()) + "\n"


def test_the_guide_says_what_each_kind_of_value_is():
    for kind in {variable.kind for variable in variables.known.values()}:
        assert f"| {kind} |" in GUIDE.partition("## Kinds")[2], kind


def test_the_example_names_every_variable_and_no_other():
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(variables.known.keys() - OF_THE_CATALOGUE)


@pytest.mark.parametrize("variable", variables.known.values(), ids=lambda it: it.name)
def test_every_variable_is_explained_in_a_sentence(variable):
    assert re.fullmatch(r"[A-Z][^|\n]{10,}\.", variable.about)


def test_operator_is_told_where_settings_come_from_and_no_secret(capsys, monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", "only-for-this-test-0123456789")
    monkeypatch.setitem(variables.places, "METRICS_TOKEN", "the environment")
    call_command("settings")
    told = capsys.readouterr().out
    assert "METRICS_TOKEN: the environment\n" in told
    assert "0123456789" not in told
