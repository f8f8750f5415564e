"""Which Python the launcher takes, and what it says when there is none."""

import ast
import importlib.util
from importlib.machinery import SourceFileLoader

import pytest

from tests import ROOT


@pytest.fixture
def launcher(tmp_path, monkeypatch):
    """The launcher as a module, on a machine without any Python."""
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader = SourceFileLoader("launcher", str(ROOT / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("launcher", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON_FOLDERS", [str(tmp_path / "versions" / "*")])
    monkeypatch.setattr("sys.executable", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    return module


@pytest.fixture
def python(tmp_path):
    """A function that puts a Python there which gives the answer it is told to."""

    def python(name, answer, status=0):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\necho '{answer}'\nexit {status}\n")
        path.chmod(0o755)
        return str(path)

    return python


def test_preferred_python_is_taken_before_newer_and_older_ones(launcher, python):
    python("python3.12", "3 12")
    python("python3.14", "3 14")
    preferred = python("python3.13", "3 13")
    assert launcher.find_python() == preferred


def test_newest_is_taken_when_the_preferred_one_is_missing(launcher, python):
    python("python3.12", "3 12")
    preferred = python("python3.14", "3 14")
    assert launcher.find_python() == preferred


def test_shim_that_leads_nowhere_is_passed_over(launcher, python):
    python("python3.13", "pyenv: python3.13: command not found", status=127)
    preferred = python("versions/one/python3", "3 12")
    assert launcher.find_python() == preferred


def test_python_of_the_project_itself_is_no_candidate(launcher, python, tmp_path, monkeypatch):
    monkeypatch.setattr(launcher, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setenv("PATH", str(tmp_path / ".venv"))
    python(".venv/python3.13", "3 13")
    with pytest.raises(launcher.LaunchError):
        launcher.find_python()


def test_without_a_new_enough_python_one_sentence_says_what_to_install(launcher, python):
    python("python3", "3 11")
    with pytest.raises(launcher.LaunchError, match=r"Python 3\.12 or newer: install python3\.13"):
        launcher.find_python()


def test_python_that_cannot_make_an_environment_is_told_what_it_lacks(launcher, python):
    python("python3.12", "3 12 ensurepip")
    with pytest.raises(launcher.LaunchError, match=r"lacks ensurepip: install python3\.12-venv\.$"):
        launcher.find_python()


def test_launcher_is_written_so_that_old_pythons_read_it():
    too_new = (ast.AnnAssign, ast.JoinedStr, ast.Match, ast.NamedExpr, ast.Starred)
    for node in ast.walk(ast.parse((ROOT / "run").read_text())):
        assert not isinstance(node, too_new), f"line {node.lineno}"
        assert not (isinstance(node, ast.Raise) and node.cause), f"line {node.lineno}"
        assert not (isinstance(node, ast.arguments) and node.kwonlyargs + node.posonlyargs)
        assert not getattr(node, "annotation", None)
        assert not getattr(node, "returns", None)
