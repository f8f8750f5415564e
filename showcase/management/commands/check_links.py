"""Asks for every address that the catalogue states, and remembers what came of it."""

import json
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.management.commands.make_catalogue import Progress
from showcase.links.broken import BrokenLink, broken_links
from showcase.links.models import LinkCheck
from showcase.links.network import TIMEOUT, Network
from showcase.links.running import AT_ONCE, DELAY, check_all
from showcase.links.statements import addresses
from showcase.management.database import in_one_sentence, refuse_old_tables

INTERRUPTED = 130


def whole(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers in a range."""

    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        raise ArgumentTypeError(f"{text} is no number from {least} to {most:,}")

    return read


class Command(BaseCommand):
    help = (
        "Checks the addresses of the catalogue, those first that were checked longest ago. "
        "Ends with status 1 if any is broken: if it failed in two runs, one after the other."
    )

    def add_arguments(self, parser):
        add = parser.add_argument
        add("--limit", type=whole(1, 1_000_000), metavar="N", help="Check at most N addresses.")
        add(
            "--older-than",
            type=whole(1, 3_650),
            metavar="DAYS",
            help="Leave out what was checked within so many days.",
        )
        add("--timeout", type=whole(1, 120), default=TIMEOUT, metavar="S", help="Per question.")
        add(
            "--delay",
            type=whole(0, 600),
            default=DELAY,
            metavar="S",
            help="Seconds between two questions to one host (default: 1).",
        )
        add("--at-once", type=whole(1, 64), default=AT_ONCE, metavar="N", help="Hosts at a time.")
        add("--report", choices=["text", "json"], default="text", help="How the end is told.")
        add("--exit-zero", action="store_true", help="End with status 0 in spite of broken ones.")

    def handle(self, *, limit, older_than, report, exit_zero, verbosity, **options):
        with in_one_sentence():
            refuse_old_tables("default")
            stated = addresses()
            forget_all_but(stated)
            chosen = those_due(stated, older_than)[:limit]
            counts = self._check(chosen, verbosity, **options)
            broken = broken_links()
        if report == "json":
            self.stdout.write(json.dumps(as_json(counts, broken), indent=2, ensure_ascii=False))
        elif verbosity > 0:
            self._tell(counts, broken)
        if broken and not exit_zero:
            raise CommandError(f"Broken addresses in the catalogue: {len(broken)}.")

    def _check(self, urls, verbosity, *, timeout, delay, at_once, **options):
        """Check addresses, and keep each finding at once."""
        counts: Counter[str] = Counter()
        progress = Progress(self.stderr if verbosity > 0 else None, len(urls), "addresses")
        network = Network(timeout=timeout)
        findings = check_all(urls, network=network, delay=delay, at_once=at_once)
        try:
            with closing(findings):
                for url, finding in findings:
                    counts[LinkCheck.objects.note(url, finding).state] += 1
                    progress.add(1)
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped. What was found about {counts.total():,} of {len(urls):,} addresses is "
                "kept; with --older-than 1 the next run goes on with the others.",
                returncode=INTERRUPTED,
            ) from None
        return counts

    def _tell(self, counts: Counter[str], broken: list[BrokenLink]) -> None:
        told = [f"{label} {counts[state]:,}" for state, label in LinkCheck.State.choices]
        self.stdout.write(f"Checked {counts.total():,} addresses: {', '.join(told)}.")
        for link in broken:
            where = "; ".join(map(str, link.uses))
            since = timezone.localdate(link.since)
            self.stdout.write(f"{link.url} is broken since {since}. {link.detail} Used in {where}.")


def forget_all_but(stated: set[str]) -> None:
    """Drop what is known about addresses that the catalogue no longer states."""
    known = set(LinkCheck.objects.values_list("url", flat=True))
    for url in known - stated:
        LinkCheck.objects.filter(url=url).delete()


def those_due(stated: set[str], older_than: int | None) -> list[str]:
    """Return the addresses to check, those first that were checked longest ago, if ever."""
    checked = dict(LinkCheck.objects.values_list("url", "checked_at"))
    latest = timezone.now() - timedelta(days=older_than or 0)
    never = sorted(stated - checked.keys())
    again = sorted((checked[url], url) for url in stated & checked.keys() if checked[url] <= latest)
    return never + [url for _, url in again]


def as_json(counts: Counter[str], broken: list[BrokenLink]) -> dict[str, object]:
    return {
        "checked": counts.total(),
        "states": {state: counts[state] for state in LinkCheck.State.values},
        "broken": [
            {
                "url": link.url,
                "since": link.since.isoformat(),
                "detail": link.detail,
                "uses": [use._asdict() for use in link.uses],
            }
            for link in broken
        ],
    }
