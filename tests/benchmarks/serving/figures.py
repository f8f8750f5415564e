"""The figures of a measurement as tables."""

from collections.abc import Iterable, Mapping
from statistics import median

from ..report import markdown, percentile, span
from .cases import BARE
from .measuring import Round, Upkeep
from .musts import Must, times

COLUMNS = (
    *("request", "asked", "a second", "p50", "p95", "p99", "work"),
    *("times bare", "queries", "bytes"),
)
UPKEEP = ("program", "start", "memory", "after mixed requests", "after as many again")
MUSTS = ("must", "limit", "measured", "")


def served(measured: Mapping[str, list[Round]], queries: Mapping[str, list[int]]) -> str:
    """Return what each case takes, in milliseconds and in times of a bare view."""
    bare = measured[BARE]
    return markdown(COLUMNS, (row(name, done, bare, queries) for name, done in measured.items()))


def row(
    name: str, rounds: list[Round], bare: list[Round], queries: Mapping[str, list[int]]
) -> tuple[str, ...]:
    waits = [wait for done in rounds for wait in done.load.waits]
    rate = median(len(done.load.waits) / done.load.elapsed for done in rounds)
    work = median(done.per_request for done in rounds)
    milliseconds = (*(percentile(waits, percent) for percent in (50, 95, 99)), work)
    return (
        name,
        f"{len(waits):,}",
        f"{rate:,.0f}",
        *(f"{1000 * seconds:,.2f}" for seconds in milliseconds),
        f"{times(rounds, bare):,.2f}",
        span(queries[name]) if name in queries else "",
        f"{sum(done.load.size for done in rounds) / len(waits):,.0f}",
    )


def kept_up(upkeep: Mapping[str, Upkeep]) -> str:
    """Return how long each program takes to start, and what memory its worker has to itself."""
    return markdown(UPKEEP, (upkeep_row(name, one) for name, one in upkeep.items()))


def upkeep_row(name: str, upkeep: Upkeep) -> tuple[str, ...]:
    memory = [f"{megabytes:,.1f} MB" for megabytes in upkeep.memory]
    return name, f"{upkeep.start:.2f} s", *memory, *[""] * (len(UPKEEP) - 2 - len(memory))


def required(musts: Iterable[Must]) -> str:
    return markdown(
        MUSTS,
        (
            (
                must.what,
                f"{must.limit:g}{must.unit}",
                f"{must.measured:,.2f}{must.unit}",
                "met" if must.is_met else "not met",
            )
            for must in musts
        ),
    )
