"""Who may ask for metrics, and what they tell."""

import os
import re
from datetime import timedelta

from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects import public_state
from showcase.models import Enquiry
from showcase.operation import counters, metrics, observer
from showcase.operation.counters import Counters, free_row
from showcase.operation.exposition import Family, Sample, text
from showcase.operation.observer import Observer
from tests import ROOT
from tests.factories import make_draft, make_project
from tests.serving.asking import Site

from .prometheus import parsed

TOKEN = "only-for-this-test-0123456789"
MINE = {"authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN


@pytest.fixture(autouse=True)
def shared(monkeypatch):
    """Numbers that begin with this test."""
    fresh = Counters()
    for module in (counters, metrics, observer):
        monkeypatch.setattr(module, "shared", fresh)
    return fresh


@pytest.fixture
def scraped(client, token):
    """Read the metrics, as values by name and labels."""

    def scraped():
        response = client.get("/metrics", headers=MINE)
        assert response.status_code == 200
        assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        return parsed(response.text)

    return scraped


def value(samples, name, **labels):
    return samples[name, frozenset(labels.items())]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, MINE, {"authorization": "Bearer "}])
def test_without_a_token_of_the_operator_there_is_no_such_page(client, headers, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "given", ["", TOKEN, f"bearer {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Bearer ä", "Basic YTpi"]
)
def test_only_who_shows_the_token_is_told(client, token, given):
    response = client.get("/metrics", headers={"authorization": given} if given else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="metrics"'
    assert "no-store" in response["Cache-Control"]
    assert "showcase_" not in response.text


@pytest.mark.django_db
def test_metrics_are_never_kept(client, token):
    assert "no-store" in client.get("/metrics", headers=MINE)["Cache-Control"]


@pytest.mark.django_db
def test_catalogue_is_counted(scraped):
    make_project()
    make_project("Later", published_at=timezone.now() + timedelta(days=1))
    make_draft()
    Enquiry.objects.create(message="Does it run?", consented_at=timezone.now())
    samples = scraped()
    assert value(samples, "showcase_database_up") == 1
    assert value(samples, "showcase_entries", state="published") == 2
    assert value(samples, "showcase_entries", state="draft") == 1
    assert value(samples, "showcase_entries", state="withdrawn") == 0
    assert value(samples, "showcase_entries_public") == 1
    assert value(samples, "showcase_enquiries_waiting") == 1
    assert value(samples, "showcase_generation") > 0
    assert value(samples, "showcase_search_index_up") == 1


@pytest.mark.django_db
def test_the_guide_explains_each(scraped):
    guide = (ROOT / "docs" / "configure.md").read_text()
    names = {re.sub("_(bucket|sum|count)$", "", name) for name, _ in scraped()}
    assert [name for name in names if f"`{name}`" not in guide] == []


@pytest.mark.django_db
def test_number_of_queries_does_not_grow_with_the_catalogue(scraped):
    counts = []
    for number in range(3):
        make_project(f"Number {number}")
        with CaptureQueriesContext(connection) as queries:
            scraped()
        counts.append(len(queries))
    assert counts[1] == counts[2]


@pytest.mark.django_db
def test_what_needs_no_database_is_told_without_one(scraped, monkeypatch):
    def refuse(*arguments):
        raise OperationalError("the server closed the connection, password=secret")

    monkeypatch.setattr(public_state.primary, "is_open", True)
    with connection.execute_wrapper(refuse):
        samples = scraped()
    assert value(samples, "showcase_database_up") == 0
    assert value(samples, "showcase_breaker_open") == 1
    assert ("showcase_generation", frozenset()) not in samples


@pytest.mark.django_db(transaction=True)
def test_answers_are_counted_by_what_was_asked_for(scraped):
    site = Site()
    site.front = Observer(site.front)
    make_project()
    for address in ("/robots.txt", "/robots.txt", "/nothing/", "/admin/", "/healthz"):
        site.ask(address)
    samples = scraped()
    name = "showcase_requests_total"
    assert value(samples, name, kind="page", status="2xx") == 2
    assert value(samples, name, kind="page", status="4xx") == 1
    assert value(samples, name, kind="admin", status="3xx") == 1
    assert value(samples, name, kind="probe", status="2xx") == 1
    assert value(samples, "showcase_kept_pages_total", result="miss") == 1
    assert value(samples, "showcase_kept_pages_total", result="hit") == 1
    assert value(samples, "showcase_request_duration_seconds_count", kind="page") == 3


def test_nothing_is_counted_for_nobody(db, shared):
    site = Site()
    site.front = Observer(site.front)
    site.ask("/robots.txt")
    assert shared.total(("page", "2xx")) == 0


def test_answer_is_counted_that_never_came(token, shared, monkeypatch):
    def breaks(environ, start_response):
        raise MemoryError

    with pytest.raises(MemoryError):
        Observer(breaks)({"PATH_INFO": "/"}, lambda *answer: None)
    assert shared.total(("page", "5xx")) == 1


def test_time_falls_into_the_first_place_that_holds_it(shared):
    for seconds in (0.001, 0.0011, 3600):
        shared.answered("page", "200 OK", seconds)
    buckets = {it.labels["le"]: it.value for it in metrics.durations("page") if "le" in it.labels}
    assert (buckets[0.001], buckets[0.0025], buckets[15.0], buckets["+Inf"]) == (1, 2, 2, 3)


def test_workers_count_together_and_those_after_go_on():
    table = Counters()
    for row in (0, 1, 0):
        table.take(row)
        table.answered("page", "200 OK", 1)
    assert table.total(("page", "2xx")) == 3
    assert [(row, pid) for row, pid, _ in table.workers()] == [(0, os.getpid()), (1, os.getpid())]


def test_other_process_counts_into_the_same_memory():
    table = Counters()
    if (child := os.fork()) == 0:
        table.take(1)
        table.answered("page", "200 OK", 1)
        os._exit(0)
    os.waitpid(child, 0)
    table.answered("page", "200 OK", 1)
    assert table.total(("page", "2xx")) == 2


def test_row_of_a_worker_that_ended_is_taken_first():
    assert free_row(iter([])) == 0
    assert free_row(iter([0, 2, 3])) == 1
    assert free_row(iter([0, 1, 2])) == 3


def test_more_workers_than_rows_share_one():
    table = Counters()
    table.take(counters.ROWS)
    assert table.start == 0


def test_odd_signs_are_written_as_scrapers_read_them():
    odd = 'a "quoted"\\ and\nbroken \\n text'
    written = text([Family("name", "gauge", odd, [Sample(1, {"label": odd}), Sample(2)])])
    assert parsed(written) == {("name", frozenset({("label", odd)})): 1, ("name", frozenset()): 2}
