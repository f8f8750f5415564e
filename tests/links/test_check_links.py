"""`check_links` asks, remembers, and says what is broken."""

import io
import json
from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest

from projects.models import Link
from showcase.links.broken import broken_links
from showcase.management.commands import check_links
from showcase.models import LinkCheck
from tests.factories import A_MOMENT, make_project

from .sites import local_network, redirect

pytestmark = pytest.mark.django_db

State = LinkCheck.State


@pytest.fixture(autouse=True)
def local(monkeypatch):
    monkeypatch.setattr(check_links, "Network", local_network)


@pytest.fixture
def state(site):
    """Let the catalogue state addresses, each in a link."""
    project = make_project()

    def state_paths(*paths):
        for path in paths:
            project.links.create(role="home", label=path, url=site.url(path))

    return state_paths


def run(*arguments, **options):
    """Return what the command prints, and how it ends."""
    output = io.StringIO()
    options = {"stdout": output, "stderr": io.StringIO(), "delay": 0} | options
    try:
        call_command("check_links", *arguments, **options)
    except CommandError as error:
        return output.getvalue().splitlines(), str(error)
    return output.getvalue().splitlines(), ""


def kept(site, path):
    return LinkCheck.objects.get(url=site.url(path))


def test_a_catalogue_without_addresses_is_in_order():
    lines, end = run()
    assert (len(lines), end) == (1, "")
    assert lines[0].startswith("Checked 0 addresses: in order 0, ")


def test_what_was_found_is_counted_and_kept(site, state):
    state("/there", "/moved", "/gone", "/down")
    site.answer("/moved", redirect("/there", 301))
    site.answer("/gone", 404)
    site.answer("/down", 403)
    lines, end = run()
    counts = "in order 1, moved for good 1, failed once 1, broken 0, not reached 1, not asked 0"
    assert (lines, end) == ([f"Checked 4 addresses: {counts}."], "")
    assert kept(site, "/moved").new_url == site.url("/there")
    assert kept(site, "/down").detail.startswith("The site answers “403 Forbidden” to programs")


def test_only_what_fails_in_two_runs_is_broken(site, state):
    state("/gone")
    site.answer("/gone", 404)
    assert run()[1] == ""
    since = kept(site, "/gone").first_failed_at
    [_, line], end = run()
    assert line.startswith(f"{site.url('/gone')} is broken since {timezone.localdate(since)}. ")
    assert line.endswith("“404 Not Found”. Used in Virter, link “/gone”: address.")
    assert end == "Broken addresses in the catalogue: 1."
    check = kept(site, "/gone")
    assert (check.state, check.failures, check.first_failed_at) == (State.BROKEN, 2, since)


def test_what_answers_again_is_in_order_at_once(site, state):
    state("/gone")
    site.answer("/gone", 404, 404, 404, 404, 200)
    run()
    assert run()[1] != ""
    assert run()[1] == ""
    check = kept(site, "/gone")
    assert (check.state, check.failures, check.first_failed_at) == (State.OK, 0, None)


def test_what_could_not_be_found_out_is_never_broken_by_itself(site, state):
    state("/busy")
    site.answer("/busy", 403)
    for number in (1, 2, 3):
        assert run()[1] == ""
        assert (kept(site, "/busy").state, kept(site, "/busy").failures) == (
            State.UNREACHABLE,
            number,
        )
    site.answer("/busy", 410)
    assert run()[1] != ""


def test_status_zero_can_be_asked_for(site, state):
    state("/gone")
    site.answer("/gone", 404)
    run()
    lines, end = run("--exit-zero")
    assert len(lines) == 2
    assert end == ""


def test_a_broken_address_is_told_until_it_is_mended_even_if_not_checked_again(site, state):
    state("/gone", "/there")
    site.answer("/gone", 404)
    run()
    run()
    lines, end = run("--older-than=1")
    assert lines[0].startswith("Checked 0 addresses")
    assert end == "Broken addresses in the catalogue: 1."


