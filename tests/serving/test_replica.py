"""Visitors read the replica as long as it shows what the primary would, and never anything else.

The replica of these tests is a second connection to the same database: everything that is asked of
it is counted, and what it would say of its state can be set. That a real one does as well is shown
by `python -m tests.drill`.
"""

from contextlib import ExitStack, contextmanager
from time import monotonic

from django.conf import settings
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from projects import databases, generation, public_state
from projects.databases import PRIMARY, REPLICA, on_primary, reading
from projects.models import Project, SearchDocument
from projects.preview import preview_link
from projects.public_state import LastSeen, PublicState
from projects.search import index
from projects.snapshot import present
from showcase import replica
from showcase.models import MissedSearch
from showcase.replica import ReplicaMiddleware
from showcase.serving.front import IS_UNREACHABLE, STATE
from tests.factories import make_draft, make_project

from ..catalogue import make_catalogue

pytestmark = pytest.mark.django_db
# Really committed, so that another connection sees it.
committed = pytest.mark.django_db(transaction=True)

PAGES = [
    *("/", "/de/", "/about/", "/feeds/", "/projects/", "/projects/?q=virter&kind=cli"),
    *("/projects/virter/", "/projects/virter/card.png", "/projects/narrow/tag/", "/suggest/?q=vir"),
    *("/products/", "/people/", "/tags/", "/upstream/", "/collections/", "/releases/"),
    *("/changelog/", "/compare/?project=virter", "/projects.atom", "/sitemap.xml", "/llms.txt"),
    "/nothing/",
]


class NoAnswerError(OperationalError):
    """What a database raises that does not answer."""


@pytest.fixture
def catalogue():
    """A catalogue with its search written, and known to this process."""
    made = make_catalogue()
    present()
    return made


@pytest.fixture
def other(monkeypatch):
    """A second connection, which the settings call a replica."""
    monkeypatch.setitem(settings.DATABASES, REPLICA, settings.DATABASES[PRIMARY])
    monkeypatch.setitem(connections.settings, REPLICA, connections.settings[PRIMARY])
    # By its own name it is the primary: Django lets no test connect to others than were there.
    connections[REPLICA] = other = type(connections[PRIMARY])(connection.settings_dict, PRIMARY)
    yield other
    if other.connection is not None:
        other.connection.close()
    del connections[REPLICA]


