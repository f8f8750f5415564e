"""Feeds as a feed reader sees them."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.validators import validate_line, validate_markdown
from projects.models import ChangelogEntry, Project, Release, TaggedProject
from tests.factories import make_draft, make_project, make_tag

from ..catalogue import FILES
from .document import read_xml

pytestmark = pytest.mark.django_db

FEEDS = {name: address for name, address in FILES.items() if address.endswith(".atom")}
BASE_URL = "http://localhost:8000"
NAMES = {"": "http://www.w3.org/2005/Atom"}
MARKUP = "<b>&amp;</b> “ß” ]]>"


@pytest.fixture
def feed(client):
    """Fetch a feed, under whatever name the site is reached by."""

    def feed(address, **headers):
        response = client.get(address, **headers)
        assert response.status_code == 200, address
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        return read_xml(response)

    return feed


def entries(feed, field="title"):
    return [entry.findtext(field, namespaces=NAMES) for entry in feed.findall("entry", NAMES)]


def links(element):
    return {link.get("rel", "self"): link.get("href") for link in element.findall("link", NAMES)}


@pytest.mark.parametrize("address", FEEDS.values(), ids=FEEDS)
def test_feed_has_what_atom_asks_for(catalogue, feed, address):
    root = feed(address)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.findtext("author/name", namespaces=NAMES)
    for element in (root, *root.findall("entry", NAMES)):
        assert element.findtext("id", namespaces=NAMES)
        assert element.findtext("title", namespaces=NAMES)
        assert datetime.fromisoformat(element.findtext("updated", namespaces=NAMES)).tzinfo
    assert entries(root)
    assert len(set(entries(root, "id"))) == len(entries(root))
    assert [name for name in entries(root, "id") if " " in name or "://" not in name] == []


@pytest.mark.parametrize("address", FEEDS.values(), ids=FEEDS)
def test_addresses_in_a_feed_are_those_of_the_site_whatever_name_it_was_reached_by(
    catalogue, feed, address
):
    root = feed(address, HTTP_HOST="127.0.0.1")
    assert links(root)["self"] == f"{BASE_URL}{address}"
    addresses = [*links(root).values(), root.findtext("id", namespaces=NAMES)]
    for entry in root.findall("entry", NAMES):
        addresses += [*links(entry).values(), entry.findtext("id", namespaces=NAMES)]
    elsewhere = {found for found in addresses if not found.startswith(f"{BASE_URL}/")}
    assert {found for found in elsewhere if not found.startswith("https://example.org/")} == set()


@pytest.mark.parametrize("address", FEEDS.values(), ids=FEEDS)
def test_entries_of_a_feed_lead_to_pages(catalogue, feed, client, address):
    root = feed(address)
    for element in (root, *root.findall("entry", NAMES)):
        link = links(element)["alternate"]
        if link.startswith(BASE_URL):
            assert client.get(link.removeprefix(BASE_URL)).status_code == 200, link


def test_new_entries_come_newest_first_and_complete(feed):
    make_project("Old")
    new = make_project(
        "New",
        tagline="Makes & breaks.",
        need="A *need*.",
        description="A [link](/about/).",
        published_at=datetime(2024, 2, 1, 9, tzinfo=UTC),
    )
    TaggedProject.objects.create(content_object=new, tag=make_tag())
    root = feed("/projects.atom")
    assert entries(root) == ["New", "Old"]
    entry = root.find("entry", NAMES)
    assert entry.findtext("published", namespaces=NAMES) == "2024-02-01T09:00:00+00:00"
    assert entry.find("category", NAMES).get("term") == "Storage"
    summary = entry.find("summary", NAMES)
    assert summary.get("type") == "html"
    assert "<p>Makes &amp; breaks.</p>" in summary.text
    assert "<em>need</em>" in summary.text


def test_feed_of_new_entries_is_narrowed_like_the_list(feed):
    tag = make_tag()
    TaggedProject.objects.create(content_object=make_project("Tagged"), tag=tag)
    make_project("Other")
    root = feed("/projects.atom?tag=storage&sort=name&unknown=1")
    assert entries(root) == ["Tagged"]
    assert links(root)["self"] == f"{BASE_URL}/projects.atom?tag=storage&sort=name"
    assert links(root)["alternate"] == f"{BASE_URL}/projects/?tag=storage&sort=name"
    assert entries(feed("/projects.atom?-tag=storage")) == ["Other"]
    assert entries(feed("/projects.atom?tag=nothing")) == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tag=kubernets", "Nothing is listed under “Tag: kubernets”."),
        ("-tag=kubernets", "Nothing is listed under “Tag: kubernets”."),
        ("sort=random", "There is no order called “random”."),
        ("status=" + "x" * 200, "A value of “status” was left out:"),
    ],
)
def test_feed_holds_what_the_list_shows_and_says_what_it_could_not_use(
    feed, visit, query, sentence
):
    TaggedProject.objects.create(content_object=make_project(), tag=make_tag())
    root = feed(f"/projects.atom?{query}")
    page = visit(f"/projects/?{query}")
    assert entries(root) == page.cards
    assert page.one(class_="notice").text.startswith(sentence)
    subtitle = root.findtext("subtitle", namespaces=NAMES)
    assert subtitle.startswith(f"Entries of the catalogue, newest first. {sentence}")


def test_feed_says_nothing_of_what_it_could_use(feed):
    TaggedProject.objects.create(content_object=make_project(), tag=make_tag())
    root = feed("/projects.atom?tag=storage")
    subtitle = root.findtext("subtitle", namespaces=NAMES)
    assert subtitle == "Entries of the catalogue, newest first."


def test_feed_of_a_tag_has_its_entries(feed, client):
    tag = make_tag()
    TaggedProject.objects.create(content_object=make_project("Tagged"), tag=tag)
    TaggedProject.objects.create(content_object=make_draft(), tag=tag)
    TaggedProject.objects.create(content_object=make_draft("Other"), tag=make_tag("Secret"))
    make_project("Untagged")
    assert entries(feed("/tags/storage/feed.atom")) == ["Tagged"]
    assert client.get("/tags/secret/feed.atom").status_code == 404


def test_releases_are_dated_and_lead_to_their_own_page_or_the_entry(feed):
    project = make_project()
    Release.objects.create(project=project, version="v1 beta", date=date(2024, 1, 2))
    Release.objects.create(
        project=project, version="v2", date=date(2024, 3, 1), url="https://example.org/v2"
    )
    root = feed("/releases.atom")
    assert entries(root) == ["Virter v2", "Virter v1 beta"]
    assert entries(root, "updated") == ["2024-03-01T00:00:00+00:00", "2024-01-02T00:00:00+00:00"]
    found = [links(entry)["alternate"] for entry in root.findall("entry", NAMES)]
    assert found == ["https://example.org/v2", f"{BASE_URL}/projects/virter/#history"]


def test_releases_of_one_project_are_no_others(feed, client):
    Release.objects.create(project=make_project(), version="v1", date=date(2024, 1, 2))
    Release.objects.create(project=make_project("Other"), version="v2", date=date(2024, 1, 2))
    assert entries(feed("/projects/virter/feed.atom")) == ["Virter v1"]
    assert client.get("/projects/nothing/feed.atom").status_code == 404


def test_changes_say_their_kind_and_lead_to_their_place(feed, visit):
    change = ChangelogEntry.objects.create(
        title="Virter", date=date(2023, 10, 4), kind="added", text="It is *new*."
    )
    entry = feed("/changelog.atom").find("entry", NAMES)
    assert entry.findtext("title", namespaces=NAMES) == "Added: Virter"
    assert "<em>new</em>" in entry.findtext("summary", namespaces=NAMES)
    address, _, fragment = links(entry)["alternate"].removeprefix(BASE_URL).partition("#")
    assert visit(address).one(id=fragment).one("h2").text == f"added {change.title}"


def test_change_is_known_by_the_same_id_in_a_catalogue_that_was_loaded_again(feed):
    changes = [
        ChangelogEntry(title=title, date=date(2023, 10, 4), kind="added")
        for title in ("Virter", "Äußerst", "שלום", "日本", MARKUP)
    ]
    ChangelogEntry.objects.bulk_create(changes)
    before = feed("/changelog.atom")
    ChangelogEntry.objects.all().delete()
    for change in reversed(changes):
        change.pk = change.pk + 100
        change.save(force_insert=True)
    after = feed("/changelog.atom")
    assert entries(after, "id") == entries(before, "id")
    assert len(set(entries(after, "id"))) == len(changes)


def test_markup_in_names_is_text_in_every_feed(feed):
    project = make_project(MARKUP, slug="odd", tagline=MARKUP, need=MARKUP)
    Release.objects.create(project=project, version=MARKUP, date=date(2024, 1, 2), notes=MARKUP)
    ChangelogEntry.objects.create(title=MARKUP, date=date(2024, 1, 2), kind="added", text=MARKUP)
    assert entries(feed("/projects.atom")) == [MARKUP]
    assert entries(feed("/releases.atom")) == [f"{MARKUP} {MARKUP}"]
    assert entries(feed("/changelog.atom")) == [f"Added: {MARKUP}"]
    for address in ("/projects.atom", "/releases.atom", "/changelog.atom"):
        assert "<b>" not in entries(feed(address), "summary")[0]


@pytest.mark.parametrize("address", ["/projects.atom", "/releases.atom", "/changelog.atom"])
def test_feed_of_an_empty_catalogue_is_a_feed(feed, address):
    assert entries(feed(address)) == []


def test_feed_is_limited_to_the_newest(feed):
    project = make_project()
    Release.objects.bulk_create(
        Release(project=project, version=f"v{number}", date=date(2024, 1, 2))
        for number in range(60)
    )
    assert len(entries(feed("/releases.atom"))) == 50


# Any text


def passing(validate):
    """Tell whether a text may be saved."""

    def passes(text):
        try:
            validate(text)
        except ValidationError:
            return False
        return True

    return passes


SIGNS = (
    st.sampled_from("<>&;]'\"`*[]()\x85\u2028\ufeff\u202e\ufdd0\U0001f600é漢 ") | st.characters()
)
TEXTS = st.text(SIGNS, min_size=1, max_size=40)
# The row is written anew for each example, and the feed asked for again.
each_anew = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@each_anew
@given(TEXTS.filter(passing(validate_line)), TEXTS.filter(passing(validate_markdown)))
def test_any_text_that_may_be_saved_makes_a_feed_that_can_be_read(feed, name, need):
    project = Project.objects.first() or make_project()
    project.name, project.need = name, need
    project.save()
    assert entries(feed("/projects.atom")) == [name]


@each_anew
@given(st.sampled_from(["q", "tag", "-tag", "sort", "status"]), st.text(SIGNS, max_size=40))
def test_any_question_is_answered_with_a_feed_that_can_be_read(feed, parameter, value):
    feed("/projects.atom?" + urlencode({parameter: value}, errors="replace"))
