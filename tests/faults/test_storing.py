"""Where nothing can be stored, visitors go on reading and nobody loses what they have typed."""

from pathlib import Path
from urllib.parse import urlencode

from django.db import OperationalError, connection
from django.test import Client

import pytest

from projects.faults import Fault
from projects.models import Project
from showcase.models import Enquiry

from ..contact.conftest import WORDS, began
from ..pages.document import Document
from .breaking import broken
from .editions import PAGES, editions_in

SENTENCES = {
    Fault.FULL: "There is no room left to store anything.",
    Fault.READ_ONLY: "Nothing can be stored at the moment.",
    Fault.BUSY: "Somebody else is storing something, and it takes long.",
}
EVERY_FAULT = pytest.mark.parametrize("fault", SENTENCES)
# More than fits where there is no room, with all that a page may get wrong.
LONG = 'He said "<b>&amp;</b>"\r\nand went. ' * 250


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def editor(first_edition, client):
    client.cookies.load(first_edition[1].cookies)
    return client


def assert_asks_to_come_back(response, fault):
    page = Document(response.text)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert page.problems == []
    assert page.one("h1").text == "This could not be saved"
    assert page.main.one("p", class_="lead").text.startswith(SENTENCES[fault])
    return page


def sent_once_more(client, page, url):
    """Press the button of the page."""
    form = page.main.one("form")
    assert form["action"] == url
    values = [(box["name"], box["value"]) for box in form.all("input", type="hidden")]
    return client.post(url, urlencode(values), content_type="application/x-www-form-urlencoded")


@EVERY_FAULT
def test_text_of_an_editor_is_on_the_page_that_refuses_it(fault, site, first_edition, editor):
    form = first_edition[1]
    sent = form.sent | {"description": LONG}
    with broken(fault, site):
        page = assert_asks_to_come_back(editor.post(form.url, sent), fault)
    assert Project.objects.get(slug="entry-1").tagline == "This is edition 1."
    assert sent_once_more(editor, page, form.url).status_code == 302
    entry = Project.objects.get(slug="entry-1")
    assert entry.tagline == "This is edition 2."
    assert entry.description.split() == LONG.split()


# Another writer is in nobody's way here but on SQLite.
@pytest.mark.parametrize("fault", [Fault.FULL, Fault.READ_ONLY])
def test_text_of_a_visitor_is_on_the_page_that_refuses_it(fault, site, client):
    sent = WORDS | {"moment": began(60), "message": "Does it run? " * 350}
    with broken(fault, site):
        page = assert_asks_to_come_back(client.post("/contact/?project=entry-1", sent), fault)
    assert not Enquiry.objects.exists()
    response = sent_once_more(client, page, "/contact/?project=entry-1")
    assert response.status_code == 302
    assert Enquiry.objects.get().message == sent["message"].strip()


def test_password_is_not_on_the_page_that_refuses_it(site, client):
    with broken(Fault.READ_ONLY, site):
        page = client.get("/admin/login/").text
        assert "csrfmiddlewaretoken" in page
        words = {"username": "editor", "password": "quokka-quokka"}
        response = client.post("/admin/login/", words | {"next": "/admin/"})
    assert "quokka" not in response.text


@EVERY_FAULT
def test_visitors_go_on_reading(fault, site, client):
    Project.objects.filter(slug="entry-2").update(tagline="This is edition 1, too.")
    with broken(fault, site):
        for address in (*PAGES, "/projects/?q=unheard", "/suggest/?q=entr", "/contact/"):
            response = client.get(address)
            assert response.status_code == 200, address
            assert editions_in(response.text) <= {1}


def test_stale_words_do_not_keep_visitors_from_reading(site, client):
    """Whoever comes first after a crash would write them."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_searchdocument SET is_stale = true")
        cursor.execute("UPDATE projects_generation SET number = number + 1, token = 'another'")
    with broken(Fault.READ_ONLY, site):
        assert client.get("/projects/").status_code == 200
    assert client.get("/projects/").status_code == 200


@pytest.mark.parametrize("fault", [Fault.FULL, Fault.READ_ONLY])
def test_probe_names_the_cause(fault, site, client):
    is_seen = connection.vendor == "sqlite" or fault == Fault.READ_ONLY
    with broken(fault, site):
        response = client.get("/readyz")
        assert response.text == (f"the database {fault.value}\n" if is_seen else "ready\n")
        assert response.status_code == (503 if is_seen else 200)
    assert client.get("/readyz").text == "ready\n"


@pytest.mark.only_on("sqlite")
def test_probe_tells_before_the_disk_is_full(site, client, monkeypatch):
    monkeypatch.setattr("showcase.writable._room_around", lambda place: 1_000_000)
    assert client.get("/readyz").text == "the database has no room left\n"


def refuse(execute, sql, params, many, context):
    raise OperationalError("unable to open database file")


@pytest.mark.only_on("sqlite")
def test_probe_tells_of_a_folder_in_which_nothing_can_be_written(site, client, monkeypatch):
    """SQLite has its log beside the file. Who is root may write anywhere, so it is said here."""
    folder = Path(site.removeprefix("sqlite:///")).parent
    monkeypatch.setattr("os.access", lambda path, mode: path != folder)
    assert client.get("/readyz").text == "the database is read-only\n"
    with connection.execute_wrapper(refuse):
        assert client.get("/readyz").text == "the database is read-only\n"
