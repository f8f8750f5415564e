"""`check_catalogue` says what is wrong; `/readyz` says that something is."""

import io

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

import pytest

from projects.models import Project, SearchDocument
from projects.search import checks, index, tables
from showcase.models import Redirect
from tests.factories import make_draft, make_project, make_tag

from ..catalogue import make_catalogue

pytestmark = pytest.mark.django_db


def check():
    """Return what the command prints, and how it ends."""
    output = io.StringIO()
    try:
        call_command("check_catalogue", stdout=output)
    except CommandError as error:
        return output.getvalue().splitlines(), str(error)
    return output.getvalue().splitlines(), ""


@pytest.fixture
def entry():
    project = make_project()
    index.refresh()
    return project


@pytest.fixture
def without_signals():
    """Write past Django, as somebody does who opens the database by hand."""

    def execute(statement, *parameters):
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    return execute


def test_nothing_is_wrong_with_the_catalogue_that_is_committed():
    call_command("loaddata", verbosity=0)
    index.refresh()
    assert check() == (["Nothing is wrong with the catalogue."], "")


def test_a_lost_index_is_noticed_and_made_anew(entry, client):
    # PostgreSQL alters no table that this test's transaction still has to check.
    connection.check_constraints()
    tables.drop(connection)
    lines, _ = check()
    assert lines == ["The full-text index is not kept any more. Run “manage.py rebuild_search”."]
    assert client.get("/readyz").status_code == 503
    call_command("rebuild_search", verbosity=0)
    assert check() == (["Nothing is wrong with the catalogue."], "")
    assert list(Project.objects.search("virter")) == [entry]


def test_a_missing_document_is_named(entry):
    SearchDocument.objects.all().delete()
    lines, end = check()
    assert lines == ["The search index lacks Virter. Run “manage.py rebuild_search”."]
    assert end == "Found in the catalogue: 1 thing to mend."


def test_a_stale_document_is_counted(entry):
    SearchDocument.objects.update(is_stale=True)
    assert check()[0][0].startswith("1 search documents are older than what they tell of.")


def test_a_text_that_was_changed_by_hand_is_noticed(entry, without_signals):
    without_signals("UPDATE projects_project SET tagline = %s", "Quokka.")
    assert check()[0] == [
        "The search does not know the present texts of Virter. Run “manage.py rebuild_search”."
    ]


def test_rebuilding_mends_what_is_noticed(entry, without_signals):
    make_tag("Storage")
    SearchDocument.objects.filter(tag__isnull=False).delete()
    without_signals("UPDATE projects_project SET tagline = %s", "Quokka.")
    output = io.StringIO()
    call_command("rebuild_search", stdout=output, stderr=output)
    assert "2 of 2 search documents" in output.getvalue()
    assert output.getvalue().endswith("Wrote 2 search documents.\n")
    assert check()[1] == ""


def test_a_rebuilt_index_says_nothing_when_asked_to(entry):
    output = io.StringIO()
    call_command("rebuild_search", stdout=output, stderr=output, verbosity=0)
    assert output.getvalue() == ""


def test_what_the_admin_would_refuse_is_said_with_its_field(entry):
    Project.objects.update(status="lost", tagline="two\nlines")
    index.refresh()
    lines, end = check()
    assert [line.split(":")[:2] for line in lines] == [
        ["Project “Virter”", " tagline"],
        ["Project “Virter”", " status"],
    ]
    assert end == "Found in the catalogue: 2 things to mend."


def test_a_redirect_to_nowhere_is_said(entry):
    Redirect.objects.create(old_path="/old/", new_path="/projects/gone/")
    assert check()[0] == ["/old/ redirects to /projects/gone/, where there is no page."]


def test_a_whole_catalogue_is_looked_at():
    make_catalogue()
    index.refresh()
    lines, _ = check()
    assert not [line for line in lines if "redirects" not in line]


# Probes


def ready(client):
    response = client.get("/readyz")
    return response.status_code, response.text


def test_site_with_an_index_is_ready(client, entry):
    assert ready(client) == (200, "ready\n")


def test_site_is_not_ready_when_entries_cannot_be_found(client, entry):
    make_draft("Secret")
    SearchDocument.objects.all().delete()
    sentence = "Some projects are not in the search index. Run “manage.py rebuild_search”.\n"
    assert ready(client) == (503, sentence)


def test_a_document_that_was_just_marked_does_not_matter(client, entry):
    SearchDocument.objects.update(is_stale=True)
    assert ready(client) == (200, "ready\n")


def test_site_is_not_ready_when_whoever_searches_would_wait(client, entry, monkeypatch):
    monkeypatch.setattr(checks, "STALE_MAX", 0)
    SearchDocument.objects.update(is_stale=True)
    status, sentence = ready(client)
    assert status == 503
    assert "search documents are older than what they tell of" in sentence


def test_a_probe_does_not_look_at_every_row_each_time(client, entry, django_assert_max_num_queries):
    # As if the write were over: what is looked at within one is not remembered.
    connection.run_on_commit = []
    ready(client)
    with django_assert_max_num_queries(5):
        ready(client)
