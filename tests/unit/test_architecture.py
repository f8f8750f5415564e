"""The rules of the house that a program can check."""

import ast
import re
from pathlib import Path

import pytest

from tests import ROOT

# Each room may import those after it.
ROOMS = ["showcase", "projects", "people"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
MARKDOWN = ROOT / "showcase" / "markdown"

COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color|light-dark)a?\("
    r"|[\s:(,](?:white|black|gr[ae]y|red|green|blue|yellow|orange|purple|silver|navy|teal)[\s;,)]",
    re.IGNORECASE,
)
PARTS_OF_A_PAGE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:")


def modules_of(room: str) -> list[Path]:
    """Return what is written in a room; migrations are made."""
    paths = sorted((ROOT / room).rglob("*.py"))
    return [path for path in paths if path.parent.name != "migrations"]


MODULES = [path for room in ROOMS for path in modules_of(room)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path):
    """Yield the level and the name of everything that a module imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((0, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, node.module or ""


def imported(path):
    return {name.partition(".")[0] for level, name in imports(path) if level == 0}


def test_there_is_something_to_check():
    assert all((MODULES, TESTS, TEMPLATES, STYLES, MARKDOWN.exists()))


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_down_only(room):
    above = ROOMS[: ROOMS.index(room)]
    for path in modules_of(room):
        assert imported(path).isdisjoint(above), name_of(path)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_inside_a_room_are_relative(room):
    for path in modules_of(room):
        # Three dots are harder to read than the name.
        if "management" not in path.parts:
            assert room not in imported(path), name_of(path)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_above_are_not_reached_for_by_name(room):
    above = "|".join(ROOMS[: ROOMS.index(room)]) or "nobody"
    reached = re.compile(rf"(?:get_model|import_module|import_string)\(\s*[\"'](?:{above})\b")
    for path in modules_of(room):
        assert not reached.search(path.read_text()), name_of(path)


def test_relative_imports_stay_in_their_room():
    for path in MODULES:
        depth = len(path.relative_to(ROOT).parts) - 1
        assert all(level <= depth for level, _ in imports(path)), name_of(path)


def test_nothing_of_the_site_imports_its_tests():
    assert [name_of(path) for path in MODULES if "tests" in imported(path)] == []


@pytest.mark.parametrize("package", ["markdown", "bleach", "pygments"])
def test_only_one_module_turns_markdown_into_html(package):
    importers = [path for path in MODULES if package in imported(path)]
    assert importers
    assert [name_of(path) for path in importers if not path.is_relative_to(MARKDOWN)] == []


def test_only_that_module_calls_text_safe():
    makers = [path for path in MODULES if re.search(r"mark_safe|SafeString", path.read_text())]
    assert [name_of(path) for path in makers if not path.is_relative_to(MARKDOWN)] == []


def test_only_search_and_backup_know_which_database_it_is():
    knowing = [path for path in MODULES if re.search(r"\.vendor\b", path.read_text())]
    rooms = (ROOT / "projects" / "search", ROOT / "showcase" / "backup")
    assert [name_of(path) for path in knowing if not any(map(path.is_relative_to, rooms))] == []


def test_modules_are_short():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in MODULES + TESTS}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_templates_escape_everything_and_carry_no_style_or_script():
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"\|\s*safe\b|safeseq", text), name_of(path)
        assert not PARTS_OF_A_PAGE.search(text), name_of(path)
        if path.suffix != ".txt":
            assert "autoescape off" not in text, name_of(path)


def test_pages_extend_the_base_and_nothing_else():
    extended = {}
    for path in TEMPLATES:
        if found := re.search(r'{% extends "([^"]+)"', path.read_text()):
            extended.setdefault(found[1], []).append(name_of(path))
    ours = {name: users for name, users in extended.items() if not name.startswith("admin/")}
    assert set(ours) == {"base.html"}


def test_colours_have_one_place():
    for path in STYLES:
        if path.name not in {"tokens.css", "syntax.css"}:
            assert not (found := COLOUR.search(path.read_text())), (name_of(path), found)


def test_styles_overrule_nothing_by_force_and_load_nothing():
    for path in STYLES:
        text = path.read_text()
        assert "!important" not in text, name_of(path)
        assert not re.search(r"@import|url\((?!['\"]?(?:data:|\.\./|\.?/))", text), name_of(path)
