"""Pages in German: the same site below /de/, and each page with a way to the other language."""

import pytest

from people.languages import in_language, language_of, without_language
from projects.models import Release
from showcase.redirects import move

from ..catalogue import FILES, PAGES, PICTURES, PROBES
from ..factories import A_DAY, make_project
from .document import Document, read_xml
from .sitemaps import NAMES, urls

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"
# These stand at the root of the host, in one language.
OF_THE_HOST = {"robots", "llms", "sitemap", "sitemap_section", "favicon", "card"}
ENGLISH = [*PAGES.values(), *(FILES[name] for name in FILES.keys() - OF_THE_HOST)]
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def pages(catalogue, visit):
    """Every kind of page in both languages, by its address."""
    addresses = [f"{prefix}{address}" for address in PAGES.values() for prefix in ("", "/de")]
    return {address: visit(address) for address in addresses}


def alternates(page):
    links = [link for link in page.all("link", rel="alternate") if "hreflang" in link.attributes]
    return {link["hreflang"]: link["href"] for link in links}


def switch(page):
    """Return the link to the same page in the other language."""
    (link,) = (link for link in page.all("a") if "hreflang" in link.attributes)
    return link


def test_page_is_in_the_language_of_its_address(pages):
    for address, page in pages.items():
        is_german = address.startswith("/de/")
        assert page.one("html")["lang"] == ("de" if is_german else "en-GB"), address
        assert page.one("meta", property="og:locale")["content"] == (
            "de_DE" if is_german else "en_GB"
        )


def test_page_is_well_formed_in_german(pages):
    assert {address: page.problems for address, page in pages.items() if page.problems} == {}


def test_pages_name_each_other_in_both_languages(pages):
    for address in PAGES.values():
        english, german = pages[address], pages[f"/de{address}"]
        assert alternates(english) == {
            "en": english.canonical,
            "x-default": english.canonical,
            "de": german.canonical,
        }
        assert alternates(german) == alternates(english)
        assert german.canonical == f"{BASE_URL}/de{address}"


def test_page_leads_to_itself_in_the_other_language(pages):
    for address in PAGES.values():
        to_german, to_english = switch(pages[address]), switch(pages[f"/de{address}"])
        assert (to_german.text, to_german["lang"], to_german["hreflang"]) == ("Deutsch", "de", "de")
        assert (to_english.text, to_english["lang"]) == ("English", "en-GB")
        assert to_german["href"] == f"/de{address}"
        assert to_english["href"] == address


def test_canonical_question_goes_along_into_the_other_language(projects, visit):
    page = visit("/projects/?utm_source=x&tag=storage&q=virter")
    assert switch(page)["href"] == "/de/projects/?q=virter&tag=storage"


def test_links_of_a_german_page_stay_german(pages):
    for address, page in pages.items():
        if address.startswith("/de/"):
            inside = [link for link in page.all("a") if link["href"].startswith("/")]
            english = [link["href"] for link in inside if not link["href"].startswith("/de/")]
            assert english == [switch(page)["href"]], address


def test_answers_tell_their_language_and_depend_on_nothing_else(catalogue, client):
    for address in ENGLISH:
        for prefix, language in (("", "en-GB"), ("/de", "de")):
            response = client.get(f"{prefix}{address}", headers={"Accept-Language": "fr, de"})
            assert response.status_code == 200, address
            assert response["Content-Language"] == language
            assert not response.cookies
            assert "language" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("language", ["de", "de-AT, de;q=0.9", "fr"])
def test_browser_that_prefers_a_language_gets_the_page_it_asked_for(client, language):
    response = client.get("/", headers={"Accept-Language": language})
    assert Document(response.text).one("html")["lang"] == "en-GB"


@pytest.mark.parametrize("name", sorted(OF_THE_HOST | PROBES.keys()))
def test_what_belongs_to_the_host_is_there_once(catalogue, client, name):
    address = {**FILES, **PICTURES, **PROBES}[name]
    assert client.get(f"/de{address}").status_code == 404


