"""What other processes cost, as Linux keeps account of it in /proc."""

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children(process: int) -> list[int]:
    """Return the numbers of the processes that a process started."""
    return [int(number) for number in _of(process, f"task/{process}/children").split()]


def work(process: int) -> float:
    """Return the seconds that a process has worked, in its own code and in the kernel."""
    return ticks(_of(process, "stat")) / TICKS


def private_memory(process: int) -> float:
    """Return the megabytes that a process shares with no other."""
    return private(_of(process, "smaps_rollup")) / 1024


def ticks(stat: str) -> int:
    """Read utime and stime; the name of the program may have spaces and brackets."""
    fields = stat.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def private(smaps: str) -> int:
    """Add up the kilobytes of private memory, be they as on disk or changed."""
    sizes = re.findall(r"^Private_(?:Clean|Dirty): +(\d+) kB$", smaps, re.MULTILINE)
    return sum(map(int, sizes))


def _of(process: int, name: str) -> str:
    return Path(f"/proc/{process}/{name}").read_text()
