"""Fenced code in Markdown: where it begins and ends, and which languages are known.

The check of what a text may cost, the hints and the renderer all read fences here, so that they
can never disagree about what is code.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

OPENING = re.compile(r"(?P<indent> *)(?P<fence>`{3,}(?=[^`]*\Z)|~{3,})\s*(?P<language>[^\s`{]*)")
# What may hold a fence that is indented by four spaces or more; anywhere else that is mere code.
CONTAINER = re.compile(r" {0,3}(?:[-*+] |\d+\. |: |!!! ?\w|\[\^[^\]]*\]:)")
CODE_INDENT = 4
# Written after the fence → Pygments' name. Pygments knows 600 languages; some of them take minutes
# over a few lines. Let another in only after feeding it with anything.
LEXERS = {
    "bash": "bash",
    "c": "c",
    "c++": "cpp",
    "conf": "ini",
    "console": "console",
    "cpp": "cpp",
    "css": "css",
    "diff": "diff",
    "docker": "docker",
    "dockerfile": "docker",
    "go": "go",
    "html": "html",
    "ini": "ini",
    "javascript": "javascript",
    "js": "javascript",
    "json": "json",
    "kotlin": "kotlin",
    "lua": "lua",
    "nix": "nix",
    "patch": "diff",
    "php": "php",
    "powershell": "powershell",
    "py": "python",
    "pycon": "pycon",
    "python": "python",
    "rb": "ruby",
    "rs": "rust",
    "ruby": "ruby",
    "rust": "rust",
    "sh": "bash",
    "shell": "bash",
    "sql": "sql",
    "systemd": "ini",
    "toml": "toml",
    "ts": "typescript",
    "typescript": "typescript",
    "xml": "xml",
    "yaml": "yaml",
    "yml": "yaml",
}


class Fence(NamedTuple):
    """The code between two fences, without the indentation that the fences have."""

    indent: str
    language: str
    code: str


def split_fences(lines: Iterable[str]) -> Iterator[str | Fence]:
    """Give back lines, and fences as one part each. A fence left open reaches to the end."""
    lines = iter(lines)
    is_in_container = False
    for line in lines:
        opening = OPENING.match(line)
        if opening and (is_in_container or len(opening["indent"]) < CODE_INDENT):
            indent, fence, language = opening.groups()
            yield Fence(indent, language, "\n".join(_code_lines(lines, len(indent), fence)))
            continue
        if line.strip() and not line.startswith(" " * CODE_INDENT):
            is_in_container = CONTAINER.match(line) is not None
        yield line


def _code_lines(lines: Iterator[str], indent: int, fence: str) -> Iterator[str]:
    for line in lines:
        bare = line.strip()
        if len(bare) >= len(fence) and set(bare) == {fence[0]}:
            return
        yield line[min(indent, len(line) - len(line.lstrip(" "))) :]
