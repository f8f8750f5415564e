"""Rows that nothing but their texts tells apart keep their places, whichever came in first."""

from django.core.management import call_command

import pytest

from projects.models import (
    Alternative,
    Collection,
    CollectionItem,
    Contribution,
    ContributionStep,
    Credit,
    Link,
    Milestone,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
)
from showcase import catalogue

from ..factories import (
    A_DAY,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_upstream,
)

pytestmark = pytest.mark.django_db

WORDS = ["beta", "alpha", "gamma", "delta"]
PAGES = [
    "/projects/virter/",
    "/projects/virter/feed.atom",
    "/projects/?sort=name",
    "/products/linstor/",
    "/upstream/linux/",
    "/people/alpha/",
    "/collections/alpha/",
    "/collections/",
    "/releases/",
    "/releases.atom",
]


@pytest.fixture
def ties():
    """Several rows of everything, of the same day and the same order."""
    virter, linstor, linux = make_project(), make_product(), make_upstream("Linux")
    for word in WORDS:
        make_rows(word, virter, linstor, linux)


def make_rows(word, virter, linstor, linux):
    url = f"https://example.org/{word}"
    project = make_project(f"Project {word}", slug=word)
    person = make_person("Ada", slug=word)
    collection = Collection.objects.create(name=word, slug=word, tagline="x")
    kind = make_kind(word)
    ProjectKind.objects.create(project=virter, kind=kind)
    ProjectKind.objects.create(project=project, kind=kind)
    ProjectLanguage.objects.create(project=virter, language=make_language(word))
    Credit.objects.create(person=person, project=virter)
    Credit.objects.create(person=person, product=linstor)
    Credit.objects.create(person=person, project=project)
    Alternative.objects.create(project=virter, name=word, difference="x")
    Link.objects.create(project=virter, role="article", label="Article", url=url)
    Source.objects.create(project=virter, supports="Name", title=word, confidence="stated")
    Release.objects.create(project=project, version="v1", date=A_DAY)
    for subject in ({"project": virter}, {"product": linstor}):
        Release.objects.create(version=word, date=A_DAY, **subject)
        Milestone.objects.create(text=f"{word} began.", date=A_DAY, **subject)
    Relation.objects.create(subject_project=project, verb="made-for", object_product=linstor)
    Relation.objects.create(subject_project=virter, verb="uses", object_project=project)
    for item in (virter, project):
        CollectionItem.objects.create(collection=collection, project=item)
        make_contribution(item, linux, word)


def make_contribution(project, upstream, word):
    contribution = Contribution.objects.create(
        project=project, upstream=upstream, title=word, state="merged", state_as_of=A_DAY
    )
    for step in WORDS:
        ContributionStep.objects.create(contribution=contribution, date=A_DAY, text=f"{step}.")


def wipe():
    for model in reversed(catalogue.MODELS):
        model._default_manager.all().delete()


def test_every_page_and_file_is_the_same_after_a_round_trip(ties, client, tmp_path):
    before = {address: client.get(address).content.decode() for address in PAGES}
    call_command("export_catalogue", output=tmp_path / "one", verbosity=0)
    wipe()
    call_command("loaddata", *sorted((tmp_path / "one").iterdir()), verbosity=0)
    for address, content in before.items():
        assert client.get(address).content.decode() == content, address
    call_command("export_catalogue", output=tmp_path / "two", verbosity=0)
    for file in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / file.name).read_bytes() == file.read_bytes()


def test_a_final_release_counts_as_newer_than_a_pre_release_of_the_same_day():
    project = make_project()
    for version, is_prerelease in (("v1.0-rc.1", True), ("v1.0", False), ("v1.0-rc.2", True)):
        Release.objects.create(
            project=project, version=version, date=A_DAY, is_prerelease=is_prerelease
        )
    versions = [release.version for release in project.releases.all()]
    assert versions == ["v1.0", "v1.0-rc.2", "v1.0-rc.1"]


def test_an_editor_decides_which_release_of_a_day_comes_first():
    project = make_project()
    for order, version in ((1, "v1.9"), (0, "v1.10")):
        Release.objects.create(project=project, version=version, date=A_DAY, order=order)
    assert [release.version for release in project.releases.all()] == ["v1.10", "v1.9"]
    assert [release.version for release in Release.objects.of_projects()] == ["v1.10", "v1.9"]


def test_an_editor_decides_which_relation_comes_first():
    project = make_project()
    for order, name in ((2, "DRBD"), (1, "LINSTOR")):
        Relation.objects.create(
            subject_project=project, verb="made-for", object_product=make_product(name), order=order
        )
    assert [row.object.name for row in project.relations_from.all()] == ["LINSTOR", "DRBD"]
