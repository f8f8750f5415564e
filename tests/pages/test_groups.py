"""Tags and collections: two ways to find what belongs together."""

import pytest

from projects.models import Collection, CollectionItem, TaggedProject
from tests.factories import make_draft, make_project, make_tag

pytestmark = pytest.mark.django_db


def tag(project, *tags):
    for one in tags:
        TaggedProject.objects.create(content_object=project, tag=one)


def make_collection(name, *projects, **fields):
    collection = Collection.objects.create(
        name=name, slug=name.lower(), tagline="What belongs together.", **fields
    )
    for order, project in enumerate(projects):
        CollectionItem.objects.create(collection=collection, project=project, order=order)
    return collection


# Tags


def test_index_counts_the_public_projects_of_each_tag(visit):
    storage, kernel, secret = make_tag("Storage"), make_tag("Kernel"), make_tag("Secret")
    tag(make_project("One"), storage, kernel)
    tag(make_project("Two"), storage)
    tag(make_draft(), storage, secret)
    links = visit("/tags/").main.one("ul", class_="tags").links()
    assert links == {"Kernel 1": "/tags/kernel/", "Storage 2": "/tags/storage/"}


def test_index_comes_in_alphabetical_order(visit):
    project = make_project()
    tag(project, *map(make_tag, ("Storage", "eBPF", "C++", "Kernel", "iSCSI")))
    tags = visit("/tags/").main.one("ul", class_="tags").all("a")
    assert [link.text[:-2] for link in tags] == ["C++", "eBPF", "iSCSI", "Kernel", "Storage"]


def test_tag_page_tells_what_belongs_there_and_shows_it(visit):
    storage = make_tag("Storage", description="Disks and *blocks*.", aliases="disks\nvolumes")
    tag(make_project("One"), storage)
    make_project("Two")
    page = visit("/tags/storage/")
    assert page.one("h1").text == "Storage"
    assert page.main.one("em").text == "blocks"
    assert page.meta("description").startswith("Disks and")
    assert "Also known as disks, volumes." in page.main.text
    assert page.cards == ["One"]
    assert page.main.links()["Narrow this list further"] == "/projects/?tag=storage"
    assert page.main.links()["follow it as a feed"] == "/tags/storage/feed.atom"


def test_tag_without_a_text_is_described_by_its_number(visit):
    storage = make_tag()
    tag(make_project("One"), storage)
    tag(make_draft(), storage)
    assert visit("/tags/storage/").meta("description") == "The 1 project tagged “Storage”."


def test_related_tags_come_closest_first(visit):
    storage, kernel, rust, secret = map(make_tag, ("Storage", "Kernel", "Rust", "Secret"))
    tag(make_project("One"), storage, kernel, rust)
    tag(make_project("Two"), storage, rust)
    tag(make_project("Three"), kernel)
    tag(make_draft(), storage, secret)
    related = visit("/tags/storage/").section("Often together with")
    assert list(related.links()) == ["Rust 2", "Kernel 1"]


def test_tag_that_stands_alone_has_no_related_ones(visit):
    tag(make_project(), make_tag())
    assert "Often together with" not in visit("/tags/storage/").headings


def test_tag_of_hidden_entries_alone_does_not_exist(visit):
    tag(make_draft(), make_tag("Secret"))
    make_tag("Unused")
    assert "Nothing is tagged yet." in visit("/tags/").main.text
    visit("/tags/secret/", status=404)
    visit("/tags/unused/", status=404)


@pytest.mark.parametrize(
    ("name", "slug"), [("C++", "c-plus-plus"), ("C#", "c-sharp"), (".NET", "dot-net")]
)
def test_tag_whose_name_is_mostly_signs_has_an_address(visit, name, slug):
    tag(make_project(), make_tag(name))
    assert visit(f"/tags/{slug}/").one("h1").text == name


# Collections


def test_collections_are_listed_with_their_projects_in_the_editors_order(visit):
    one, two = make_project("One"), make_project("Two")
    make_collection("Later", one, order=2)
    make_collection("Sooner", two, make_draft(), one, order=1)
    page = visit("/collections/")
    assert page.cards == ["Sooner", "Later"]
    sooner = page.all("article")[0]
    assert sooner.one("ul").links() == {"Two": "/projects/two/", "One": "/projects/one/"}
    assert list(sooner.one("ul").links()) == ["Two", "One"]


def test_collection_introduces_its_projects_and_says_why_they_belong(visit):
    collection = make_collection("Testing", make_project("Two"), introduction="To *test*.")
    CollectionItem.objects.create(
        collection=collection, project=make_project("One"), note="The newest.", order=9
    )
    page = visit("/collections/testing/")
    assert page.one("h1").text == "Testing"
    assert page.main.one("em").text == "test"
    assert page.cards == ["Two", "One"]
    items = page.one("ol", class_="cards").children
    assert "The newest." in items[-2].text


def test_collection_without_a_public_entry_does_not_exist(visit):
    make_collection("Secret", make_draft())
    make_collection("Empty")
    assert "There are no collections yet." in visit("/collections/").main.text
    visit("/collections/secret/", status=404)
    visit("/collections/empty/", status=404)
