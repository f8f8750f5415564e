"""The plans of all pages, as a document."""

from django.test import Client

from projects.snapshot import present

from ... import ROOT
from ..report import circumstances, heading, publish
from .explaining import Plan, large_tables, plans
from .pages import pages

DOCUMENT = ROOT / "docs" / "plans.md"
# Asked by nearly every page: a single row, and the names of the prose pages.
EVERYWHERE = {"generation", "showcase_page"}
# Of a query that takes more indexes than these, their number.
NAMED_MAX = 4


def run(projects: int, *, is_kept: bool) -> int:
    """Print all plans, keep them if that is wanted; return 1 if a large table is read whole."""
    client = Client(headers={"host": "localhost"})
    present()
    found = [(name, plans(client, address)) for name, address in pages()]
    large = large_tables()
    read = {
        f"{name}: {table}"
        for name, asked in found
        for plan in asked
        for table in large.intersection(plan.whole)
    }
    verdict = f"Read from end to end: {'; '.join(sorted(read)) or 'no large table'}."
    tables = [f"### {name}\n\n{_table(asked)}" for name, asked in found]
    text = "\n\n".join((circumstances(), verdict, *tables))
    publish(heading("postgresql", projects), text, is_kept=is_kept, document=DOCUMENT)
    return 1 if read else 0


def _table(asked: list[Plan]) -> str:
    """Return what a page asks; each query a row, as short as it can be."""
    lines = [
        f"| {plan.asked} | {_named(plan.whole)} | {_named(plan.indexes)} | {plan.rows:,} |"
        for plan in asked
        if plan.asked not in EVERYWHERE
    ]
    head = ["| asks for | reads whole | by index | rows |", "| --- | --- | --- | --: |"]
    return "\n".join([*head, *lines]) if lines else "Asks for nothing else."


def _named(names: list[str]) -> str:
    """Return names without what all of them begin with; of many, how many."""
    if len(names) > NAMED_MAX:
        return f"{len(names)} of them"
    return ", ".join(name.removeprefix("projects_") for name in names)
