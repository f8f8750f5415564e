"""What is found out about one address."""

import socket
from datetime import timedelta
from email.utils import format_datetime

from django.utils import timezone

import pytest

from showcase.links.checking import PAUSE_MAX, PAUSES, Checker, Verdict
from showcase.links.network import Network

from .sites import (
    HERE,
    PatientStop,
    check,
    endless,
    half_a_page,
    local_network,
    raw,
    redirect,
    silent,
)


def test_a_page_that_is_there_is_asked_for_briefly(site):
    finding = check(site.url("/there"))
    assert (finding.verdict, finding.status, finding.detail) == (Verdict.OK, 200, "It answers.")
    assert site.asked == [("HEAD", "/there")]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501])
def test_what_answers_the_brief_question_badly_is_asked_in_full(site, status):
    site.answer("/", status, 200)
    assert check(site.url()).verdict is Verdict.OK
    assert site.asked == [("HEAD", "/"), ("GET", "/")]


@pytest.mark.parametrize(
    "answer", [raw(), raw(b"HTTP/9"), silent], ids=["nothing", "garbage", "silence"]
)
def test_what_answers_the_brief_question_not_at_all_is_asked_in_full(site, answer):
    site.answer("/", answer, 200)
    assert check(site.url(), timeout=0.5).verdict is Verdict.OK
    assert site.asked == [("HEAD", "/"), ("GET", "/")]


@pytest.mark.parametrize(
    ("status", "said"),
    [(404, "404 Not Found"), (410, "410 Gone"), (400, "400 Bad Request"), (499, "499")],
)
def test_a_page_that_is_gone_has_failed_without_another_try(site, status, said):
    site.answer("/", status)
    finding = check(site.url())
    assert (finding.verdict, finding.status) == (Verdict.FAILED, status)
    assert finding.detail == f"The site answers “{said}”."
    assert site.asked == [("HEAD", "/"), ("GET", "/")]


@pytest.mark.parametrize("status", [401, 403, 451, 500, 503, 520])
def test_a_refusal_or_a_fault_of_the_site_tells_nothing_about_the_page(site, status):
    site.answer("/", status)
    assert check(site.url()).verdict is Verdict.UNTOLD


def test_a_page_that_has_moved_for_good_tells_its_new_address(site):
    site.answer("/a", redirect("/b", 301))
    site.answer("/b", redirect("c?d=e", 308))
    finding = check(site.url("/a"))
    assert (finding.verdict, finding.new_url) == (Verdict.MOVED, site.url("/c?d=e"))


def test_a_new_address_may_be_sent_in_any_script(site):
    site.answer("/a", raw("HTTP/1.1 301 Moved\r\nLocation: /ä\r\n\r\n".encode()))
    assert check(site.url("/a")).new_url == site.url("/%C3%A4")


def test_what_comes_after_a_detour_for_now_is_no_new_address(site):
    site.answer("/a", redirect("/b", 301))
    site.answer("/b", redirect("/c", 302))
    site.answer("/c", redirect("/d", 301))
    assert check(site.url("/a")).new_url == site.url("/b")
    assert check(site.url("/b")).verdict is Verdict.OK


def test_a_move_to_what_is_not_there_has_failed(site):
    site.answer("/a", redirect("/b", 301))
    site.answer("/b", 404)
    finding = check(site.url("/a"))
    assert (finding.verdict, finding.new_url) == (Verdict.FAILED, "")


@pytest.mark.parametrize("last", [5, 6])
def test_five_redirects_are_followed_and_no_more(site, last):
    for number in range(last):
        site.answer(f"/{number}", redirect(f"/{number + 1}"))
    finding = check(site.url("/0"))
    assert finding.verdict is (Verdict.OK if last == 5 else Verdict.FAILED)
    assert len(site.asked) == 6


def test_a_circle_of_redirects_is_noticed(site):
    site.answer("/a", redirect("/b"))
    site.answer("/b", redirect("/a"))
    assert check(site.url("/a")).detail == "It redirects in a circle."
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://0xa9fea9fe/",
        "http://localhost/",
        "//127.0.0.1/",
        "https://user:password@site.test/",
        "file:///etc/passwd",
        "ftp://site.test/",
        "http://[/",
        "http://site.test:99999/",
        "http://metadata.test/",
    ],
)
def test_a_redirect_leads_no_further_than_an_editor_could(site, location):
    """The last of them has a harmless name, and resolves to where nobody may ask."""
    site.answer("/", redirect(location, 301))
    found = {"site.test": [HERE], "metadata.test": ["169.254.169.254"]}
    finding = check(site.url(), resolve=lambda host, port: found[host])
    assert finding.verdict is Verdict.REFUSED
    assert site.asked == [("HEAD", "/")]


