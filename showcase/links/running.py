"""Many addresses at once, but of each host one after another."""

from collections import defaultdict
from collections.abc import Collection, Generator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event

from .checking import Checker, Finding, StoppedError
from .guard import RefusedError, Target
from .network import Network

AT_ONCE = 8
DELAY = 1.0

# Nothing means that a host is done with.
type Found = tuple[str, Finding] | None


def check_all(
    urls: Collection[str],
    *,
    network: Network | None = None,
    delay: float = DELAY,
    at_once: int = AT_ONCE,
    stop: Event | None = None,
) -> Generator[tuple[str, Finding]]:
    """Yield what is found about each address, as it is found; close it to ask nothing more."""
    stop = stop or Event()
    checker = Checker(network or Network(), delay, stop)
    found: SimpleQueue[Found] = SimpleQueue()
    hosts = by_host(urls)
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="links")
    try:
        jobs = [pool.submit(check_host, checker, group, found) for group in hosts]
        unfinished = len(jobs)
        while unfinished:
            if (finding := found.get()) is None:
                unfinished -= 1
            else:
                yield finding
        for job in jobs:
            # Raises what nobody expected.
            job.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def check_host(checker: Checker, urls: list[str], found: SimpleQueue[Found]) -> None:
    """Check the addresses of one host in turn; at the end, say that this was all."""
    try:
        for url in urls:
            found.put((url, checker.check(url)))
    except StoppedError:
        pass
    finally:
        found.put(None)


def by_host(urls: Collection[str]) -> list[list[str]]:
    """Return addresses by host, the longest list first, as it takes longest."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[host_of(url)].append(url)
    return sorted(hosts.values(), key=len, reverse=True)


def host_of(url: str) -> str:
    try:
        return Target.read(url).host
    except RefusedError:
        # It will be refused again, and nobody asked.
        return ""
