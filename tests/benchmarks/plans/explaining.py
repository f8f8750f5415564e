"""What a page asks, and how PostgreSQL goes about it."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Pages of 8 kB from which on a table is large. Smaller ones are read in a few milliseconds, and
# rightly so where it takes some hundred look-ups otherwise.
LARGE = 1_000
TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"|SELECT (projects_search_\w+)\(')


class Plan(NamedTuple):
    """A query in short, the tables that are read from end to end, and the indexes that are used."""

    asked: str
    whole: list[str]
    indexes: list[str]
    rows: int


def plans(client: Client, address: str) -> list[Plan]:
    """Return the plans of all that a page asks, each once."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code >= 500:
        raise AssertionError(f"{address} answers {response.status_code}")
    asked = dict.fromkeys(query["sql"] for query in captured.captured_queries)
    return [plan(statement) for statement in asked if statement.lstrip("(").startswith("SELECT")]


def plan(statement: str) -> Plan:
    with connection.cursor() as cursor:
        # Without parameters, so that a percent sign is one.
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", None)
        (answer,) = cursor.fetchone()
    top = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    nodes = list(_nodes(top))
    whole = {node["Relation Name"] for node in nodes if node["Node Type"].endswith("Seq Scan")}
    indexes = {node["Index Name"] for node in nodes if "Index Name" in node}
    return Plan(in_short(statement), sorted(whole), sorted(indexes), int(top["Actual Rows"]))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def in_short(statement: str) -> str:
    """Return the tables that a query is about, the first one first."""
    tables = dict.fromkeys(table or function for table, function in TABLES.findall(statement))
    first, *others = (table.removeprefix("projects_") for table in tables)
    return (
        f"{first} with {len(others)} others" if len(others) > 1 else " and ".join([first, *others])
    )


def large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpages >= %s", [LARGE]
        )
        return {name for (name,) in cursor}
