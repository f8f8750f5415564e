"""What a text in Markdown may ask of the renderer.

Python-Markdown takes seconds over some texts of a few thousand characters: it looks for the end of
each bracket again from its start, and reads a paragraph again for each line that cuts it in two.
Those habits are measured here in one pass over the text, without rendering it. The limits keep the
worst of 10,000 characters below a fifth of a second; what authors write stays far below them.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from .fences import split_fences

ESCAPE = re.compile(r"\\.", re.DOTALL)
# What Python-Markdown puts in the place of an escaped character while it searches.
PLACEHOLDER = "-" * 14
# What stands here for a fence and the code in it.
FENCE = "\0fence"

BRACKET = re.compile(r"[\[\]]")
TARGET = re.compile(r"\]\(")
# A target that ends where it seems to costs no more than its length.
PLAIN_TARGET = re.compile(r"""\]\(\s*+<?[^()<>"'\s]*+>?(?:\s++(?:"[^"()]*+"|'[^'()]*+'))?+\s*+\)""")
BACKTICKS = re.compile(r"(?<!\\)(?:\\\\)*(\\?)(`+)")
DELIMITERS = re.compile(r"[*_~]+")
MARK = re.compile(r"[*_~]+|`+|\[")
# Of a link: its address and, in quotes or brackets, its title.
DEFINITION = re.compile(r"""\[(?!\^)[^\[\]]*+\]:\s*+(\S++)(?:\s++(["'(].*+))?""")
ESCAPED_IN_HTML = re.compile("[&<>\"']")
CUT = re.compile(
    r"""[ >]*(?:
        \#                                    # a heading
      | =+[ ]*\Z | (?:-[ ]*)+\Z               # the line below one, or a rule
      | (?:\*[ ]*){3,}\Z | (?:_[ ]*){3,}\Z    # another rule
      | !!! | :[ ]                            # an admonition, a definition of a term
      | \*\[ | \[[^\]]*\]:                    # of an abbreviation, of a footnote or link
    )""",
    re.VERBOSE,
)
CONTAINERS = re.compile(r"(?:[ ]*(?:>|[-*+][ ]|\d{1,9}\.[ ]))*")
CONTAINER = re.compile(r">|[-*+][ ]|\.[ ]")
DEFINED = re.compile(r"[ >]*:[ ]")
RULER_CHARACTERS = frozenset(" >|:-")

MAX_DEPTH = 20
MAX_COPIES = 150_000
# Of all that is counted, how many times the most of one.
MAX_COUNTS = 1.25
EXCERPT_LENGTH = 40


class Limit(NamedTuple):
    """How much of something a text may have, and what to do about more."""

    cost: Callable[[str], int]
    most: int
    advice: str


def find_costly_markup(text: str) -> str | None:
    """Return what an author should change before this text can be rendered, if anything."""
    blocks = list(_blocks(text))
    shares = {limit: sum(map(limit.cost, blocks)) / limit.most for limit in SEARCHES}
    if sum(shares.values()) > 1:
        return _advice(max(shares, key=lambda limit: shares[limit]), blocks)
    for limit in (*COUNTS, *DEPTHS):
        if sum(map(limit.cost, blocks)) > limit.most:
            return _advice(limit, blocks)
    if sum(sum(map(limit.cost, blocks)) / limit.most for limit in COUNTS) > MAX_COUNTS:
        return (
            "This text has very many lines, and marks, cells or notes besides. "
            "Move a part of it to a page of its own."
        )
    if _copies(blocks) > MAX_COPIES:
        return (
            "This text uses a long address too often. Write it where it is needed, "
            "[text](address), instead of once for all."
        )
    return None


def _blocks(text: str) -> Iterator[str]:
    """Give back what stands between blank lines, as Markdown sees it, without fenced code."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    parts = split_fences(text.split("\n"))
    lines = (part if isinstance(part, str) else f"\n{FENCE}\n" for part in parts)
    tidy = "\n".join(line if line.strip(" ") else "" for line in lines)
    return (block for block in tidy.split("\n\n") if block)


def _advice(limit: Limit, blocks: list[str]) -> str:
    start = max(blocks, key=limit.cost).replace(FENCE, "```")
    return f"{limit.advice} Look at “{' '.join(start[:EXCERPT_LENGTH].split())}…”."


# Searches: the number of characters that are read in vain.


def _for_brackets(block: str) -> int:
    """Each square bracket is followed to its end."""
    block = ESCAPE.sub(PLACEHOLDER, block)
    open_at: list[int] = []
    cost = 0
    for bracket in BRACKET.finditer(block):
        if bracket[0] == "[":
            open_at.append(bracket.start())
        elif open_at:
            cost += bracket.start() - open_at.pop()
    return cost + sum(len(block) - start for start in open_at)


def _for_targets(block: str) -> int:
    """Each link target is followed to its end, over brackets and quotation marks."""
    return sum(
        len(block) - target.start()
        for target in TARGET.finditer(block)
        if not PLAIN_TARGET.match(block, target.start())
    )


def _for_backticks(block: str) -> int:
    """Code in a line is followed to as many backticks; after a failure, any may be looked for."""
    runs = [(run.start(2), len(run[2]), len(run[1])) for run in BACKTICKS.finditer(block)]
    places: dict[int, deque[int]] = {}
    for index, (_, length, _) in enumerate(runs):
        places.setdefault(length, deque()).append(index)
    cost = index = 0
    while index < len(runs):
        start, length, escaped = runs[index]
        later = places.get(length - escaped, deque())
        while later and later[0] <= index:
            later.popleft()
        if length == escaped:
            index += 1
        elif later:
            cost += runs[later[0]][0] - start
            index = later[0] + 1
        else:
            return cost + (len(runs) - index) * (len(block) - start)
    return cost


def _for_delimiters(block: str) -> int:
    """A long run of delimiters is tried from each of its characters."""
    return sum(len(run[0]) ** 2 for run in DELIMITERS.finditer(block))


def _for_cuts(block: str) -> int:
    """A paragraph is read again for each line that cuts it in two."""
    return len(block) * sum(1 for line in block.split("\n") if CUT.match(line))


# Counts: how many elements come of it.


def _lines(block: str) -> int:
    return block.count("\n") + 1


def _marks(block: str) -> int:
    return sum(1 for _ in MARK.finditer(block))


def _fences(block: str) -> int:
    return block.count(FENCE)


def _cells(block: str) -> int:
    """Count the cells of a table: each row gets as many as the ruler has."""
    lines = block.split("\n")
    rulers = [line for line in lines if "|" in line and RULER_CHARACTERS.issuperset(line)]
    return sum(len(lines) * ruler.count("|") for ruler in rulers)


def _footnotes(block: str) -> int:
    return block.count("[^")


def _abbreviations(block: str) -> int:
    return block.count("*[")


def _depth(block: str) -> int:
    """Count the levels by which the most deeply nested line exceeds the limit."""
    starts = (CONTAINERS.match(line) for line in block.split("\n"))
    return max(0, max(len(CONTAINER.findall(start[0])) for start in starts if start) - MAX_DEPTH)


def _glossary(block: str) -> int:
    """Count the terms beyond the limit: each is read within what defines the one before."""
    are_defined = [DEFINED.match(line) is not None for line in block.split("\n")]
    return max(0, sum(after > before for before, after in pairwise(are_defined)) - MAX_DEPTH)


# Copies: an address that is defined once, and used wherever a bracket opens.


def _copies(blocks: list[str]) -> int:
    definitions = (found for block in blocks for found in DEFINITION.finditer(block))
    longest = max((_size(found[1] + (found[2] or "")) for found in definitions), default=0)
    return longest * sum(block.count("[") for block in blocks)


def _size(text: str) -> int:
    """Return the length, and more for each character that has to be escaped."""
    return len(text) + 20 * len(ESCAPED_IN_HTML.findall(text))


# Together they may use up one share: each alone as much as takes about 50 ms.
SEARCHES = (
    Limit(
        _for_brackets,
        150_000,
        "This text opens many square brackets without closing them. Close them, "
        "or move what they belong to into a code block.",
    ),
    Limit(
        _for_targets,
        500_000,
        "This text has many links whose target does not end. Close their round brackets, and "
        'write quotation marks only around a title: [text](https://example.org "title").',
    ),
    Limit(
        _for_backticks,
        1_000_000,
        "This text has backticks without others to match. Write as many after code as before it.",
    ),
    Limit(
        _for_delimiters,
        7_000_000,
        "This text has very long lines of asterisks, underscores or tildes. Shorten them.",
    ),
    Limit(
        _for_cuts,
        1_600_000,
        "This text has many headings, rules or definitions in one paragraph. "
        "Put blank lines between them.",
    ),
)
COUNTS = (
    Limit(_lines, 1_000, "This text has more than 1,000 lines. Join lines, or shorten it."),
    Limit(
        _marks,
        1_500,
        "This text has more than 1,500 marks of emphasis, links and code. Split it.",
    ),
    Limit(_fences, 100, "This text has more than 100 code blocks. Join some of them."),
    Limit(_cells, 1_500, "A table has more than 1,500 cells. Link to a document instead."),
    Limit(_footnotes, 200, "This text has more than 200 footnotes and references to them."),
    Limit(_abbreviations, 100, "This text explains more than 100 abbreviations."),
)
DEPTHS = (
    Limit(_depth, 0, f"Lists or quotations are nested more than {MAX_DEPTH} levels deep."),
    Limit(
        _glossary,
        0,
        f"More than {MAX_DEPTH} terms follow each other in one paragraph. "
        "Put a blank line before each.",
    ),
)
