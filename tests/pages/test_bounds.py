"""However much there is of something, a page shows what can be read, and the way to the rest."""

from datetime import timedelta

import pytest

from projects import views
from projects.models import (
    Collection,
    CollectionItem,
    Contribution,
    Credit,
    Project,
    Release,
)
from projects.page_rows import RELATIONS_MAX
from tests.catalogue import make_catalogue, relate
from tests.factories import (
    A_DAY,
    make_draft,
    make_person,
    make_product,
    make_project,
    make_upstream,
)

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


def put(name, collection, order):
    CollectionItem.objects.create(
        collection=collection, project=make_project(name), order=order, note=f"As {name}."
    )


def test_list_of_collections_names_some_projects_of_each_and_leads_to_all(visit, monkeypatch):
    monkeypatch.setattr(views, "NAMES_MAX", 2)
    collection = Collection.objects.create(name="Testing", slug="testing", tagline="So.")
    for order, name in enumerate(("Zoe", "Ada", "Eve")):
        put(name, collection, order)
    CollectionItem.objects.create(collection=collection, project=make_draft(), order=0)
    links = visit("/collections/").one("article").links()
    assert [*links] == ["Testing", "Zoe", "Ada", "See all 3 projects"]
    assert links["See all 3 projects"] == "/collections/testing/"


def test_collection_is_shown_in_pages_in_the_order_of_its_editor(visit, monkeypatch):
    monkeypatch.setattr(views.CollectionDetailView, "paginate_by", 2)
    collection = Collection.objects.create(name="Testing", slug="testing", tagline="So.")
    for order, name in enumerate(("Zoe", "Ada", "Eve")):
        put(name, collection, order)
    first, second = visit("/collections/testing/"), visit("/collections/testing/?page=2")
    assert (first.cards, second.cards) == (["Zoe", "Ada"], ["Eve"])
    assert "As Eve." in second.main.text
    assert second.canonical.endswith("/collections/testing/?page=2")
    assert first.title != second.title


def contribute(upstream, number):
    project = make_project(f"{upstream} {number}")
    return Contribution.objects.create(
        project=project, upstream=upstream, title="Fix", state="merged", state_as_of=A_DAY
    )


def test_ledger_is_shown_in_pages_with_some_work_for_each_upstream(visit, monkeypatch):
    monkeypatch.setattr(views.UpstreamListView, "paginate_by", 1)
    monkeypatch.setattr(views, "LEDGER_MAX", 2)
    for name in ("Bash", "Apache"):
        upstream = make_upstream(name)
        for number in range(3):
            contribute(upstream, number)
    first, second = visit("/upstream/"), visit("/upstream/?page=2")
    assert len(first.section("Apache").one("tbody").all("tr")) == 2
    assert first.section("Apache").links()["See all 3 projects"] == "/projects/?upstream=apache"
    assert second.section("Bash")
    assert "Apache" not in second.main.text


def test_upstream_page_shows_some_of_the_work_and_leads_to_the_list(visit, monkeypatch):
    monkeypatch.setattr(views, "CARDS_MAX", 2)
    upstream = make_upstream("Bash")
    for number in range(3):
        contribute(upstream, number)
    page = visit("/upstream/bash/").section("What went into it")
    assert len(page.all("article")) == 2
    assert page.links()["See all 3 projects"] == "/projects/?upstream=bash"


def test_page_of_a_prolific_person_leads_to_the_list(visit, monkeypatch):
    monkeypatch.setattr(views, "CARDS_MAX", 2)
    person = make_person("Ada")
    for number in range(3):
        Credit.objects.create(person=person, project=make_project(f"Work {number}"))
    page = visit("/people/ada/")
    assert len(page.cards) == 2
    assert page.section("Projects").links()["See all 3 projects"] == "/projects/?person=ada"


def test_list_of_releases_ends_with_the_newest_that_anybody_looks_for(visit, monkeypatch):
    monkeypatch.setattr(views, "RELEASES_MAX", 2)
    project = make_project()
    for number in range(3):
        day = A_DAY + timedelta(days=number)
        Release.objects.create(project=project, version=f"v{number}", date=day)
    text = visit("/releases/").main.text
    assert "v2" in text
    assert "v1" in text
    assert "v0" not in text


def test_page_of_feeds_names_some_projects_and_leads_to_all(visit, monkeypatch):
    monkeypatch.setattr("showcase.views.FOLLOWED", 1)
    make_project("Virter")
    make_project("Taintinfo", is_featured=True)
    links = visit("/feeds/").main.links()
    assert links["Taintinfo"] == "/projects/taintinfo/feed.atom"
    assert links["See all 2 projects"] == "/projects/"
    assert "Virter" not in links


def test_page_says_so_where_very_many_relations_lead_to_it(visit):
    product = make_product()
    for number in range(RELATIONS_MAX + 1):
        relate(make_project(f"Project {number}"), "uses", product)
    section = visit("/products/linstor/").section("How it fits together")
    assert len(section.all("li")) == RELATIONS_MAX
    assert "There are more than are shown here" in section.text
    Project.objects.filter(slug="project-0").update(state="draft")
    assert "There are more" not in visit("/products/linstor/").main.text