def test_what_is_no_longer_stated_is_forgotten(site, state):
    state("/gone")
    LinkCheck.objects.create(url="https://example.org/", state="ok", checked_at=A_MOMENT)
    run()
    assert [check.url for check in LinkCheck.objects.all()] == [site.url("/gone")]


def test_a_broken_address_that_was_taken_out_is_told_no_more(site, state):
    state("/gone")
    site.answer("/gone", 404)
    run()
    run()
    [broken] = broken_links()
    assert [use.subject for use in broken.uses] == ["Virter"]
    Link.objects.all().delete()
    assert broken_links() == []


def test_a_limit_takes_those_first_that_were_checked_longest_ago(site, state):
    state("/a", "/b", "/c")
    now = timezone.now()
    for path, days in (("/a", 1), ("/b", 9)):
        checked_at = now - timedelta(days=days)
        LinkCheck.objects.create(url=site.url(path), state="ok", checked_at=checked_at)
    run("--limit=2")
    assert {path for _, path in site.asked} == {"/c", "/b"}


def test_what_was_checked_lately_can_be_left_out(site, state):
    state("/a", "/b")
    checked_at = timezone.now() - timedelta(days=3)
    LinkCheck.objects.create(url=site.url("/a"), state="ok", checked_at=checked_at)
    run("--older-than=7")
    assert site.asked == [("HEAD", "/b")]
    run("--older-than=2")
    assert site.asked[1:] == [("HEAD", "/a")]


def test_a_program_reads_the_same_as_json(site, state):
    state("/gone", "/there")
    site.answer("/gone", 404)
    run()
    lines, end = run("--report=json")
    report = json.loads("\n".join(lines))
    assert report["checked"] == 2
    assert report["states"] == {
        "ok": 1,
        "moved": 0,
        "failed-once": 0,
        "broken": 1,
        "unreachable": 0,
        "refused": 0,
    }
    [broken] = report["broken"]
    assert broken["url"] == site.url("/gone")
    [use] = broken["uses"]
    assert (use["subject"], use["field"]) == ("Virter", "link “/gone”: address")
    assert end == "Broken addresses in the catalogue: 1."


def test_an_interrupt_keeps_what_was_done(site, state, monkeypatch):
    state(*(f"/{number}" for number in range(5)))
    add = check_links.Progress.add

    def interrupted(progress, number):
        add(progress, number)
        if progress.done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(check_links.Progress, "add", interrupted)
    with pytest.raises(CommandError, match="What was found about 2 of 5 addresses is kept") as end:
        call_command("check_links", delay=0, verbosity=0)
    assert end.value.returncode == 130
    assert LinkCheck.objects.count() == 2


def test_progress_is_told(state):
    state("/a", "/b")
    stream = io.StringIO()
    run(stderr=stream)
    assert stream.getvalue().splitlines() == ["1 of 2 addresses", "2 of 2 addresses"]


def test_nothing_is_told_when_quiet(state):
    state("/a")
    stream = io.StringIO()
    assert run(verbosity=0, stderr=stream) == ([], "")
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "argument",
    ["--limit=0", "--limit=many", "--older-than=-1", "--timeout=0", "--timeout=nan", "--delay=²"],
)
def test_an_option_that_makes_no_sense_is_refused(argument):
    with pytest.raises(CommandError, match="is no number from"):
        call_command("check_links", argument)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "moved"},
        {"state": "ok", "new_url": "https://example.org/new"},
        {"state": "broken", "failures": 1, "first_failed_at": A_MOMENT},
        {"state": "unreachable", "failures": 1},
        {"state": "ok", "first_failed_at": A_MOMENT},
    ],
)
def test_the_database_keeps_no_finding_that_contradicts_itself(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.create(url="https://example.org/", checked_at=A_MOMENT, **fields)
