"""A made-up catalogue: as sound as a real one, and the same for everybody who makes it."""

import io
from itertools import chain

from django.core.management import call_command
from django.core.management.base import CommandError

import pytest

from people.models import Person
from projects.models import Product, Project, Tag
from projects.search.checks import faults
from projects.synthetic import SyntheticCatalogue
from projects.synthetic.words import Coinage

from .. import factories
from .samples import everything

SIZE = 100


class Terminal(io.StringIO):
    def isatty(self):
        return True


def make(projects=SIZE, stream=None, **options):
    """Run the command and return what it told on the way."""
    stream = stream or io.StringIO()
    call_command(
        "make_catalogue", projects=projects, stdout=io.StringIO(), stderr=stream, **options
    )
    return stream.getvalue()


def rows(projects=SIZE, seed=0):
    """Return the rows of a catalogue that is not saved, as their model and their columns."""
    catalogue = SyntheticCatalogue(projects, seed)
    every = chain(catalogue.surroundings(), chain.from_iterable(catalogue.entries()))
    return [(type(row), columns(row)) for row in every]


def columns(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_same_seed_gives_the_same_rows():
    assert rows() == rows()


def test_another_seed_gives_other_entries():
    names = [
        {values["name"] for model, values in rows(seed=seed) if model is Project} for seed in (1, 2)
    ]
    assert len(names[0]) == len(names[1]) == SIZE
    assert not names[0] & names[1]


def test_no_word_is_coined_twice():
    coinage = Coinage(3, seed=7)
    assert len({coinage.word(number) for number in range(50_000)}) == 50_000


def test_all_words_of_a_shape_can_be_coined_and_no_more():
    coinage = Coinage(1, seed=7, codas=("n", "r"))
    assert len({coinage.word(number) for number in range(coinage.size)}) == coinage.size
    with pytest.raises(ValueError, match=f"There are {coinage.size} such words"):
        coinage.word(coinage.size)


@pytest.mark.django_db
def test_as_many_entries_are_made_as_were_asked_for():
    make()
    assert Project.objects.count() == SIZE
    assert Person.objects.count() == SIZE / 5


@pytest.mark.django_db
def test_a_single_entry_can_be_made(client):
    make(projects=1)
    assert client.get(Project.objects.get().get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_some_entries_are_not_public():
    make()
    states = Project.objects.values_list("state", flat=True)
    assert sorted(states) == sorted(
        ["draft"] * 4 + ["in-review"] + ["withdrawn"] + ["published"] * (SIZE - 6)
    )
    # One of the published ones is scheduled.
    assert Project.objects.published().count() == SIZE - 7


@pytest.mark.django_db
def test_what_is_saved_is_what_was_written():
    make()
    for model in (Tag, Project):
        written = [values for made, values in rows() if made is model]
        assert [columns(row) for row in model.objects.order_by("pk")] == written


@pytest.mark.django_db
def test_moments_of_change_follow_the_clock_again_afterwards():
    make(projects=1)
    product = Product.objects.first()
    before = product.updated_at
    product.save()
    assert product.updated_at > before


@pytest.mark.django_db
def test_every_row_would_pass_the_admin():
    make()
    for model in {model for model, _ in rows()}:
        for row in model._default_manager.order_by("pk")[:20]:
            row.full_clean()


@pytest.mark.django_db
def test_entries_can_be_added_afterwards():
    make()
    assert factories.make_project("Virter").pk > SIZE
    assert factories.make_person().pk > SIZE / 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make_row", [factories.make_project, factories.make_person, factories.make_kind]
)
def test_a_catalogue_with_rows_is_left_alone(make_row):
    make_row()
    before = everything()
    with pytest.raises(CommandError, match="already; a synthetic one is only made in an empty"):
        make()
    assert everything() == before


@pytest.mark.parametrize("size", ["0", "-1", "many", "2000001"])
def test_a_size_that_cannot_be_made_is_refused(size):
    with pytest.raises(CommandError, match="is no number from 1 to 2,000,000"):
        call_command("make_catalogue", f"--projects={size}")


@pytest.mark.django_db
def test_everything_can_be_found_at_once(client):
    make()
    assert list(faults()) == []
    project = Project.objects.published().first()
    found = client.get("/projects/", {"q": project.name}).context["projects"]
    assert project in found


@pytest.mark.django_db
def test_whoever_knew_the_empty_catalogue_sees_the_full_one(client):
    assert client.get("/projects/").context["paginator"].count == 0
    make()
    assert client.get("/projects/").context["paginator"].count == SIZE - 7


@pytest.mark.django_db
def test_progress_is_told_in_lines_where_nobody_watches():
    told = make(projects=300).splitlines()
    assert told[:2] == ["250 of 300 entries", "300 of 300 entries"]
    assert told[-1] == "815 of 815 search documents"


@pytest.mark.django_db
def test_progress_is_drawn_on_a_terminal():
    drawn = make(projects=300, stream=Terminal())
    entries, documents, rest = drawn.split("\n")
    assert entries == f"\r{'#' * 33}{'.' * 7} 250 of 300 entries\r{'#' * 40} 300 of 300 entries"
    assert documents.endswith(f"\r{'#' * 40} 815 of 815 search documents")
    assert rest == ""


@pytest.mark.django_db
def test_nothing_is_told_when_quiet():
    assert make(verbosity=0) == ""