@pytest.fixture
def states(other, monkeypatch):
    """What primary and replica say of their state, in place of the row that both have here."""
    said = {PRIMARY: PublicState("now", 2), REPLICA: PublicState("now", 2)}

    def as_written(using=PRIMARY):
        if said[using] is None:
            raise NoAnswerError(f"the {using} does not answer")
        if using == PRIMARY:
            public_state.last_seen.note(said[PRIMARY], monotonic())
        return said[using]

    monkeypatch.setattr(public_state, "as_written", as_written)
    monkeypatch.setattr(public_state, "last_seen", LastSeen())
    return said


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the middleware counts, to be set."""
    now = [1000.0]
    monkeypatch.setattr(replica, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def asked(states, clock, rf):
    """Ask for a page and return which database was read for it."""
    # In the transaction of a test, the router would always say: the primary.
    middleware = ReplicaMiddleware(lambda request: HttpResponse(databases._read.get()))

    def asked(address="/projects/", method="get", cookies=(), **headers):
        request = getattr(rf, method)(address, **headers)
        request.COOKIES.update(cookies)
        return middleware(request).text

    return asked


@contextmanager
def queries():
    """Count what is asked of each database within."""
    with ExitStack() as stack:
        yield {
            alias: stack.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in (PRIMARY, REPLICA)
        }


@committed
def test_every_public_page_asks_the_replica_alone(catalogue, other, client):
    asked = {}
    for address in PAGES:
        # Some things Django finds out once about a database, when they are first needed.
        client.get(address)
        # The state of the primary is read past Django's cursors, and not counted here.
        with queries() as done:
            assert client.get(address).status_code in {200, 404}, address
        asked[address] = done[PRIMARY].captured_queries
    assert {address: found for address, found in asked.items() if found} == {}


@committed
def test_pages_say_the_same_from_the_replica(catalogue, other, monkeypatch):
    before = {address: Client().get(address).content for address in PAGES}
    monkeypatch.delitem(settings.DATABASES, REPLICA)
    assert {address: Client().get(address).content for address in PAGES} == before


@committed
def test_search_is_brought_up_to_date_on_the_primary(catalogue, other):
    SearchDocument.objects.filter(project=catalogue.project).update(is_stale=True, name="")
    generation.advance()
    with queries() as done, reading(REPLICA):
        present()
    assert not index.is_stale(PRIMARY)
    # It asked the replica for its state and found it was another one.
    assert len(done[REPLICA]) == 1


@committed
def test_rows_are_not_older_than_the_snapshot_they_are_shown_with(catalogue, other):
    generation.advance()
    with reading(REPLICA):
        present()
        assert Project.objects.all().db == PRIMARY
    with reading(REPLICA):
        present()
        assert Project.objects.all().db == REPLICA


@committed
def test_what_is_read_of_the_replica_is_written_to_the_primary(catalogue, other):
    with reading(REPLICA):
        project = Project.objects.get(slug="virter")
        with queries() as done:
            project.save()
    assert project._state.db == PRIMARY
    assert any(query["sql"].startswith("UPDATE") for query in done[PRIMARY].captured_queries)


@committed
def test_search_without_result_is_counted_on_the_primary(catalogue, other, client):
    with queries() as done:
        client.get("/projects/?q=zzzz")
    assert MissedSearch.objects.filter(words="zzzz").exists()
    assert not any("missedsearch" in query["sql"] for query in done[REPLICA].captured_queries)


def test_what_is_read_in_a_transaction_is_of_the_primary(other):
    with reading(REPLICA), transaction.atomic():
        assert Project.objects.all().db == PRIMARY


def test_reading_ends_where_it_was_begun(other):
    with reading(REPLICA):
        on_primary()
        assert Project.objects.all().db == PRIMARY
    with reading(REPLICA), reading(PRIMARY):
        assert Project.objects.all().db == PRIMARY
    assert Project.objects.all().db == PRIMARY


@pytest.mark.parametrize("address", ["/", "/projects/", "/de/projects/virter/", "/adminer/"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_visitors_read_the_replica(asked, address, method):
    assert asked(address, method) == REPLICA


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/admin/projects/project/", "/preview/x/", "/de/preview/x/", "/healthz", "/readyz"],
)
def test_editors_and_probes_read_the_primary(asked, address):
    assert asked(address) == PRIMARY


def test_who_sends_something_reads_the_primary(asked):
    assert asked(method="post") == PRIMARY


def test_who_is_signed_in_reads_the_primary(asked):
    assert asked(cookies={settings.SESSION_COOKIE_NAME: "x"}) == PRIMARY


@committed
def test_editor_sees_on_a_public_page_what_was_just_written(catalogue, other, states, client):
    states[REPLICA] = PublicState("before", 1)
    client.force_login(User.objects.create_user("editor"))
    Project.objects.filter(slug="virter").update(tagline="Just written.")
    with queries() as done:
        assert "Just written." in client.get("/projects/virter/").text
    assert done[REPLICA].captured_queries == []


@committed
def test_preview_reads_the_primary(catalogue, other, client):
    draft = make_draft("Wombat")
    with queries() as done:
        assert client.get(preview_link(draft).path).status_code == 200
    assert done[REPLICA].captured_queries == []


def test_replica_that_is_behind_is_not_read(asked, states):
    states[REPLICA] = PublicState("before", 1)
    assert asked() == PRIMARY
    states[REPLICA] = states[PRIMARY]
    assert asked() == REPLICA


@committed
def test_replica_is_not_read_while_its_search_is_behind(asked, catalogue):
    SearchDocument.objects.filter(project=catalogue.project).update(is_stale=True)
    assert asked() == PRIMARY
    index.refresh_if_stale()
    assert asked() == REPLICA


@pytest.mark.parametrize(
    ("state", "word"), [(PublicState("then", 1), "is behind"), (None, "does not answer")]
)
def test_probe_tells_of_a_replica_that_is_not_read(state, word, catalogue, states, client):
    assert client.get("/readyz").text == "ready\n"
    states[REPLICA] = state
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, f"ready, but the replica {word}\n")


def test_state_that_was_read_already_is_not_read_again(asked, states):
    states[PRIMARY] = None
    for state in (PublicState("now", 2), PublicState("now 2026-01-02T00:00:00+00:00", 2)):
        assert asked(**{STATE: state}) == REPLICA
    assert asked(**{STATE: PublicState("later", 3)}) == PRIMARY


def test_dead_replica_is_left_alone_for_a_while_and_comes_back_by_itself(asked, states, clock):
    states[REPLICA] = None
    assert asked() == PRIMARY
    states[REPLICA] = states[PRIMARY]
    assert asked() == PRIMARY
    clock[0] += replica.PAUSE
    assert asked() == REPLICA


def test_replica_answers_for_a_dead_primary_at_the_state_that_was_seen_last(asked, states):
    assert asked() == REPLICA
    states[PRIMARY] = None
    assert asked() == REPLICA


@pytest.mark.parametrize("state", [PublicState("before", 1), PublicState("later", 3), None])
def test_replica_at_another_state_does_not_answer_for_a_dead_primary(asked, states, state):
    assert asked() == REPLICA
    states.update({PRIMARY: None, REPLICA: state})
    with pytest.raises(NoAnswerError):
        asked()


def test_known_outage_is_left_to_those_who_say_so(asked, states):
    states.update({PRIMARY: None, REPLICA: None})
    assert asked(**{IS_UNREACHABLE: True}) == PRIMARY


def test_state_that_was_seen_last_is_the_latest(states):
    for asked_at in (1, 3, 2):
        public_state.last_seen.note(PublicState(f"at {asked_at}", 1), asked_at)
    assert public_state.last_seen.state == PublicState("at 3", 1)


@committed
def test_what_is_read_of_the_primary_is_what_was_seen_last(catalogue, monkeypatch):
    monkeypatch.setattr(public_state, "last_seen", LastSeen())
    assert public_state.as_written() == public_state.last_seen.state


def test_process_that_never_saw_the_primary_does_not_answer_for_it(asked, states):
    states[PRIMARY] = None
    with pytest.raises(NoAnswerError):
        asked()


@committed
def test_replica_that_dies_in_the_middle_of_a_page_is_not_noticed_by_the_visitor(
    catalogue, other, client
):
    client.get("/projects/")

    def refuse(execute, sql, params, many, context):
        if "projects_searchdocument" in sql:
            return execute(sql, params, many, context)
        with other.wrap_database_errors:
            raise other.Database.OperationalError("the server closed the connection")

    client.raise_request_exception = False
    with other.execute_wrapper(refuse), queries() as done:
        assert client.get("/projects/virter/").status_code == 200
        asked_once = len(done[REPLICA])
        assert client.get("/projects/").status_code == 200
    assert len(done[REPLICA]) == asked_once


def test_there_is_nothing_to_decide_without_a_replica(client):
    assert settings.MIDDLEWARE.count("showcase.replica.ReplicaMiddleware") == 1
    make_project("Virter")
    assert client.get("/projects/virter/").status_code == 200
    assert REPLICA not in connections.settings
    assert connection.alias == PRIMARY