def test_nothing_on_this_machine_is_asked_unless_a_test_says_so(site):
    network = Network(resolve=lambda host, port: [HERE], ports=None)
    finding = Checker(network, 0, PatientStop()).check(site.url())
    assert finding.verdict is Verdict.REFUSED
    assert finding.detail == "site.test is not, or not only, at a public address."
    assert site.asked == []


def test_a_redirect_that_leads_nowhere_has_failed(site):
    site.answer("/", 302)
    assert check(site.url()).verdict is Verdict.FAILED


def test_what_fails_for_a_moment_is_tried_again_after_a_while(site):
    site.answer("/", 503, 500, 200)
    stop = PatientStop()
    assert check(site.url(), stop).verdict is Verdict.OK
    assert stop.waits == [*PAUSES]
    assert len(site.asked) == 3


def test_trying_again_has_an_end(site):
    site.answer("/", 503)
    finding = check(site.url(), stop := PatientStop())
    assert finding.detail == "The site answers “503 Service Unavailable”."
    assert stop.waits == [*PAUSES]


def test_a_site_says_how_long_it_wants_to_be_left_alone(site):
    site.answer("/", (429, {"Retry-After": "7"}), (503, {"Retry-After": "0"}), 200)
    stop = PatientStop()
    assert check(site.url(), stop).verdict is Verdict.OK
    assert stop.waits == [7]


@pytest.mark.parametrize(
    "words",
    [
        str(PAUSE_MAX + 1),
        "9" * 5_000,
        format_datetime(timezone.now() + timedelta(days=2), usegmt=True),
    ],
)
def test_a_site_that_wants_to_be_left_alone_for_long_is(site, words):
    site.answer("/a", (429, {"Retry-After": words}))
    stop = PatientStop()
    checker = Checker(local_network(), 0, stop)
    for path in ("/a", "/b"):
        assert checker.check(site.url(path)).detail == "The site answers “429 Too Many Requests”."
    assert site.asked == [("HEAD", "/a")]
    assert stop.waits == []


@pytest.mark.parametrize(
    "words", ["", "soon", "-1", "1.5", "Mon, 99 Nov 2026 99:00:00 GMT", "²", "1e9", "\xff"]
)
def test_a_time_that_makes_no_sense_is_none(site, words):
    site.answer("/", (429, {"Retry-After": words}), 200)
    stop = PatientStop()
    assert check(site.url(), stop).verdict is Verdict.OK
    assert stop.waits == [PAUSES[0]]


def test_a_moment_that_has_passed_needs_no_wait(site):
    past = format_datetime(timezone.now() - timedelta(days=2), usegmt=True)
    site.answer("/", (429, {"Retry-After": past}), 200)
    stop = PatientStop()
    assert check(site.url(), stop).verdict is Verdict.OK
    assert stop.waits == []


def test_a_port_where_nothing_listens_has_failed_after_all_tries():
    with socket.create_server((HERE, 0)) as closed:
        port = closed.getsockname()[1]
    stop = PatientStop()
    finding = check(f"http://site.test:{port}/", stop)
    assert (finding.verdict, finding.detail) == (Verdict.FAILED, "Nothing answers there.")
    assert stop.waits == [*PAUSES]


@pytest.mark.parametrize(
    ("number", "verdict"),
    [(socket.EAI_NONAME, Verdict.FAILED), (socket.EAI_AGAIN, Verdict.UNTOLD)],
)
def test_a_name_that_does_not_exist_has_failed_and_one_that_is_not_told_has_not(number, verdict):
    def resolve(host, port):
        raise socket.gaierror(number, "no")

    assert check("https://site.test/", resolve=resolve).verdict is verdict


def test_what_takes_too_long_could_not_be_found_out(site):
    site.answer("/", 405, half_a_page, silent)
    finding = check(site.url(), timeout=0.2)
    assert (finding.verdict, finding.detail) == (Verdict.UNTOLD, "It did not answer in time.")


@pytest.mark.parametrize(
    "answer",
    [raw(b"SSH-2.0-OpenSSH\r\n"), endless(b"HTTP/1.1 200 OK\r\n", b"X-Header: x\r\n")],
    ids=["another protocol", "endless headers"],
)
def test_what_is_no_web_server_has_failed(site, answer):
    site.answer("/", answer)
    finding = check(site.url())
    assert finding.verdict is Verdict.FAILED
    assert finding.detail == "What answers there is no web server, or a broken one."


def test_a_plain_site_behind_an_address_of_tls_has_failed(site):
    finding = check(site.url(scheme="https"))
    assert finding.detail == "No encrypted connection can be made to the site."
