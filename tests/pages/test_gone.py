"""An entry that was withdrawn: its addresses say so, and nothing of what it said."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import query
from django.db.models.fetch_modes import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects.models import Project
from tests.factories import A_MOMENT, make_draft, make_project

from ..catalogue import PROSE, add_more
from .document import Document

pytestmark = pytest.mark.django_db

ADDRESS = "/projects/virter/"
BELOW = ["", "card.png", "feed.atom"]


@pytest.fixture
def withdraw(visit):
    """Withdraw the entry Virter and open its page."""

    def withdraw(**fields):
        make_project(**{"state": "withdrawn"} | fields)
        page = visit(ADDRESS, status=410)
        assert page.problems == []
        return page

    return withdraw


def test_withdrawn_entry_is_gone_and_says_what_happened(withdraw):
    page = withdraw(withdrawal_note="Its makers asked for it.")
    assert page.one("h1").text == "Virter was withdrawn"
    assert page.one("p", class_="lead").text == "Its makers asked for it."
    assert page.title.startswith("Virter was withdrawn ·")
    assert page.meta("robots") == "noindex"


def test_entry_withdrawn_without_a_word_is_gone_as_plainly(withdraw):
    lead = withdraw().one("p", class_="lead").text
    assert lead == "It was an entry of this catalogue and is none any more."


@pytest.mark.parametrize("below", BELOW)
def test_whatever_lay_below_a_withdrawn_entry_is_gone_with_it(client, below):
    make_project(state="withdrawn")
    response = client.get(f"{ADDRESS}{below}")
    assert response.status_code == 410
    assert Document(response.text).one("h1").text == "Virter was withdrawn"
    assert client.head(f"{ADDRESS}{below}").status_code == 410


def test_nothing_that_a_withdrawn_entry_said_is_said_again(catalogue, client):
    Project.objects.filter(slug="virter").update(state="withdrawn", successor=None)
    project = Project.objects.get(slug="virter")
    page = Document(client.get(ADDRESS).text)
    for text in (project.tagline, *PROSE.values()):
        assert str(text) not in page.html
    assert page.main.all("section", "aside", "dl") == []


def test_what_took_the_place_of_a_withdrawn_entry_is_named_once(withdraw):
    successor = make_project("Virter 2", tagline="Makes more machines.")
    page = withdraw(successor=successor)
    notice = page.one("p", class_="notice")
    assert notice.text == "Use Virter 2 instead: Makes more machines."
    assert [link["href"] for link in page.main.all("a")].count("/projects/virter-2/") == 1


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": "draft", "published_at": None},
        {"state": "withdrawn"},
        {"published_at": timezone.now() + timedelta(days=1)},
    ],
    ids=["draft", "withdrawn", "scheduled"],
)
def test_hidden_successor_is_not_betrayed(withdraw, hidden):
    page = withdraw(successor=make_project("Zanzibar", **hidden))
    assert "zanzibar" not in page.html.lower()


def test_withdrawn_entry_offers_the_same_ways_on_as_any_lost_page(withdraw):
    make_project("virters")
    page = withdraw()
    assert page.section("Pages with a similar address").links()["virters"] == "/projects/virters/"
    assert page.one("input", name="q")["value"] == "Virter"
    assert {"/", "/projects/", "/tags/"} <= set(page.main.links().values())


@pytest.mark.parametrize(
    "never_public",
    [
        {"state": "withdrawn", "published_at": None},
        {"state": "withdrawn", "published_at": timezone.now() + timedelta(days=1)},
        {"state": "draft", "published_at": A_MOMENT},
        {"state": "in-review", "published_at": A_MOMENT},
    ],
    ids=["withdrawn draft", "withdrawn too early", "draft again", "in review again"],
)
@pytest.mark.parametrize("below", BELOW)
def test_entry_that_is_no_news_to_the_public_was_never_there(client, below, never_public):
    before = client.get(f"{ADDRESS}{below}")
    make_draft("Virter", withdrawal_note="Zanzibar.", **never_public)
    after = client.get(f"{ADDRESS}{below}")
    assert after.status_code == before.status_code == 404
    assert after.content == before.content


def test_entry_that_is_published_again_is_back(client):
    project = make_project(state="withdrawn", withdrawal_note="By mistake.")
    project.state = "published"
    project.save()
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "By mistake" not in response.text


def test_page_that_is_gone_asks_as_often_among_many_entries(catalogue, client, monkeypatch):
    monkeypatch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
    Project.objects.filter(slug="virter").update(state="withdrawn")

    def number_of_queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 410
        return len(captured)

    before = number_of_queries()
    add_more(catalogue, 2)
    assert number_of_queries() == before


def test_what_visitors_are_told_is_one_line_of_plain_text():
    project = make_project(state="withdrawn", withdrawal_note="<b>Gone</b>\nfor good")
    with pytest.raises(ValidationError) as refusal:
        project.full_clean()
    assert set(refusal.value.message_dict) == {"withdrawal_note"}
