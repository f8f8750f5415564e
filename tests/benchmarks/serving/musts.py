"""What must be reached, and whether it was."""

import sys
from collections.abc import Iterator, Mapping
from statistics import median
from typing import NamedTuple

from .cases import BARE, CASES, ENTRY, GROWING, LIST, REPEATED, SMALL
from .measuring import Round, Upkeep, of_smaller

# Times the work of a bare view, for a catalogue of no more projects than that.
FRESH = {LIST: 20.0, ENTRY: 15.0}
QUERIES = {LIST: 8, ENTRY: 12}
GROWTH = 1.5
START = 1.5
MEMORY = 80.0
# What a worker may have more after as many requests again: anything that is kept is bounded, but
# neither full at once nor laid out in memory without gaps.
STEADY = 1.05


class Must(NamedTuple):
    """Something measured, which must not be above a limit."""

    what: str
    limit: float
    measured: float
    unit: str = ""

    @property
    def is_met(self) -> bool:
        return self.measured <= self.limit

    def __str__(self) -> str:
        return f"{self.what}: {self.measured:,.2f}{self.unit}, must be {self.limit:g}{self.unit}"


def times(rounds: list[Round], others: list[Round]) -> float:
    """Return the work on a request in times of another case's: the middle of what rounds say.

    Each round is compared with the one beside it. Whatever was fast or slow for a while on a shared
    machine was so for both; and neither the best moment of one nor the worst of the other decides.
    """
    ratios = [
        done.per_request / other.per_request for done, other in zip(rounds, others, strict=True)
    ]
    return median(ratios)


def musts(
    projects: int,
    measured: Mapping[str, list[Round]],
    queries: Mapping[str, list[int]],
    site: Upkeep,
) -> list[Must]:
    """Return what must be reached by a catalogue of that size, with what was measured."""
    found = [answered(measured), *repeated(measured)]
    found += [Must(f"{name}, queries", QUERIES[name], queries[name][-1]) for name in QUERIES]
    if projects <= SMALL:
        found += [*fresh(measured), *resources(site)]
    else:
        found += grown(measured)
    return found


def answered(measured: Mapping[str, list[Round]]) -> Must:
    """Every answer has the status that belongs to its case: a 304 where one was asked for."""
    others = {
        case.name: sum(
            number
            for done in measured[case.name]
            for status, number in done.load.statuses.items()
            if status != str(case.status)
        )
        for case in CASES
    }
    wrong = ", ".join(name for name, number in others.items() if number)
    return Must(f"answers of another status ({wrong or 'none'})", 0, sum(others.values()))


def repeated(measured: Mapping[str, list[Round]]) -> Iterator[Must]:
    for name in REPEATED:
        yield Must(f"{name}, times a bare view", 1, times(measured[name], measured[BARE]))


def fresh(measured: Mapping[str, list[Round]]) -> Iterator[Must]:
    for name in GROWING:
        ratio = times(measured[name], measured[BARE])
        yield Must(f"{name}, times a bare view", FRESH[name], ratio)


def grown(measured: Mapping[str, list[Round]]) -> Iterator[Must]:
    for name in GROWING:
        ratio = times(measured[name], measured[of_smaller(name)])
        yield Must(f"{name}, times the same of {SMALL:,} projects", GROWTH, ratio)


def resources(site: Upkeep) -> Iterator[Must]:
    _, once, twice = site.memory
    yield Must("start to first answer", START, site.start, " s")
    yield Must("private memory after mixed requests", MEMORY, once, " MB")
    yield Must("private memory after as many again, times that", STEADY, twice / once)


def conclude(found: list[Must]) -> int:
    """Name what is missed; return the status to end with."""
    missed = [must for must in found if not must.is_met]
    for must in missed:
        sys.stderr.write(f"Not met: {must}\n")
    return 1 if missed else 0
