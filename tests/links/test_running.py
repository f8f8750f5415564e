"""Many addresses are asked at once, and no host has to bear it."""

from contextlib import closing
from threading import Barrier, Event

import pytest

from showcase.links.checking import StoppedError, Turns, Verdict
from showcase.links.running import check_all

from .sites import PatientStop, local_network, redirect


def check(urls, **options):
    defaults = {"network": local_network(), "delay": 0, "stop": PatientStop()}
    return dict(check_all(urls, **defaults | options))


def test_every_address_is_checked(site):
    site.answer("/3", 404)
    urls = [site.url(f"/{number}", f"site{number % 4}.test") for number in range(40)]
    found = check(urls)
    assert sorted(found) == sorted(urls)
    failed = [url for url, finding in found.items() if finding.verdict is not Verdict.OK]
    assert failed == [site.url("/3", "site3.test")]


def test_nothing_to_check_is_no_work():
    assert check([]) == {}


def test_hosts_are_asked_side_by_side(site):
    both = Barrier(2, timeout=30)

    def together(handler):
        both.wait()
        handler.send_response(200)
        handler.end_headers()

    site.answer("/", together)
    found = check([site.url(host="a.test"), site.url(host="b.test")], at_once=2)
    assert [finding.verdict for finding in found.values()] == [Verdict.OK] * 2


def test_a_host_is_never_asked_twice_at_once_not_even_by_redirects(site):
    urls = []
    for number in range(30):
        home, away = f"site{number % 3}.test", f"site{(number + 1) % 3}.test"
        site.answer(f"/{number}", redirect(site.url("/there", away)))
        urls.append(site.url(f"/{number}", home))
    check(urls, at_once=8)
    assert len(site.asked) == 60
    assert set(site.most_at_once.values()) == {1}


def test_a_host_is_left_alone_between_two_questions(site):
    stop = PatientStop()
    check([site.url(f"/{number}") for number in range(3)], delay=1_000, stop=stop)
    assert len(stop.waits) == 2
    assert all(900 < seconds <= 1_000 for seconds in stop.waits)


def test_another_host_need_not_wait():
    stop = PatientStop()
    turns = Turns(1_000, stop)
    for host in ("a.test", "b.test"):
        with turns.of(host):
            pass
    assert stop.waits == []


def test_whoever_looks_away_has_nothing_more_asked(site):
    stop = Event()
    urls = [site.url(f"/{number}") for number in range(200)]
    with closing(check_all(urls, network=local_network(), delay=0.001, stop=stop)) as findings:
        next(findings)
    assert stop.is_set()
    assert len(site.asked) < 200


def test_a_stop_ends_a_wait():
    stop = Event()
    stop.set()
    with pytest.raises(StoppedError):
        Turns(0, stop).wait(1_000)


def test_what_nobody_expected_is_not_kept_quiet(site):
    def resolve(host, port):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        check([site.url()], network=local_network(resolve=resolve))
