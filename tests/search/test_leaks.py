"""Nothing of what is hidden is told by search, suggestions, facets, counts or labels."""

from datetime import timedelta

from django.utils import timezone

import pytest

from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.models import Alternative, Collection, CollectionItem, Project
from projects.narrowing import Narrowing
from projects.snapshot import present
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_draft,
    make_kind,
    make_language,
    make_person,
    make_project,
    make_tag,
    make_upstream,
)

pytestmark = pytest.mark.django_db

HIDDEN = {
    "a draft": {"state": "draft"},
    "one in review": {"state": "in-review"},
    "one withdrawn": {"state": "withdrawn", "published_at": A_MOMENT},
    "one scheduled": {
        "state": "published",
        "published_at": timezone.now() + timedelta(days=1),
    },
}


@pytest.fixture(params=HIDDEN.values(), ids=list(HIDDEN))
def hidden(request):
    """An entry that is hidden, with things that only it has."""
    make_project("Virter", tagline="Makes virtual machines.")
    project = make_draft("Marsupial", aliases="bandicoot", description="numbat")
    Project.objects.filter(pk=project.pk).update(**request.param)
    project.tags.add(make_tag("Wombats", aliases="vombatus"))
    project.kinds.add(make_kind("Quokkas"))
    project.languages.add(make_language("Bilby"))
    project.contributions.create(
        upstream=make_upstream("Potoroo"), title="A fix", state="merged", state_as_of=A_DAY
    )
    project.credits.create(person=make_person("Pademelon", is_listed=False))
    collection = Collection.objects.create(name="Kangaroos", slug="kangaroos", tagline="Jump.")
    CollectionItem.objects.create(collection=collection, project=project)
    return project


@pytest.mark.parametrize(
    "word", ["marsupial", "bandicoot", "numbat", "wombats", "vombatus", "quokkas", "pademelon"]
)
def test_no_word_of_it_finds_or_counts_anything(hidden, client, word):
    for text in (word, word[:-1], f'"{word}"', f"virter {word}"):
        context = client.get("/projects/", {"q": text}).context
        assert context["paginator"].count == 0
        assert context["elsewhere"] == []
        assert context["listing"].near == ""


def test_leaving_out_its_words_leaves_out_nothing(hidden):
    assert [str(project) for project in Listing(ProjectFilters("-numbat"))] == ["Virter"]


@pytest.mark.parametrize(
    "word", ["wombats", "vombatus", "potoroo", "pademelon", "kangaroos", "marsupial"]
)
def test_nothing_else_that_only_it_has_is_found(hidden, word):
    assert Listing(ProjectFilters(q=word)).elsewhere == []


@pytest.mark.parametrize(
    "text", ["marsupail", "bandicot", "wombtas", "vombats", "nubmat", "qokkas"]
)
def test_no_word_of_it_is_what_was_meant(hidden, text):
    assert Listing(ProjectFilters(text)).near == ""


def test_a_wrong_word_that_it_has_is_corrected_like_any_other(hidden):
    Project.objects.filter(pk=hidden.pk).update(description="machinas")
    assert Listing(ProjectFilters("machinas")).near == "machines"
    assert Listing(ProjectFilters("machinos")).near == "machines"


def test_its_words_take_no_places_of_public_ones(hidden):
    crowd = " ".join(f"machine{letter}" for letter in "abcdefghijk")
    Project.objects.filter(pk=hidden.pk).update(description=crowd)
    assert Listing(ProjectFilters("machinet")).near == "machines"


@pytest.mark.parametrize(
    ("facet", "value"),
    [("tag", "wombats"), ("kind", "quokkas"), ("language", "bilby"), ("upstream", "potoroo")],
)
def test_how_its_values_are_written_is_not_told(hidden, facet, value):
    listing = Listing(ProjectFilters(included=((facet, value),)))
    assert [chip.label for chip in Narrowing(listing).chips] == [value]
    assert present().counts(facet, present().public) == {}


def test_the_name_of_a_person_without_a_page_is_not_told(client):
    make_project().credits.create(person=make_person("Rui Xu", is_listed=False))
    assert "Rui Xu" not in client.get("/projects/?person=rui-xu").text


def test_no_alternative_betrays_it(hidden):
    project = Project.objects.get(slug="virter")
    Alternative.objects.create(project=project, other=hidden, name="Dunnart", difference="glider")
    Alternative.objects.create(project=project, name="Vagrant", difference="Smaller.")
    for text in ("dunnart", "glider"):
        assert len(Listing(ProjectFilters(text))) == 0
    assert len(Listing(ProjectFilters("vagrant"))) == 1


def test_name_of_a_draft_is_not_how_a_public_word_is_spelt():
    make_project("Tool", tagline="A secretthing for everybody")
    make_draft("SecretThing!?")
    assert Listing(ProjectFilters("secretthnig")).near == "secretthing"


def test_long_name_of_a_draft_is_not_told_for_a_public_one_that_begins_so():
    name = "Distributed replicated block device monitoring service"
    make_project(name)
    make_draft(f"{name} for Acquisition of ACME")
    typed = "Distributedreplicatedblockdevicemonitornig"
    assert "ACME" not in Listing(ProjectFilters(typed)).near


def test_name_that_is_gone_is_not_told():
    project = make_project("QuokkaBear")
    make_project("Tool", tagline="For a quokkabear")
    project.delete()
    assert Listing(ProjectFilters("quokkabaer")).near == "quokkabear"
