"""Texts that ask for much work, for their length. Each repeats something as often as it can."""

from people.fences import LEXERS
from people.markdown_limits import find_costly_markup
from people.validators import MARKDOWN_MAX_LENGTH
from showcase.markdown.highlighting import MAX_CHARACTERS

# More than the limits allow, if a text consists of nothing else.
REFUSED = {
    "open brackets": "[",
    "open pictures": "![",
    "double brackets": "[[",
    "unfinished links": "[a](",
    "unfinished references": "[a][",
    "titles that do not end": '[a]("',
    "links in links": "[a](b [",
    "footnotes": "[^1]",
    "open footnotes": "[^",
    "footnote definitions": "[^a]: b\n",
    "emphasis": "*a*",
    "asterisks": "*",
    "underscores": "_",
    "tildes": "a~~",
    "mixed emphasis": "**a_",
    "backticks that do not match": "\\``",
    "more backticks": "``a`",
    "quotations": ">",
    "spaced quotations": "> ",
    "lists in lists": "- ",
    "numbered lists in lists": "1. ",
    "headings": "\n#",
    "underlined headings": "\na\n===",
    "rules": "\n***",
    "empty items": "\n- ",
    "fences": "\n```\n```",
    "definitions": "a\n: b\n",
    "admonitions": "!!! note\n",
    "abbreviations": "\n*[a]: b",
    "definitions of links": "[a]:\n",
    "cells": "\n|-|",
    "paragraphs": "a\n\n",
    "escaped brackets in brackets": "\\![",
}
# No more than that.
ALLOWED = {
    "words": "word ",
    "one long word": "a",
    "links": "[a](/b) words ",
    "emphasised words": "*a* word or two ",
    "code": "`a` word or two ",
    "items": "- [a](/b) words\n",
    "short items": "- [a](/b)\n",
    "emphasised items": "- *a*\n",
    "terms": "a\n: b\n",
    "quoted paragraphs": "> a word or two, or three\n\n",
    "opening angles": "<",
    "closing angles": ">a",
    "tags": "<b onclick=x>",
    "comments": "<!--",
    "ampersands": "&",
    "entities": "&lt;",
    "numbered entities": "&#1;",
    "quotation marks": "\"'",
    "backslashes": "\\",
    "escaped backticks": "\\` word ",
    "blanks": "a                ",
    "exclamation marks": "!",
    "web addresses": "https://a.example ",
    "brackets behind an address": "https://a.example/))))))))))))))))",
    "mail addresses": "<a@b.example> ",
    "marks on a letter": "# a" + "\u0300\u0316" * 4_000,
    "letters of many parts": "\ufdfa",
    "placeholders": "wzxhzdk:0 klzzwxh:0001 ",
}
# What opens very often, and closes as often.
NESTED = {
    "emphasis in emphasis": ("*a _b ", "b_ a* "),
    "two kinds of emphasis": ("*a **b ", "b** a* "),
    "runs of asterisks": ("*", "*"),
    "brackets in brackets": ("[a ", "](/b)"),
    "pictures in pictures": ("![a ", "](/b.png)"),
    "references in references": ("[a ", "][b]"),
    "round brackets": ("(", ")"),
}
CODE = [
    "a",
    "a ",
    "a a=",
    "(",
    "{",
    "[",
    '"',
    "'",
    "\\",
    "/*",
    "<!--",
    "<a ",
    "$(",
    "${",
    "=",
    "#",
    "- ",
    "a:",
]


def at_the_cap(unit: str) -> str:
    return (unit * MARKDOWN_MAX_LENGTH)[:MARKDOWN_MAX_LENGTH]


def as_far_as_allowed(opening: str, closing: str = "", after: str = "") -> str:
    """Return what is rendered of it at most; the rest of the length is words."""

    def text(times: int) -> str:
        return _filled(after + opening * times + closing * times)

    least, most = 0, (MARKDOWN_MAX_LENGTH - len(after)) // len(opening + closing)
    while least < most:
        times = (least + most + 1) // 2
        if find_costly_markup(text(times)) is None:
            least = times
        else:
            most = times - 1
    return text(least)


def _filled(text: str) -> str:
    """Return a text that is as long as one may be."""
    return (text + " word" * MARKDOWN_MAX_LENGTH)[:MARKDOWN_MAX_LENGTH]


def allowed() -> dict[str, str]:
    """Return the texts that are rendered, by what they are full of."""
    repeated = {name: (unit, "") for name, unit in (REFUSED | ALLOWED).items()} | NESTED
    return {name: as_far_as_allowed(*pair) for name, pair in repeated.items()}


def everything(code: str) -> dict[str, str]:
    """Return all texts: what is refused, what is rendered, and that after some code."""
    return {
        **{f"{name}, refused": at_the_cap(unit) for name, unit in REFUSED.items()},
        **allowed(),
        **{
            f"code, then {name}": as_far_as_allowed(unit, after=f"{code}\n\n")
            for name, unit in (REFUSED | ALLOWED).items()
        },
    }


def fences() -> dict[str, str]:
    """Return code to be coloured, by its language and what it is full of."""
    languages = {lexer: language for language, lexer in LEXERS.items()}
    return {
        f"code in {language}, {unit}": f"```{language}\n{_lines(unit)}\n```"
        for language in languages.values()
        for unit in CODE
    }


def _lines(unit: str) -> str:
    """Return as much code as is coloured, in lines that are not too long for it."""
    line = (unit * 160)[:150].rstrip() + "\n"
    return (line * MAX_CHARACTERS)[:MAX_CHARACTERS]
