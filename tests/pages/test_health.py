"""What probes are told, and what visitors see, when something is missing."""

import contextlib

from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

import pytest

from .document import Document


def refuse(execute, sql, params, many, context):
    raise OperationalError("the server closed the connection unexpectedly, password=secret")


@pytest.fixture
def no_database(db):
    with connection.execute_wrapper(refuse):
        yield


def test_process_is_alive_without_a_database(no_database, client):
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "alive\n")


@pytest.mark.django_db
def test_site_is_ready_when_database_and_migrations_are_there(client):
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


def test_site_is_not_ready_without_a_database(no_database, client):
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "the database does not answer\n")


@pytest.mark.django_db
def test_site_is_not_ready_before_its_migrations(client):
    MigrationRecorder.Migration.objects.filter(app="projects").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "not applied" in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_answer_to_a_probe_is_never_kept(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/projects/", "/projects/virter/", "/nothing/"])
def test_visitor_is_asked_to_come_back_when_the_database_is_gone(no_database, client, address):
    client.raise_request_exception = False
    response = client.get(address)
    page = Document(response.text)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert page.problems == []
    assert page.one("h1").text == "This page is not available at the moment"
    assert page.meta("robots") == "noindex"
    assert page.one("main").parent.tag == "body"
    assert page.canonical == f"http://localhost:8000{address}"
    assert "secret" not in response.text
    assert "Content-Security-Policy" in response
    assert not response.cookies


def test_mistake_of_ours_is_not_put_down_to_the_database(client, monkeypatch):
    monkeypatch.setattr("showcase.views.text_file", lambda *args: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/robots.txt")
    assert response.status_code == 500
    assert Document(response.text).one("h1").text == "Something broke here"


@pytest.mark.parametrize("address", ["/robots.txt", "/opensearch.xml", "/static/css/base.css"])
def test_files_of_the_site_need_no_database(no_database, client, address):
    with contextlib.closing(client.get(address)) as response:
        assert response.status_code == 200
