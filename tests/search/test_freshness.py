"""After any write that Django can make, words and lists are those of the present rows."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Event, Thread

from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

import pytest

from people.changes import told_together
from people.models import Person
from projects import generation, public_state
from projects.facets import FACETS
from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.models import (
    Credit,
    Product,
    Project,
    SearchDocument,
    Tag,
    Upstream,
)
from projects.search import checks
from projects.snapshot import reading
from projects.snapshot.keeping import Keeper
from projects.snapshot.orders import ORDERS
from tests.factories import (
    A_DAY,
    make_draft,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
)

from ..catalogue import make_catalogue, relate
from .writes import APPEARING, GOING, by_a_new_tag, by_saving, by_update, virter

# Really committed: what follows a write does so when its transaction is over.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def keeper():
    """What a process of the site knows that was there before the write."""
    with transaction.atomic():
        make_catalogue()
        make_draft("Wombat")
    keeper = Keeper()
    keeper.present()
    return keeper


def contents(snapshot):
    """Return what a snapshot says, in values that can be compared."""
    postings = {
        name: {value: set(having) for value, having in values.items()}
        for name, values in snapshot.postings.items()
    }
    orders = {name: snapshot.orders[name].projects for name in ORDERS}
    plain = (snapshot.labels, snapshot.facts, snapshot.documents, snapshot.scheduled)
    return set(snapshot.public), postings, orders, plain


def assert_is_fresh(keeper):
    """The index fits the rows, and what a process knew of the lists has followed them."""
    followed = keeper.present()
    assert list(checks.faults()) == []
    assert contents(followed) == contents(reading.everything(generation.current()))


def found(text, keeper=None):
    listing = Listing(ProjectFilters.from_query({"q": [text]}), keeper and keeper.present())
    return [project.name for project in listing]


@pytest.mark.parametrize("write", APPEARING, ids=lambda write: write.__name__)
def test_what_a_write_brings_is_found(write, keeper):
    assert found("quokka", keeper) == []
    write()
    assert "Virter" in found("quokka", keeper)
    assert not SearchDocument.objects.filter(is_stale=True).exists()
    assert_is_fresh(keeper)


def test_what_is_saved_in_the_admin_is_found(keeper, admin_client):
    tag = Tag.objects.get(slug="storage")
    form = {"name": "quokka", "slug": tag.slug, "aliases": "", "description": ""}
    address = reverse("admin:projects_tag_change", args=[tag.pk])
    assert admin_client.post(address, form).status_code == 302
    assert "Virter" in found("quokka", keeper)
    assert_is_fresh(keeper)


def test_what_is_loaded_is_found(keeper):
    call_command("loaddata", verbosity=0)
    assert found("linux-taintinfo", keeper)[0] == "linux-taintinfo"
    assert_is_fresh(keeper)


@pytest.mark.parametrize("write", GOING, ids=lambda write: write.__name__)
def test_what_a_write_takes_away_is_gone(write, keeper):
    write()
    assert_is_fresh(keeper)


def test_a_deleted_tag_no_longer_finds_what_had_it(keeper):
    virter().tags.add(make_tag("quokka"))
    assert found("quokka", keeper) == ["Virter"]
    Tag.objects.get(slug="quokka").delete()
    assert found("quokka", keeper) == []


@pytest.mark.parametrize("state", ["draft", "in-review", "withdrawn"])
def test_a_withdrawn_entry_is_no_longer_found(keeper, state):
    assert found("virter", keeper)[0] == "Virter"
    project = virter()
    project.state = state
    project.save()
    assert "Virter" not in found("virter", keeper)
    assert_is_fresh(keeper)


def test_a_person_without_a_page_is_in_no_group(keeper):
    assert [group.label for group in Listing(ProjectFilters(q="kammerer")).elsewhere] == ["People"]
    Person.objects.update(is_listed=False)
    assert Listing(ProjectFilters(q="kammerer")).elsewhere == []
    assert keeper.present().postings["person"] == {}


def test_a_scheduled_entry_is_found_from_its_moment_on(keeper, monkeypatch):
    now = timezone.now()
    Project.objects.filter(slug="wombat").update(
        state="published", published_at=now + timedelta(hours=1)
    )
    assert found("wombat", keeper) == []
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert found("wombat", keeper) == ["Wombat"]
    assert_is_fresh(keeper)


class RegrettedError(Exception):
    """Somebody thinks better of what was written."""


def test_a_write_that_is_rolled_back_leaves_nothing(keeper):
    before = contents(keeper.present())
    with suppress(RegrettedError), transaction.atomic():
        by_saving()
        assert found("quokka") == ["Virter"]
        raise RegrettedError
    assert found("quokka") == found("quokka", keeper) == []
    assert contents(keeper.present()) == before
    assert_is_fresh(keeper)


def test_only_what_is_rolled_back_to_a_savepoint_is_forgotten(keeper):
    with transaction.atomic():
        with suppress(RegrettedError), transaction.atomic():
            by_saving()
            raise RegrettedError
        Project.objects.filter(slug="other-1").update(tagline="numbat")
        with suppress(RegrettedError), transaction.atomic():
            by_a_new_tag()
            raise RegrettedError
    assert found("quokka", keeper) == []
    assert found("numbat", keeper) == ["Other 1"]
    assert_is_fresh(keeper)


def test_each_write_of_a_transaction_is_seen_within_it(keeper):
    with transaction.atomic():
        for word in ("quokka", "numbat", "bilby"):
            Project.objects.filter(slug="virter").update(tagline=word)
            assert found(word) == found(word, keeper) == ["Virter"]
    assert found("quokka", keeper) == found("numbat", keeper) == []
    assert_is_fresh(keeper)


def elsewhere(write: Callable[[], None]) -> None:
    """Write over another connection, as another process of the site does."""

    def run():
        try:
            write()
        finally:
            # Django leaves a database in memory open.
            connection._close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_what_another_process_writes_is_found(keeper):
    elsewhere(by_update)
    assert found("quokka", keeper) == ["Virter"]
    assert_is_fresh(keeper)


def test_what_a_process_wrote_that_died_right_after_is_found(keeper, monkeypatch):
    monkeypatch.setattr(generation.Begun, "__call__", lambda begun: None)
    elsewhere(by_update)
    assert SearchDocument.objects.filter(is_stale=True).exists()
    assert found("quokka", keeper) == ["Virter"]
    assert_is_fresh(keeper)


def test_forty_writes_are_followed_to_the_same_lists_as_a_fresh_look(keeper):
    dice = Random(40)  # noqa: S311 (the same writes in every run)
    for number in range(40):
        dice.choice(WRITES)(dice, number)
        assert_is_fresh(keeper)


def any_of(dice, rows):
    return dice.choice(list(rows.order_by("pk")))


WRITES = [
    lambda dice, number: make_project(f"Entry {number}", licence=dice.choice(["MIT", "0BSD"])),
    lambda dice, number: any_of(dice, Project.objects).tags.add(make_tag(f"Tag {number}")),
    lambda dice, number: any_of(dice, Tag.objects).delete(),
    lambda dice, number: Tag.objects.filter(pk=any_of(dice, Tag.objects).pk).update(
        slug=f"slug-{number}"
    ),
    lambda dice, number: Project.objects.filter(pk=any_of(dice, Project.objects).pk).update(
        state=dice.choice(["draft", "withdrawn"])
    ),
    lambda dice, number: Project.objects.update(state="published", published_at=timezone.now()),
    lambda dice, number: any_of(dice, Project.objects.filter(predecessors=None)).delete(),
    lambda dice, number: Project.objects.filter(pk=any_of(dice, Project.objects).pk).update(
        licence="GPL-2.0-only", status="dormant", is_featured=dice.random() < 0.5
    ),
    lambda dice, number: Credit.objects.create(
        project=any_of(dice, Project.objects), person=make_person(f"Person {number}")
    ),
    lambda dice, number: Person.objects.update(is_listed=dice.random() < 0.5),
    lambda dice, number: relate(
        any_of(dice, Project.objects), "part-of", make_product(f"Product {number}")
    ),
    lambda dice, number: any_of(dice, Project.objects).releases.create(
        version=f"v{number}", date=A_DAY + timedelta(days=number)
    ),
    lambda dice, number: any_of(dice, Project.objects).languages.set(
        [make_language(f"Language {number}")]
    ),
]


def test_every_facet_is_in_what_is_compared(keeper):
    _, postings, _, _ = contents(keeper.present())
    assert set(postings) == set(FACETS)
    assert all(postings.values())


def test_rows_that_are_told_of_together_are_found_once_the_last_is_saved():
    with transaction.atomic(), told_together():
        project = make_project("Virter")
        project.tag_items.create(tag=make_tag("Zirkus"))
        make_project("vmshed").tag_items.create(tag=Tag.objects.get())
    assert {found.name for found in Project.objects.search("zirkus")} == {"Virter", "vmshed"}


@pytest.mark.parametrize(
    ("model", "column"),
    [(Tag, "description"), (Person, "bio"), (Product, "tagline"), (Upstream, "tagline")],
)
def test_entries_are_not_read_again_for_what_none_of_them_says(model, column, keeper):
    for thing in model.objects.all():
        setattr(thing, column, "Told anew")
        with transaction.atomic():
            thing.save()
            stale = SearchDocument.objects.filter(is_stale=True)
            assert stale.exists()
            assert not stale.filter(project__isnull=False).exists()


def test_nobody_waits_for_the_documents_that_somebody_else_is_writing(keeper, monkeypatch):
    monkeypatch.setattr(generation.Begun, "__call__", lambda begun: None)
    elsewhere(lambda: Project.objects.filter(slug="virter").update(name="Quokka"))
    began, is_over = Event(), Event()

    def write():
        with transaction.atomic():
            generation.hold()
            began.set()
            is_over.wait(30)

    writer = Thread(target=lambda: elsewhere(write))
    writer.start()
    assert began.wait(30)
    try:
        with public_state.watched() as is_older:
            listing = Listing(ProjectFilters.from_query({}), keeper.present())
            assert "Quokka" in [project.name for project in listing]
            assert found("quokka", keeper) == []
            # Whoever asks after the writer is told of the new words.
            assert is_older.get()
    finally:
        is_over.set()
        writer.join()
    assert found("quokka", keeper) == ["Quokka"]
    assert_is_fresh(keeper)
