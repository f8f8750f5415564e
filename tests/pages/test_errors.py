"""Pages for what went wrong."""

from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

import pytest

from projects.models import Collection, CollectionItem, Contribution, TaggedProject
from showcase.errors import nearest, permission_denied, server_error
from tests.factories import (
    A_DAY,
    make_draft,
    make_page,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from .document import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(visit):
    """Open an address at which there is no page."""
    return lambda address: visit(address, status=404)


@pytest.fixture
def near(lost):
    """List what the page that is not there suggests."""
    return lambda address: lost(address).section("Did you mean").one("ul").links()


@pytest.fixture
def something_of_everything():
    project = make_project("drbd-reactor")
    TaggedProject.objects.create(content_object=project, tag=make_tag("Storage"))
    make_product("LINSTOR")
    make_person("Roland Kammerer")
    make_page("Giving back")
    collection = Collection.objects.create(name="Testing", slug="testing", tagline="To test.")
    CollectionItem.objects.create(collection=collection, project=project)
    Contribution.objects.create(
        project=project, upstream=make_upstream(), title="Fix", state="merged", state_as_of=A_DAY
    )


def test_page_that_is_not_there_is_an_ordinary_page(lost):
    page = lost("/nothing/")
    assert page.problems == []
    assert page.one("h1").text == "There is no page at this address"
    assert page.meta("robots") == "noindex"
    assert page.one("nav", aria_label="Main").links()["Projects"] == "/projects/"
    assert "Did you mean" not in page.headings


@pytest.mark.parametrize(
    ("mistyped", "meant"),
    [
        ("/projects/drbd-raector/", "/projects/drbd-reactor/"),
        ("/projects/DRBD-Reactor/", "/projects/drbd-reactor/"),
        ("/projects/drbd_reactor/", "/projects/drbd-reactor/"),
        ("/projects/drbd-raector/feed.atom", "/projects/drbd-reactor/"),
        ("/drbd-reactor/", "/projects/drbd-reactor/"),
        ("/projcts/drbd-reactor/", "/projects/drbd-reactor/"),
        ("/products/linstr/", "/products/linstor/"),
        ("/people/ronald-kammerer/", "/people/roland-kammerer/"),
        ("/upstream/libbpf/", "/upstream/libbpf-rs/"),
        ("/tags/stroage/", "/tags/storage/"),
        ("/collections/test/", "/collections/testing/"),
        ("/about/give-back/", "/about/giving-back/"),
    ],
)
def test_mistyped_address_suggests_the_one_that_was_meant(
    something_of_everything, near, mistyped, meant
):
    assert meant in near(mistyped).values()


def test_suggestions_come_from_the_section_that_was_asked_for(something_of_everything, near):
    make_tag("reactor")
    make_project("Reactors")
    assert set(near("/projects/reactor/").values()) <= {
        "/projects/reactors/",
        "/projects/drbd-reactor/",
    }


def test_no_more_than_three_are_suggested(near):
    for number in range(9):
        make_project(f"virter {number}")
    assert len(near("/projects/virter/")) == 3


def test_pages_of_the_same_name_are_all_suggested(lost):
    make_product("Virter")
    make_project("Virter")
    links = lost("/virterr/").section("Did you mean").one("ul").all("a")
    assert {link["href"] for link in links} == {"/projects/virter/", "/products/virter/"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("", []),
        ("qqqq", []),
        ("virter", ["virter", "virters", "virtue"]),
        ("vitrer", ["virter", "virters", "virtue"]),
    ],
)
def test_most_similar_comes_first(word, expected):
    assert nearest(word, ["virtue", "linstor", "virters", "virter", "drbd"]) == expected


def test_nothing_hidden_is_suggested(lost):
    make_draft("Secret")
    make_person("Secret Agent", is_listed=False)
    for address in ("/projects/secre/", "/secret/", "/people/secret-agent/"):
        assert "Did you mean" not in lost(address).headings


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/projects/device-driver/", "device driver"),
        ("/storage/", "storage"),
        ("/projects/nothing/feed.atom", "feed.atom"),
        ("/a/%22%3E%3Cscript%3E/", '"><script>'),
        ("/%F0%9F%90%A7/", "🐧"),
    ],
)
def test_search_is_filled_in_with_the_words_of_the_address(lost, address, words):
    page = lost(address)
    assert page.problems == []
    assert page.one("form")["action"] == "/projects/"
    assert page.one("input", name="q")["value"] == words


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/a%20b/", "/a%20b/"),
        ("/%22%3E/", "/%22%3E/"),
        ("/%C3%A4/", "/%C3%A4/"),
        ("/a%3Fb/", "/a%3Fb/"),
    ],
)
def test_address_of_the_page_is_an_address_even_for_odd_signs(lost, address, canonical):
    assert lost(address).canonical == f"http://localhost:8000{canonical}"


@pytest.mark.parametrize(
    "address",
    [
        "/%ff/",
        "/%00/",
        "/%ed%a0%80/",
        "/" + "x" * 5000 + "/",
        "/..%2f..%2fetc%2fpasswd",
        "/projects/%00/",
        "/projects//",
        "/index.php",
        "/.git/config",
        "/static/nothing.css",
    ],
)
def test_any_address_is_answered(lost, address):
    assert lost(address).problems == []


def test_address_without_its_last_slash_leads_to_the_page(client):
    response = client.get("/projects?tag=a&page=2")
    assert response.status_code == 301
    assert response["Location"] == "/projects/?tag=a&page=2"


def test_redirect_never_leaves_the_site(client):
    response = client.get("//example.org/projects")
    assert not response.get("Location", "").startswith("//")


@pytest.mark.parametrize("address", ["/", "/projects/", "/people/", "/nothing/", "/admin/login/"])
def test_question_with_far_too_many_parameters_gets_a_page(client, address):
    client.raise_request_exception = False
    response = client.get(address + "?" + "a=1&" * 1_500)
    assert response.status_code < 500
    assert Document(response.text).problems == []


def test_unknown_host_is_refused_without_a_word_of_detail():
    response = Client(raise_request_exception=False).get("/", headers={"host": "evil.example"})
    page = Document(response.text)
    assert response.status_code == 400
    assert page.problems == []
    assert page.one("h1").text == "The request could not be read"
    assert "evil.example" not in response.text
    assert "Content-Security-Policy" in response


def test_person_without_the_right_is_told_so():
    response = permission_denied(RequestFactory().get("/admin/"), PermissionDenied("secret"))
    page = Document(response.text)
    assert response.status_code == 403
    assert page.problems == []
    assert page.one("h1").text == "Not for this account"
    assert "secret" not in response.text


def test_page_for_a_failure_does_not_ask_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Document(server_error(RequestFactory().get("/")).text)
    assert page.one("h1").text == "Something broke here"


def test_form_without_its_token_is_told_so():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    page = Document(response.text)
    assert response.status_code == 403
    assert page.problems == []
    assert page.one("h1").text == "The form has expired"
