"""Searches without result are counted, tell nothing of who looked, and disturb nobody."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection
from django.utils import timezone

import pytest

from projects.models import Project
from showcase.missed_searches import counting
from showcase.models import MissedSearch
from tests.factories import make_draft, make_person, make_project, make_tag

pytestmark = pytest.mark.django_db

LIST = "/admin/showcase/missedsearch/"


def counted():
    return dict(MissedSearch.objects.values_list("words", "count"))


def test_words_that_find_nothing_are_counted_by_the_day(client):
    for query in ("Quokka  Wombat", "quokka wombat", '"quokka wombat" -bilby'):
        client.get("/projects/", {"q": query})
    search = MissedSearch.objects.get()
    assert (search.words, search.count) == ("quokka wombat", 3)
    assert search.first_on == search.last_on == timezone.localdate()


def test_a_later_day_is_noted(client):
    earlier = timezone.localdate() - timedelta(days=9)
    MissedSearch.objects.create(words="quokka", first_on=earlier, last_on=earlier)
    client.get("/projects/?q=quokka")
    search = MissedSearch.objects.get()
    assert (search.count, search.first_on) == (2, earlier)
    assert search.last_on == timezone.localdate()


def test_german_pages_count_too(client):
    client.get("/de/projects/?q=quokka")
    assert counted() == {"quokka": 1}


@pytest.mark.parametrize(
    "address",
    [
        "/projects/",
        "/projects/?q=virter",
        "/projects/?q=vitrer",
        "/projects/?q=roland",
        "/projects/?q=quokka&tag=storage",
        "/projects/?q=quokka&-tag=storage",
        "/projects/?q=tag:quokka",
        "/projects/?q=-virter",
        "/projects/?q=quokka&page=2",
        "/projects/?q=%2B%2B",
        "/projects.atom?q=quokka",
        "/suggest/?q=quokka",
        "/compare/?add=quokka",
    ],
)
def test_what_is_no_plain_search_without_result_does_not_count(address, client):
    make_project().tags.add(make_tag())
    make_person()
    client.get(address)
    assert counted() == {}


def test_whoever_asks_for_the_head_does_not_count(client):
    client.head("/projects/?q=quokka")
    assert counted() == {}


@pytest.mark.parametrize(
    "words",
    [
        "jane.doe@example.org",
        "+43 664 123 45 67",
        "192.168.100.200",
        "https://example.org/me",
        "quokka" * 20,
    ],
)
def test_what_could_be_somebodys_and_what_is_no_words_is_not_kept(words, client):
    client.get("/projects/", {"q": words})
    assert counted() == {}


def test_a_word_of_a_draft_is_counted_and_tells_a_visitor_nothing(client):
    make_draft(tagline="Feeds a quokka.")
    hidden, unknown = (client.get(f"/projects/?q={word}").text for word in ("quokka", "wombat"))
    assert hidden.replace("quokka", "wombat") == unknown
    assert counted() == {"quokka": 1, "wombat": 1}


def test_new_words_of_a_day_are_limited_and_known_ones_go_on(client, monkeypatch):
    monkeypatch.setattr(counting, "NEW_PER_DAY", 2)
    for word in ("one", "two", "three", "one"):
        client.get(f"/projects/?q=quokka{word}")
    assert counted() == {"quokkaone": 2, "quokkatwo": 1}


def test_the_rarest_give_way(client, monkeypatch):
    monkeypatch.setattr(counting, "KEPT_MAX", 2)
    for word in ("often", "often", "once", "new"):
        client.get(f"/projects/?q=quokka{word}")
    assert counted() == {"quokkaoften": 2, "quokkanew": 1}


def test_a_database_that_cannot_be_written_does_not_disturb_the_page(client, monkeypatch, caplog):
    expected = client.get("/projects/?q=wombat").text

    def refuse(words):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(counting, "count", refuse)
    response = client.get("/projects/?q=quokka")
    assert response.status_code == 200
    assert response.text.replace("quokka", "wombat") == expected
    assert "Searches without result were not counted: database is locked" in caplog.text
    monkeypatch.undo()
    client.get("/projects/?q=bilby")
    assert counted() == {"wombat": 1, "bilby": 1}


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_not_there_does_not_disturb_the_page(client, caplog):
    with connection.schema_editor() as editor:
        editor.delete_model(MissedSearch)
    try:
        assert client.get("/projects/?q=quokka").status_code == 200
        assert "Searches without result were not counted" in caplog.text
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(MissedSearch)


def test_nothing_is_written_before_the_answer_is_out(rf):
    counting.remember(None, words="quokka")
    assert counted() == {}
    counting.count_waiting()
    assert counted() == {"quokka": 1}


def test_a_thread_that_counts_holds_up_no_other():
    counting.remember(None, words="quokka")
    with counting._counting:
        counting.count_waiting()
        assert counted() == {}
    counting.count_waiting()
    assert counted() == {"quokka": 1}


# In the admin


@pytest.fixture
def search():
    today = timezone.localdate()
    return MissedSearch.objects.create(words="quokka", count=3, first_on=today, last_on=today)


def test_a_search_becomes_an_alias_and_is_then_found(search, admin_form, client):
    project = make_project(aliases="virt")
    response = admin_form(search).send(project=project.pk)
    assert response.url == LIST
    assert counted() == {}
    project.refresh_from_db()
    assert project.aliases == "virt\nquokka"
    assert "Virter" in client.get("/projects/?q=quokka").text
    message = LogEntry.objects.get().get_change_message()
    assert message == "Added the alias “quokka”."
    page = admin_form(project).client.get(f"/admin/projects/project/{project.pk}/history/")
    assert page.status_code == 200


def test_an_alias_that_is_there_already_is_not_repeated(search, admin_form):
    project = make_project(aliases="Quokka")
    admin_form(search).send(project=project.pk)
    assert counted() == {}
    assert Project.objects.get().aliases == "Quokka"


def test_an_entry_that_is_full_of_aliases_is_refused(search, admin_form):
    project = make_project(aliases="x" * 3_999)
    page = admin_form(search).fill(project=project.pk).refusal()
    assert "Ensure this value has at most 4000 characters" in page
    assert counted() == {"quokka": 3}


@pytest.mark.parametrize("nonsense", ["", "999999", "abc", "9" * 30, "\0"])
def test_no_entry_at_all_is_refused(nonsense, search, admin_form):
    admin_form(search).fill(project=nonsense).refusal()
    assert counted() == {"quokka": 3}


def test_searches_are_forgotten_at_once(search, admin_client):
    data = {"action": "delete_selected", "_selected_action": [search.pk]}
    page = admin_client.post(LIST, data, follow=True)
    assert "1 search forgotten." in page.text
    assert counted() == {}


@pytest.mark.parametrize("codename", ["view_missedsearch", "change_missedsearch"])
def test_who_may_not_change_entries_makes_no_alias(codename, search, colleague):
    client = colleague(codename)
    address = f"{LIST}{search.pk}/change/"
    project = make_project()
    if codename == "view_missedsearch":
        page = client.get(address)
        assert "quokka" in page.text
        assert "id_project" not in page.text
    assert client.post(address, {"project": project.pk}).status_code == 403
    project.refresh_from_db()
    assert project.aliases == ""
