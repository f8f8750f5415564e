"""What other sites and devices show of a page: its card, its metadata, the icons of the site."""

import json
from datetime import timedelta
from io import BytesIO

from django.core.cache import caches
from django.utils import timezone

import pytest
from PIL import Image

from projects.models import Credit, Project, ProjectKind
from projects.pictures import views
from projects.pictures.colours import DARK, LIGHT
from projects.pictures.drawing import Card, drawn
from tests.factories import make_draft, make_kind, make_person, make_product, make_project

from ..catalogue import PAGES, PICTURES

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"
OWN_CARDS = {"project", "product", "person"}
ODD_NAMES = {
    "one letter": "Q",
    "120 letters": "x" * 120,
    "120 wide letters": "W" * 120,
    "many words": " ".join(["Wort"] * 24),
    "umlauts": "Äußere Übergröße",
    "umlauts in two parts": "U\u0308bergro\u0308\u00dfe",
    "one long word": "Wiederherstellungsüberwachungsdienstleistungsbeauftragter",
    "emoji": "\N{ROCKET}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-16}",
    "another script": "日本語",
    "right to left": "שלום",
    "markup": "<b>&amp;</b>",
}


@pytest.fixture(autouse=True)
def _nothing_is_drawn_yet():
    caches["pictures"].clear()


@pytest.fixture
def said(monkeypatch):
    """Tell what is written on the cards that are drawn from now on, in their order."""
    cards = []

    def listen(card):
        cards.append(card)
        return drawn(card)

    monkeypatch.setattr(views, "drawn", listen)
    return cards


def picture(response):
    assert response.status_code == 200
    return Image.open(BytesIO(response.content))


# Cards


@pytest.mark.parametrize("kind", PICTURES)
def test_card_is_a_picture_of_the_size_that_links_are_shown_with(catalogue, client, kind):
    response = client.get(PICTURES[kind])
    assert response["Content-Type"] == "image/png"
    assert picture(response).format == "PNG"
    assert picture(response).size == (1200, 630)
    assert len(response.content) < 40_000


