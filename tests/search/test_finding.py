"""One contract of finding, kept on each database."""

import pytest

from people.models import Alias
from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.models import Alternative, Project, SearchDocument, SearchWord, Tag
from projects.search import index
from tests.factories import make_draft, make_person, make_product, make_project, make_tag

pytestmark = pytest.mark.django_db


def found(text):
    rows = Project.objects.published().search(text)
    best = ["-relevance"] if "relevance" in rows.query.annotations else []
    return [project.name for project in rows.order_by(*best, "-is_featured", "-updated_at", "name")]


def test_all_words_count():
    make_project("Virter", tagline="Starts virtual machines")
    make_project("vmshed", tagline="Runs tests on machines")
    assert found("virtual machines") == ["Virter"]


def test_the_name_outranks_tags_and_these_the_text():
    make_project("one", description="Something about snapshots")
    make_project("two").tags.add(make_tag("snapshots"))
    make_project("snapshots")
    assert found("snapshots") == ["snapshots", "two", "one"]


@pytest.mark.parametrize(
    "text", ["linux taintinfo", "LinuxTaintinfo", "linux-taintinfo", "linuxtaintinfo", "taintin"]
)
def test_a_name_is_found_however_it_is_written(text):
    make_project("linux-taintinfo")
    make_project("linux")
    assert found(text) == ["linux-taintinfo"]


def test_stems_and_beginnings_are_found():
    make_project("Virter", description="It was replicating volumes")
    assert found("replicated volume") == ["Virter"]
    assert found("replicati") == ["Virter"]


def test_c_plus_plus_is_a_word():
    make_project("one").tags.add(make_tag("C++"))
    make_project("two").tags.add(make_tag("C"))
    assert found("c++") == ["one"]


def test_a_person_is_found_by_another_name_and_without_umlauts():
    person = make_person("Moritz Wanzenböck")
    Alias.objects.create(person=person, name="WanzenBug")
    make_project("chart").credits.create(person=person)
    assert found("wanzenbock") == found("wanzenbug") == ["chart"]


def test_a_phrase_stands_together():
    make_project("one", description="empty unions")
    make_project("two", description="unions are empty")
    assert found('"empty unions"') == ["one"]


def test_a_word_can_be_excluded():
    make_project("one", description="storage for Windows")
    make_project("two", description="storage")
    assert found("storage -windows") == ["two"]


def test_drafts_are_not_found():
    make_draft("secret")
    assert found("secret") == []


@pytest.mark.parametrize(
    "text", ["NEAR(", "a AND", 'x" OR "y', "%", "*", "(((", "'); DROP", "\\", "🦀", "ö" * 300]
)
def test_operators_are_text(text):
    make_project("Virter")
    assert found(text) in ([], ["Virter"])


def change_by_update():
    Project.objects.filter(name="Virter").update(tagline="quokka")


def change_by_saving():
    project = Project.objects.get(name="Virter")
    project.tagline = "quokka"
    project.save()


def change_by_tag_name():
    Tag.objects.update(name="quokka")


def change_by_tag_row():
    tag = Tag.objects.get()
    tag.name = "quokka"
    tag.save()


def change_by_bulk_create():
    Alternative.objects.bulk_create(
        [
            Alternative(
                project=Project.objects.get(name="Virter"), name="quokka", difference="smaller"
            )
        ]
    )


def change_by_bulk_update():
    project = Project.objects.get(name="Virter")
    project.need = "quokka"
    Project.objects.bulk_update([project], ["need"])


def change_by_person():
    person = make_person("quokka")
    Project.objects.get(name="Virter").credits.create(person=person)


def change_by_product():
    product = make_product("Bilby")
    project = Project.objects.get(name="Virter")
    project.relations_from.create(verb="made-for", object_product=product)
    product.name = "quokka"
    product.save()


CHANGES = [value for name, value in list(globals().items()) if name.startswith("change_by_")]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_write_is_found_at_once(change):
    make_project("Virter").tags.add(make_tag("before"))
    index.refresh()
    change()
    assert found("quokka") == ["Virter"]


def test_what_is_deleted_is_no_longer_found():
    project = make_project("Virter")
    project.tags.add(make_tag("quokka"))
    index.refresh()
    Tag.objects.all().delete()
    assert found("quokka") == []
    project.delete()
    assert not SearchDocument.objects.filter(project__isnull=False).exists()
    assert found("virter") == []


def test_rebuilding_changes_nothing():
    make_project("Virter").tags.add(make_tag("libvirt"))
    index.refresh()
    before = documents()
    assert sum(index.rebuild())
    assert documents() == before


def documents():
    rows = SearchDocument.objects.order_by("pk").defer("generation")
    return [(row.pk, row.name, row.head, row.body, row.is_stale) for row in rows]


def near(text):
    return Listing(ProjectFilters(text)).near


def test_the_nearest_word_is_meant():
    make_project("linux-taintinfo")
    assert near("taintnifo") == "taintinfo"


def test_word_is_not_meant_if_what_it_finds_is_left_out():
    make_project("linux-taintinfo")
    make_project("windows")
    assert near("taintnifo -windows") == "taintinfo -windows"
    assert near("taintnifo -linux") == ""


def test_word_to_be_left_out_stays_left_out_in_what_is_meant():
    make_project("cluster", tagline="For linux")
    make_project("cluster two")
    assert near("clustter -linix") == "cluster -linix"


def test_words_to_be_left_out_are_no_part_of_a_name():
    make_project("taintinfo")
    make_project("windows")
    assert len(Listing(ProjectFilters("taint info -windows"))) == 1
    make_project("Linuxtaint")
    assert len(Listing(ProjectFilters("linux -taint"))) == 1


def test_word_to_be_left_out_leaves_longer_ones():
    make_project("Virter", tagline="A good tool")
    make_project("vmshed", tagline="A tool to go")
    assert [project.name for project in Listing(ProjectFilters("tool -go"))] == ["Virter"]


def test_queryset_without_a_word_to_look_for_leaves_out_the_others():
    make_project("linux")
    make_project("windows")
    assert [project.name for project in Project.objects.search("-linux")] == ["windows"]


def test_the_word_of_a_draft_is_never_told():
    make_draft("marsupial")
    make_project("Virter")
    assert near("marsupail") == ""


def test_a_name_stays_one_though_other_texts_mention_it():
    make_project("Virter", aliases="vir-ter")
    make_project("vmshed", description="It starts virter.")
    assert sum(index.rebuild())
    assert SearchWord.objects.get(word="virter").name == "Virter"


@pytest.mark.parametrize("text", ["kvm", "ß", "ci"])
def test_too_little_of_a_short_word_is_left_for_guesses(text):
    make_project("jvm", tagline="C, all and for")
    assert near(text) == ""


def test_one_wrong_letter_is_likelier_than_two():
    make_project("raltnoeder", tagline="x")
    make_project("Tool", description="By altnoeder.")
    assert near("altnoder") == "altnoeder"
