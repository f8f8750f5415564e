"""Who searches without end waits for a minute; nobody who types ever does."""

from django.core.cache.backends.locmem import LocMemCache

import pytest

from showcase.access import limiting
from showcase.access.limiting import Tally
from showcase.serving.sharing import Shared
from tests.factories import make_project
from tests.pages.document import Document
from tests.serving.asking import Site

from .conftest import NETWORK

pytestmark = pytest.mark.django_db

MOST = 3
ELSEWHERE = "198.51.100.7"


@pytest.fixture(autouse=True)
def a_moment(monkeypatch):
    """Stand still at the beginning of a minute, and let few searches be many."""
    monkeypatch.setattr(limiting, "SEARCHES_MAX", MOST)
    now = [limiting.SECONDS * 1_000 + 20]
    monkeypatch.setattr(limiting, "time", lambda: now[0])
    return now


@pytest.fixture
def search(client):
    def search(address="/projects/?q=virter", network=NETWORK, **headers):
        return client.get(address, REMOTE_ADDR=network, headers=headers)

    return search


@pytest.fixture
def exhausted(search):
    """Search as often as is answered."""
    assert [search(f"/projects/?q={word}").status_code for word in "abc"] == [200] * MOST


@pytest.mark.parametrize(
    "address",
    [
        *("/projects/?q=d", "/suggest/?q=d", "/projects.atom?q=d", "/projects/narrow/tag/?q=d"),
        *("/projects/?q=d&" + "x" * 3_000, "/de/projects/?q=d", "/projects/?page=2&q=d"),
    ],
)
def test_one_search_too_many_is_told_when_to_come_back(address, exhausted, search):
    answer = search(address)
    page = Document(answer.text)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "40"
    assert answer["Cache-Control"] == "no-store"
    assert page.problems == []
    assert page.one("h1").text in {"Too many searches", "Zu viele Suchen"}
    assert page.meta("robots") == "noindex"


def test_other_pages_and_other_visitors_are_answered_meanwhile(exhausted, search):
    assert search().status_code == 429
    for address in ("/", "/projects/", "/projects/?tag=storage", "/projects/?q=", "/tags/"):
        assert search(address).status_code == 200
    assert search(network=ELSEWHERE).status_code == 200


def test_a_minute_later_it_is_over(exhausted, search, a_moment):
    assert search().status_code == 429
    a_moment[0] += 40
    assert search().status_code == 200


def test_addresses_of_one_ipv6_network_count_together(search):
    answers = [search(network=f"2001:db8::{number}") for number in range(MOST + 1)]
    assert answers[-1].status_code == 429
    assert search(network="2001:db8:0:1::1").status_code == 200


@pytest.mark.parametrize("network", ["127.0.0.1", "::1", "::ffff:127.0.0.1", ""])
def test_nobody_counts_for_all_behind_a_proxy_that_does_not_say_who_comes(network, search):
    answers = [search(network=network) for _ in range(MOST + 1)]
    assert answers[-1].status_code == 200


def test_proxy_that_says_who_comes_is_believed_and_visitors_are_not(search, settings):
    settings.PROXY_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"

    def forwarded(number):
        said = f"203.0.113.{number}, {NETWORK}"
        return search(network="127.0.0.1", **{"X-Forwarded-For": said}).status_code

    assert [forwarded(number) for number in range(MOST + 1)] == [200] * MOST + [429]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_counts_for_nothing(site):
    searched = [ask(site, "/projects/?q=virter") for _ in range(2 * MOST)]
    assert searched == [200] * (2 * MOST)
    assert [ask(site, f"/projects/?q={word}") for word in "abc"] == [200, 200, 429]
    assert ask(site, "/projects/?q=virter") == 200
    assert ask(site, "/projects/?q=abc", ELSEWHERE) == 200


@pytest.mark.django_db(transaction=True)
def test_refusal_is_kept_for_nobody(site):
    for word in "abcd":
        ask(site, f"/projects/?q={word}")
    assert ask(site, "/projects/?q=quokka") == 429
    assert ask(site, "/projects/?q=quokka", ELSEWHERE) == 200


@pytest.fixture
def site(settings):
    settings.PROXY_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    make_project()
    return Site()


def ask(site, address, network=NETWORK):
    return site.ask(address, x_forwarded_for=network).status


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(limiting, "NETWORKS_MAX", 2)
    tally = Tally()
    assert [tally.add(network) for network in ("a", "a", "b", "c")] == [1, 2, 1, 1]
    assert len(tally.counted) == 2


def test_processes_count_together_where_they_share_a_memory():
    cache = LocMemCache("searches", {})
    cache.clear()
    one, other = Tally(Shared(cache)), Tally(Shared(cache))
    assert [tally.add("a") for tally in (one, other, one)] == [1, 2, 3]


def test_without_the_shared_memory_each_counts_for_itself(monkeypatch):
    tally = Tally(Shared(LocMemCache("searches", {})))
    monkeypatch.setattr(tally.shared, "rests_until", float("inf"))
    assert [tally.add("a") for _ in range(2)] == [1, 2]