@pytest.mark.parametrize("kind", PICTURES)
def test_card_may_be_kept_by_anyone_and_is_not_sent_twice(catalogue, client, kind):
    response = client.get(PICTURES[kind])
    assert response["Cache-Control"] == "public, max-age=600"
    known = {"If-None-Match": response["ETag"]}
    for method in (client.get, client.head):
        again = method(PICTURES[kind], headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == response["ETag"]
        assert again["Cache-Control"] == response["Cache-Control"]


def test_head_tells_of_the_card_what_get_does(client):
    make_project()
    got, head = (method("/projects/virter/card.png") for method in (client.get, client.head))
    assert head.content == b""
    assert head["Content-Length"] == str(len(got.content))
    assert head["ETag"] == got["ETag"]


@pytest.mark.parametrize("known", ["", "nonsense", '"', "W/", "\x00", '"a", "b"'])
def test_nonsense_for_a_condition_is_passed_over(client, known):
    assert client.get("/card.png", headers={"If-None-Match": known}).status_code == 200


def test_card_of_an_entry_says_what_it_is(client, said, settings):
    settings.SITE_NAME = "Werkstatt"
    project = make_project()
    for order, name in enumerate(["command-line tool", "library"]):
        ProjectKind.objects.create(project=project, kind=make_kind(name), order=order)
    client.get("/projects/virter/card.png")
    label = "Command-line tool, library"
    assert said == [Card(label, "Virter", "Makes virtual machines.", "Werkstatt")]


def test_card_of_a_person_says_what_they_took_part_in_where_all_may_see_it(client, said):
    person = make_person(headline="LINBIT developer")
    for project in (make_project(), make_draft()):
        Credit.objects.create(person=person, project=project)
        Credit.objects.create(person=person, project=project, role="maintainer")
    Credit.objects.create(person=person, product=make_product())
    client.get("/people/roland-kammerer/card.png")
    assert said[0][:3] == ("LINBIT developer", "Roland Kammerer", "Virter, LINSTOR")


def test_card_of_the_site_says_what_it_is_called(client, said, settings):
    settings.SITE_NAME, settings.SITE_TAGLINE = "Werkstatt", "Kleine Dinge"
    client.get("/card.png")
    assert said[0][1:] == ("Werkstatt", "Kleine Dinge", "localhost:8000")


def test_card_is_drawn_once_for_the_same_words(client, said):
    make_project()
    for _ in range(3):
        client.get("/projects/virter/card.png")
    assert len(said) == 1


@pytest.mark.parametrize("field", ["name", "tagline"])
def test_other_words_are_another_card(client, field):
    make_project()
    before = client.get("/projects/virter/card.png")
    Project.objects.update(**{field: "Different"})
    known = {"If-None-Match": before["ETag"]}
    after = client.get("/projects/virter/card.png", headers=known)
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert after.content != before.content


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_card_bears_any_name(client, name):
    make_project(name, slug="odd", tagline=f"{name} {name}"[:160])
    make_product(name, slug="odd", tagline=name)
    make_person(name, slug="odd", headline=name, organisation=name)
    for section in ("projects", "products", "people"):
        assert picture(client.get(f"/{section}/odd/card.png")).size == (1200, 630)


def test_name_that_the_fonts_cannot_write_is_told_by_the_address(client, said):
    make_project("日本語", slug="nihongo")
    client.get("/projects/nihongo/card.png")
    assert said[0].name == "nihongo"


@pytest.mark.parametrize(
    ("state", "status"), [("draft", 404), ("in-review", 404), ("withdrawn", 410)]
)
def test_hidden_entry_has_no_card(client, state, status, said):
    make_project(state=state)
    assert client.get("/projects/virter/card.png").status_code == status
    assert said == []


def test_entry_has_no_card_before_its_moment(client):
    make_project(published_at=timezone.now() + timedelta(hours=1))
    assert client.get("/projects/virter/card.png").status_code == 404


def test_person_without_a_page_has_no_card(client):
    make_person(is_listed=False)
    assert client.get("/people/roland-kammerer/card.png").status_code == 404


def test_former_address_of_a_card_leads_to_the_present_one(client):
    project = make_project()
    project.slug = "new-name"
    project.save()
    response = client.get("/projects/virter/card.png")
    assert response.status_code == 301
    assert response["Location"] == "/projects/new-name/card.png"


# Metadata


@pytest.fixture
def pages(catalogue, visit):
    """Every kind of page of a full catalogue, by its name, and one that is not there."""
    pages = {name: visit(address) for name, address in PAGES.items()}
    return pages | {"not_found": visit("/projects/nothing-like-it/", status=404)}


def graph(page):
    """Return what a page says of itself in the words of Open Graph."""
    words = page.all("meta")
    found = [word for word in words if word.attributes.get("property", "").startswith("og:")]
    graph = {word["property"].removeprefix("og:"): word["content"] for word in found}
    assert len(graph) == len(found)
    return graph


def test_pages_tell_other_sites_what_they_tell_visitors(pages):
    for name, page in pages.items():
        words = graph(page)
        assert f"{words['title']} · {words['site_name']}" == page.title, name
        assert words["description"] == page.meta("description"), name
        assert words["url"] == page.canonical, name
        assert words["locale"] == "en_GB", name
        assert page.meta("twitter:card") == "summary_large_image", name


def test_pages_say_of_which_type_they_are(pages):
    types = {name: graph(page)["type"] for name, page in pages.items()}
    assert {name for name in types if types[name] == "profile"} == {"person"}
    articles = {name for name in types if types[name] == "article"}
    assert articles == {"project", "product", "page", "about"}
    assert set(types.values()) == {"website", "profile", "article"}


def test_pages_name_a_picture_that_is_there_and_what_it_shows(pages, client, settings):
    for name, page in pages.items():
        words = graph(page)
        own = f"{PAGES.get(name)}card.png" if name in OWN_CARDS else "/card.png"
        assert words["image"] == BASE_URL + own, name
        shown = picture(client.get(own))
        assert (int(words["image:width"]), int(words["image:height"])) == shown.size
        assert words["image:type"] == "image/png"
        shows = page.one("h1").text if name in OWN_CARDS else settings.SITE_NAME
        assert words["image:alt"].startswith(shows), name


def test_metadata_is_escaped_once(visit):
    make_project('R&D "now"', slug="r", tagline="Finds <new> things.")
    words = graph(visit("/projects/r/"))
    assert words["title"] == words["image:alt"] == 'R&D "now": Finds <new> things.'


# Icons


def test_pages_name_the_icons_of_the_site(visit):
    page = visit("/")
    icons = [link["href"] for link in page.all("link", rel="icon")]
    assert icons == ["/static/img/favicon.ico", "/static/img/icon.svg"]
    assert page.one("link", rel="apple-touch-icon")["href"] == "/static/img/apple-touch-icon.png"
    assert page.one("link", rel="manifest")["href"] == "/site.webmanifest"


def test_programs_that_know_one_address_find_the_icon(client):
    response = client.get("/favicon.ico", follow=True)
    icon = Image.open(BytesIO(response.getvalue()))
    assert icon.format == "ICO"
    assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_icon_of_a_touch_device_has_its_size_and_no_hole(client):
    with Image.open(BytesIO(client.get("/static/img/apple-touch-icon.png").getvalue())) as icon:
        assert icon.size == (180, 180)
        assert "transparency" not in icon.info


def test_pages_name_the_colour_of_each_theme(visit):
    themes = {meta["media"]: meta["content"] for meta in visit("/").all("meta", name="theme-color")}
    assert themes == {
        "(prefers-color-scheme: light)": LIGHT["paper"].hex,
        "(prefers-color-scheme: dark)": DARK["paper"].hex,
    }


def test_manifest_has_the_names_of_the_site_and_icons_that_are_there(client, settings):
    settings.SITE_NAME, settings.SITE_TAGLINE = "Werkstatt", "Kleine Dinge"
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json; charset=utf-8"
    manifest = json.loads(response.content)
    assert (manifest["name"], manifest["description"]) == ("Werkstatt", "Kleine Dinge")
    assert client.get(manifest["start_url"]).status_code == 200
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        content = client.get(icon["src"]).getvalue()
        if icon["sizes"] != "any":
            width, height = Image.open(BytesIO(content)).size
            assert icon["sizes"] == f"{width}x{height}"
