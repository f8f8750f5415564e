"""What robots, browsers and other programs fetch."""

from datetime import UTC, datetime

from django.utils import timezone

import pytest

from projects.models import Project
from showcase.sitemaps import SiteSitemap
from tests.factories import make_draft, make_page, make_person, make_project

from ..catalogue import PAGES
from .document import read_xml
from .sitemaps import NAMES, files, urls

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"


# Sitemap


@pytest.fixture
def sitemap(client):
    """Fetch the days on which pages changed, by their addresses."""

    def sitemap(**headers):
        return {
            url.findtext("loc", namespaces=NAMES): url.findtext("lastmod", namespaces=NAMES)
            for url in urls(client, **headers)
        }

    return sitemap


def test_sitemap_names_every_kind_of_page(catalogue, sitemap):
    addresses = sitemap()
    missing = {name for name in PAGES if f"{BASE_URL}{PAGES[name]}" not in addresses}
    assert missing == {
        *("project_list_narrowed", "facet", "compare", "changelog_year", "contact_thanks")
    }


def test_every_address_in_the_sitemap_is_there_and_calls_itself_so(catalogue, sitemap, visit):
    for address in sitemap():
        assert visit(address.removeprefix(BASE_URL)).canonical == address


def test_sitemap_tells_when_a_page_really_changed(sitemap):
    project = make_project()
    Project.objects.filter(pk=project.pk).update(updated_at=datetime(2024, 5, 6, tzinfo=UTC))
    assert sitemap()[f"{BASE_URL}/projects/virter/"] == "2024-05-06"


def test_sitemap_names_the_site_whatever_name_it_was_reached_by(sitemap, client):
    make_project()
    addresses = [*files(client, HTTP_HOST="127.0.0.1"), *sitemap(HTTP_HOST="127.0.0.1")]
    assert {found for found in addresses if not found.startswith(f"{BASE_URL}/")} == set()


def test_sitemap_leaves_out_what_is_hidden(sitemap):
    make_draft()
    assert [found for found in sitemap() if "secret" in found] == []


@pytest.mark.parametrize("page", ["0", "2", "abc", "%00"])
def test_part_of_the_sitemap_that_does_not_exist_is_not_found(client, page):
    assert client.get(f"/sitemap-projects.xml?p={page}").status_code == 404


def test_file_of_the_sitemap_that_would_be_too_long_is_continued(sitemap, client, monkeypatch):
    monkeypatch.setattr(SiteSitemap, "limit", 4)
    for number in range(5):
        make_project(f"Project {number}")
        make_person(f"Ada {number}")
    parts = [file for file in files(client) if "-projects" in file or "-people" in file]
    assert parts == [
        f"{BASE_URL}/sitemap-{name}.xml{page}"
        for name in ("projects", "people")
        for page in ("", "?p=2", "?p=3")
    ]
    for language in ("", "/de"):
        named = {address for address in sitemap() if f"000{language}/p" in address}
        assert named >= {f"{BASE_URL}{language}/projects/project-{n}/" for n in range(5)}
        assert named >= {f"{BASE_URL}{language}/people/ada-{n}/" for n in range(5)}


# Text files


def test_robots_are_kept_from_the_admin_and_shown_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        f"Sitemap: {BASE_URL}/sitemap.xml",
    ]


def test_browsers_can_add_the_search(client, settings):
    settings.SITE_NAME, settings.SITE_TAGLINE = "R & D, the whole catalogue", "<Open> source"
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    names = {"": "http://a9.com/-/spec/opensearch/1.1/"}
    root = read_xml(response)
    assert len(root.findtext("ShortName", namespaces=names)) <= 16
    assert root.findtext("Description", namespaces=names) == "<Open> source"
    url = root.find("Url", names)
    assert url.get("template") == f"{BASE_URL}/projects/?q={{searchTerms}}"


def test_language_models_get_no_more_than_they_read(client, monkeypatch):
    monkeypatch.setattr("showcase.views.READ_BY_MODELS", 1)
    make_project("Virter")
    make_project("Taintinfo", is_featured=True)
    text = client.get("/llms.txt").text
    assert "- [Taintinfo]" in text
    assert "- [Virter]" not in text
    assert f"- [All 2 projects]({BASE_URL}/projects/)" in text


def test_language_models_get_a_list_of_everything(client):
    make_project("R & D", slug="r-and-d", tagline="Finds <new> things.")
    make_draft()
    make_page("About", summary="What this is.")
    make_page("Home")
    text = client.get("/llms.txt").text
    assert f"- [R & D]({BASE_URL}/projects/r-and-d/): Finds <new> things.\n" in text
    assert f"- [About]({BASE_URL}/about/): What this is.\n" in text
    assert "Secret" not in text
    assert "Home" not in text


def test_security_contact_is_named_when_there_is_one(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = client.get("/.well-known/security.txt").text.splitlines()
    fields = dict(line.split(": ", 1) for line in lines if line)
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Canonical"] == f"{BASE_URL}/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert 30 < (expires - timezone.now()).days < 365


def test_security_file_is_not_there_without_a_contact(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
