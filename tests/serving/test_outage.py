"""While the database does not answer, pages that are kept go on, and say how old they are."""

from threading import Event, Thread

from django.db import OperationalError, ProgrammingError, connections
from django.test import Client

import pytest

from projects import breaker, public_state
from projects.breaker import Breaker
from projects.databases import PRIMARY
from projects.public_state import Clock, LastSeen
from showcase.serving import keeping, sharing

from .asking import Site, rename

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A process that has seen nothing yet, and its seconds, to be set."""
    own, now = Clock(), [1000.0]
    monkeypatch.setattr(public_state, "current", own.current)
    monkeypatch.setattr(public_state, "last_known", own.last_known)
    monkeypatch.setattr(public_state, "last_seen", LastSeen())
    monkeypatch.setattr(public_state, "primary", Breaker())
    for module in (public_state, breaker):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


class Outage:
    """Leads to where no database is, and back."""

    def __init__(self, clock):
        self.clock = clock
        self.there = connections[PRIMARY]
        nowhere = {
            "sqlite": {"NAME": "/proc/none"},
            "postgresql": {"HOST": "127.0.0.1", "PORT": "9"},
        }
        settings = self.there.settings_dict | nowhere[self.there.vendor]
        self.gone = type(self.there)(settings, PRIMARY)

    def begin(self):
        connections[PRIMARY] = self.gone

    def end(self):
        connections[PRIMARY] = self.there
        self.clock[0] += breaker.PAUSE


@pytest.fixture
def outage(clock):
    outage = Outage(clock)
    yield outage
    outage.end()


def test_page_that_is_kept_goes_on(site, outage, clock):
    before = site.ask("/projects/")
    outage.begin()
    clock[0] += 30
    answer = site.ask("/projects/")
    marks = {"age": "30", "cache-status": "showcase; hit; ttl=-30"}
    assert (answer.status, answer.body) == (200, before.body)
    assert answer.headers == before.headers | marks


def test_who_has_the_page_is_told_so_and_how_old_it_is(site, outage, clock):
    tag = site.ask("/").headers["etag"]
    outage.begin()
    clock[0] += 7
    answer = site.ask("/", if_none_match=tag)
    assert (answer.status, answer.headers["age"]) == (304, "7")


def test_page_that_another_process_made_goes_on(catalogue, shared, outage):
    one, other = (Site(keeping.Keeper(sharing.Shared(shared))) for _ in range(2))
    page = one.ask("/projects/", accept_encoding="br")
    outage.begin()
    answer = other.ask("/projects/", accept_encoding="br")
    assert (answer.status, answer.body) == (200, page.body)


@pytest.mark.parametrize("address", ["/people/", "/projects/?q=unheard", "/nowhere/"])
def test_what_is_not_kept_asks_to_come_back(address, site, outage):
    site.ask("/")
    outage.begin()
    answer = site.ask(address)
    assert answer.status == 503
    assert answer.headers["retry-after"]
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_is_marked_or_kept_any_longer_when_the_database_is_back(site, outage):
    site.ask("/projects/virter/")
    outage.begin()
    assert "age" in site.ask("/projects/virter/").headers
    outage.end()
    rename("Newer")
    answer = site.ask("/projects/virter/")
    assert "Newer" in answer.text
    assert not {"age", "cache-status"} & {*answer.headers}


def test_it_ends_after_its_time(site, outage, clock, settings):
    settings.OUTAGE_SECONDS = 60
    site.ask("/")
    outage.begin()
    clock[0] += 59
    assert site.ask("/").status == 200
    clock[0] += 1
    assert site.ask("/").status == 503


def test_time_counts_from_the_last_answer_of_the_database(site, outage, clock, settings):
    settings.OUTAGE_SECONDS = 60
    site.ask("/")
    clock[0] += 100
    site.ask("/about/")
    outage.begin()
    assert site.ask("/").headers["age"] == "0"


def test_it_can_be_turned_off(site, outage, settings):
    settings.OUTAGE_SECONDS = 0
    site.ask("/")
    outage.begin()
    assert site.ask("/").status == 503


def test_process_that_never_saw_the_database_has_nothing_to_show(site, outage):
    outage.begin()
    assert site.ask("/").status == 503


def test_page_that_is_known_to_be_over_is_not_shown(site, outage):
    site.ask("/projects/virter/")
    rename("Newer")
    public_state.as_written()
    outage.begin()
    assert site.ask("/projects/virter/").status == 503


def test_database_that_answers_with_an_error_is_no_outage(site, monkeypatch):
    def refuse(database):
        raise ProgrammingError("There is no such table.")

    site.ask("/")
    monkeypatch.setattr(public_state, "_read", refuse)
    assert "age" not in site.ask("/").headers


def test_pages_for_nobody_in_particular_are_asked_for_as_ever(site, outage):
    site.ask("/")
    outage.begin()
    assert site.ask("/healthz").status == 200
    assert site.ask("/readyz").text == "the database does not answer\n"


@pytest.mark.parametrize("address", ["/robots.txt", "/opensearch.xml"])
def test_what_needs_no_database_is_there(address, site, outage):
    outage.begin()
    assert site.ask(address).status == 200


# The breaker


@pytest.fixture
def asked(monkeypatch):
    """Count how often the database is asked for its state."""
    made = []
    read = public_state._read

    def note(database):
        made.append(database)
        return read(database)

    monkeypatch.setattr(public_state, "_read", note)
    return made


def test_database_that_does_not_answer_is_asked_once_a_second(site, outage, clock, asked):
    site.ask("/")
    outage.begin()
    asked.clear()
    for address in ["/", "/people/"] * 5:
        site.ask(address)
    assert len(asked) == 1
    clock[0] += breaker.PAUSE
    site.ask("/")
    assert len(asked) == 2


def test_page_that_is_not_kept_does_not_look_for_the_database_again(site, outage, monkeypatch):
    outage.begin()
    tried = []
    connect = type(outage.gone).connect
    monkeypatch.setattr(
        type(outage.gone), "connect", lambda self: (tried.append(self), connect(self))
    )
    assert site.ask("/people/").status == 503
    assert len(tried) == 1


def fail():
    raise OperationalError("refused")


def test_nobody_waits_for_the_one_who_asks_whether_it_is_back(clock):
    own, asks, told = Breaker(), Event(), Event()

    def wait():
        asks.set()
        assert told.wait(10)
        return "back"

    with pytest.raises(OperationalError, match="refused"):
        own.ask(fail, is_connected=False)
    clock[0] += breaker.PAUSE
    answers = []
    thread = Thread(target=lambda: answers.append(own.ask(wait, is_connected=False)))
    thread.start()
    assert asks.wait(10)
    with pytest.raises(OperationalError, match="a moment ago"):
        own.ask(lambda: "not asked", is_connected=False)
    told.set()
    thread.join()
    assert answers == ["back"]
    assert own.ask(lambda: "asked", is_connected=False) == "asked"


def test_who_has_a_connection_goes_on_though_others_get_none(site):
    site.ask("/")
    with pytest.raises(OperationalError):
        public_state.primary.ask(fail, is_connected=False)
    assert "age" not in site.ask("/").headers


def test_page_without_the_layer_in_front_comes_from_the_database_alone(catalogue, outage):
    outage.begin()
    assert Client(raise_request_exception=False).get("/people/").status_code == 503
