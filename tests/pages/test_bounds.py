"""However much there is of something, a page shows what can be read, and the way to the rest."""

import pytest

from projects import views
from tests.catalogue import make_catalogue, relate
from tests.factories import make_person, make_project

from .document import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(monkeypatch):
    monkeypatch.setattr(views, "CARDS_MAX", 2)
    catalogue = make_catalogue()
    for number in range(3):
        project = make_project(f"More {number}")
        project.tags.add(catalogue.tag)
        relate(project, "spun-out-of", catalogue.product)
    return catalogue


@pytest.mark.parametrize(("kind", "name"), [("tags", "tag"), ("products", "product")])
def test_page_of_what_very_many_projects_have_leads_to_the_list(kind, name, catalogue, client):
    slug = getattr(catalogue, name).slug
    page = Document(client.get(f"/{kind}/{slug}/").text)
    assert len(list(page.all("article"))) == 2
    rest = next(link for link in page.all("a") if link.text.startswith("See all"))
    listed = Document(client.get(rest["href"]).text)
    assert len(list(listed.all("article"))) == int(rest.text.split()[2]) > 2


def test_list_is_not_offered_where_everything_is_shown(catalogue, client, monkeypatch):
    monkeypatch.setattr(views, "CARDS_MAX", 60)
    for address in (catalogue.tag.get_absolute_url(), catalogue.product.get_absolute_url()):
        assert "See all" not in client.get(address).text


def test_home_page_names_some_people_and_leads_to_all(client, monkeypatch):
    monkeypatch.setattr("showcase.views.PEOPLE", 2)
    for number in range(3):
        make_person(f"Ada {number}")
    text = client.get("/").text
    assert text.count("Ada ") == 2
    assert 'href="/people/">All people' in text
