"""Cards of lists are rendered once, and no page ever shows what an entry was before."""

from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest
from pyroaring import BitMap

from projects.models import Project
from projects.snapshot import cards, keeping
from projects.snapshot.cards import KeptCards
from projects.snapshot.keeping import Keeper
from projects.snapshot.state import Snapshot
from tests.factories import make_project

from ..catalogue import add_more, make_catalogue
from ..search.writes import APPEARING, GOING, by_saving

# Really committed: what a transaction has not given away yet is not kept.
pytestmark = pytest.mark.django_db(transaction=True)

LISTS = [
    "/projects/?compare=other-1",
    "/projects/?tag=storage&kind=command-line-tool&-tag=nothing",
    "/projects/?language=go&language=rust&licence=mit",
    "/de/projects/",
]


@pytest.fixture
def process(monkeypatch):
    """What a process of the site knows, which nothing did before."""
    keeper = Keeper()
    monkeypatch.setattr("projects.listing.present", keeper.present)
    return keeper


@pytest.fixture
def catalogue(process):
    with transaction.atomic():
        return make_catalogue()


@pytest.fixture
def read(client):
    return lambda: [client.get(address).text for address in LISTS]


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("write", APPEARING + GOING, ids=lambda write: write.__name__)
def test_after_any_write_lists_are_those_of_a_process_that_knows_nothing(
    write, catalogue, process, read
):
    read()
    assert len(process.snapshot.cards)
    write()
    after = read()
    process.snapshot = Snapshot()
    assert after == read()


def test_what_is_shown_again_is_not_asked_of_the_database(catalogue, client):
    first = queries(client, "/projects/")
    again = queries(client, "/projects/")
    assert len(again) <= len(first) - 5
    assert not any("projects_taggedproject" in sql for sql in again)


def test_a_list_asks_the_database_eight_times_at_most(catalogue, client):
    client.get("/projects/")
    for address in ("/projects/?tag=storage", "/projects/?sort=name", "/de/projects/"):
        assert len(queries(client, address)) <= 8


def test_only_what_was_written_is_rendered_anew(catalogue, process, client):
    add_more(catalogue, 3)
    client.get("/projects/")
    known = len(process.snapshot.cards)
    by_saving()
    assert len(process.present().cards) == known - 1


def test_a_write_that_is_rolled_back_leaves_no_card(catalogue, client):
    before = client.get("/projects/").text
    with transaction.atomic():
        by_saving()
        assert "quokka" in client.get("/projects/").text
        transaction.set_rollback(True)
    assert client.get("/projects/").text == before


def test_each_language_has_its_own_cards(catalogue, visit):
    english, german = visit("/projects/"), visit("/de/projects/")
    assert english.cards == german.cards
    assert "/de/projects/virter/" in german.main.links().values()
    assert "/projects/virter/" in visit("/projects/").main.links().values()


def test_a_card_leads_back_to_the_list_that_it_is_on(catalogue, visit):
    for address, link in (
        ("/projects/", "?compare=virter#tray"),
        ("/projects/?tag=storage", "?tag=storage&compare=virter#tray"),
        ("/projects/", "?compare=virter#tray"),
    ):
        assert visit(address).main.links()["Compare Virter"] == link


def test_a_kept_card_knows_what_is_gathered(catalogue, visit):
    visit("/projects/")
    page = visit("/projects/?compare=virter")
    assert "In your comparison" in page.main.text
    assert "Compare Virter" not in page.main.links()


def test_words_are_marked_on_cards_that_were_shown_without(catalogue, client):
    plain = client.get("/projects/").text
    assert "<mark>" not in plain
    assert "<mark>" in client.get("/projects/?q=virter").text
    assert client.get("/projects/").text == plain


def test_who_makes_do_with_an_older_state_is_given_no_older_card(
    catalogue, process, client, monkeypatch
):
    monkeypatch.setattr(keeping, "PATIENCE", 0.01)
    client.get("/projects/")
    # Somebody else reads the catalogue, for longer than anybody waits.
    with process.lock:
        Project.objects.filter(slug="virter").update(tagline="quokka")
        assert "quokka" in client.get("/projects/").text
        Project.objects.filter(slug="virter").update(state="withdrawn")
        assert "quokka" not in client.get("/projects/").text
        assert "/projects/virter/" not in client.get("/projects/").text


def test_what_is_rendered_for_an_older_state_is_not_taken_over():
    older = KeptCards()
    older.add(1, "Virter", "virter").keep("one")
    newer = older.without(BitMap())
    older.add(2, "vmshed", "vmshed").keep("two")
    assert newer.get(1)
    assert newer.get(2) is None
    assert older.without(BitMap([1])).get(1) is None


def test_a_card_that_nobody_has_rendered_yet_is_none():
    kept = KeptCards()
    kept.add(1, "Virter", "virter")
    assert kept.get(1) is None


def test_no_more_cards_are_kept_than_memory_is_meant_for(monkeypatch):
    monkeypatch.setattr(cards, "SIZE", 1_000)
    kept = KeptCards()
    for number in range(10):
        kept.add(number, "Virter", "virter").keep("one")
    assert len(kept) <= 5
    assert kept.get(9)


NAMES = ["Virter", "Ünïcode “zwölf”", "two\nlines", 'a "quoted" \\ one', ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_kept_card_is_what_was_rendered(name):
    kept = KeptCards()
    for number, html in enumerate(("<p>one</p>\n", f"<p>{name}</p>\n\n", "")):
        kept.add(number, name, "virter").keep(html)
        card = kept.get(number)
        assert (card.name, card.slug, card.html) == (name, "virter", html)


def test_a_card_that_was_rendered_twice_counts_once(monkeypatch):
    monkeypatch.setattr(cards, "SIZE", 1_000)
    kept = KeptCards()
    kept.add(1, "Virter", "virter").keep("one")
    for _ in range(10):
        kept.add(2, "Wombat", "wombat").keep("two")
    assert len(kept) == 2


def test_cards_stay_when_the_moment_of_another_entry_comes(process, client, monkeypatch):
    now = timezone.now()
    with transaction.atomic():
        make_project("Virter")
        make_project("Wombat", published_at=now + timedelta(hours=1))
    client.get("/projects/")
    cards_before = process.snapshot.cards
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert "Wombat" in client.get("/projects/").text
    assert process.snapshot.cards is cards_before


def test_when_the_clock_is_set_back_nothing_is_shown_too_early(process, client, monkeypatch):
    now = timezone.now()
    with transaction.atomic():
        make_project("Wombat", published_at=now + timedelta(hours=1))
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert "Wombat" in client.get("/projects/").text
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert "Wombat" not in client.get("/projects/").text