@pytest.mark.parametrize("path", ["/fr/", "/en/", "/en-gb/", "/DE/", "/de-at/projects/", "/de/de/"])
def test_other_languages_are_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/de//elsewhere.example/x", "/de/%2Felsewhere.example/x"])
def test_no_address_makes_a_link_to_another_host_of_the_other_language(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/%2Felsewhere.example/x" hreflang="en"' in response.text
    assert 'href="//' not in response.text


def test_address_without_its_last_slash_leads_to_the_german_page(client):
    assert client.get("/de")["Location"] == "/de/"
    assert client.get("/de/projects?q=x")["Location"] == "/de/projects/?q=x"


def test_page_that_is_not_there_is_told_in_german_with_the_nearest(catalogue, visit):
    page = visit("/de/projects/virtr/", status=404)
    assert page.one("h1").text == "Unter dieser Adresse gibt es keine Seite"
    assert page.links()["Virter"] == "/de/projects/virter/"


def test_moved_page_is_found_in_either_language(client):
    make_project("Virter")
    move("/projects/old-name/", "/projects/virter/")
    for prefix in ("", "/de"):
        response = client.get(f"{prefix}/projects/old-name/?page=2")
        assert response.status_code == 301
        assert response["Location"] == f"{prefix}/projects/virter/?page=2"


def test_renaming_while_german_is_spoken_keeps_the_one_address(client):
    project = make_project("Old name")
    client.get("/de/")
    project.slug = "virter"
    project.save()
    assert client.get("/de/projects/old-name/")["Location"] == "/de/projects/virter/"
    assert client.get("/projects/old-name/")["Location"] == "/projects/virter/"


def test_nothing_can_be_sent_is_told_in_german(client):
    response = client.post("/de/projects/")
    assert response.status_code == 405
    assert "lässt sich nichts senden" in response.text


def test_dates_and_numbers_are_written_as_germans_do(visit):
    project = make_project(status_as_of=A_DAY, first_released_on=A_DAY)
    Release.objects.create(project=project, version="1.0", date=A_DAY)
    times = {time["datetime"]: time.text for time in visit("/de/projects/").all("time")}
    assert times == {"2024-01-01": "1. Jan. 2024"}
    times = [time.text for time in visit("/de/projects/virter/").all("time", datetime="2024-01-01")]
    assert "1. Januar 2024" in times
    assert "1 Jan 2024" in [time.text for time in visit("/projects/").all("time")]


def test_texts_of_the_catalogue_are_marked_as_english(catalogue, visit):
    page = visit("/de/projects/virter/")
    assert "nur auf Englisch" in page.one("main").text
    marked = " ".join(element.text for element in page.one("main").all(lang="en-GB"))
    for text in ("Makes virtual machines.", "Starts machines", "Tests need machines."):
        assert text in marked
    assert not visit("/projects/virter/").one("main").all(lang="en-GB")


def test_feed_is_german_and_leads_to_german_pages(catalogue, client):
    feed = read_xml(client.get("/de/projects.atom"))
    assert feed.attrib[XML_LANGUAGE] == "de"
    assert feed.findtext(f"{ATOM}title").endswith(": neue Einträge")
    links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(f"{BASE_URL}/de/") for link in links)


def test_sitemap_names_every_page_with_its_alternates(catalogue, client):
    found = {
        url.findtext("loc", namespaces=NAMES): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", NAMES)
        }
        for url in urls(client)
    }
    for address in ("/", "/projects/", "/projects/virter/", "/people/roland-kammerer/"):
        english, german = f"{BASE_URL}{address}", f"{BASE_URL}/de{address}"
        assert found[german] == {"en": english, "de": german, "x-default": english}
        assert found[english] == found[german]


def test_browser_is_told_the_german_addresses(client):
    manifest = client.get("/de/site.webmanifest").json()
    assert (manifest["lang"], manifest["start_url"], manifest["scope"]) == ("de", "/de/", "/de/")
    search = client.get("/de/opensearch.xml").text
    assert "<Language>de</Language>" in search
    assert f"{BASE_URL}/de/projects/?q={{searchTerms}}" in search


def test_admin_stays_english(admin_client):
    assert 'lang="en-gb"' in admin_client.get("/admin/").text
    assert admin_client.get("/de/admin/").status_code == 404


@pytest.mark.parametrize(
    ("path", "language", "english"),
    [
        ("/de/", "de", "/"),
        ("/de", "de", "/"),
        ("/de/projects/?q=/de/", "de", "/projects/?q=/de/"),
        ("/projects/de/", "en-gb", "/projects/de/"),
        ("/detail/", "en-gb", "/detail/"),
        ("/?q=de/", "en-gb", "/?q=de/"),
    ],
)
def test_path_is_told_in_each_language(path, language, english):
    assert language_of(path) == language
    assert without_language(path) == english
    assert in_language(path, "de") == f"/de{english}"
