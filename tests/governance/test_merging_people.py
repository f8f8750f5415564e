"""Two rows of one person become one, and two again when that was wrong."""

from datetime import date
from html import unescape

from django.urls import reverse

import pytest

from people.documents.document import document_of
from people.models import Alias, Handle, Person, PersonLink
from projects.models import Credit, Product, Project, SearchDocument, Tag, WorkingCopy
from showcase.governance.rules import RULES
from tests.factories import make_person, make_product, make_project

from ..admin.test_pages import InlineFinder
from .conftest import merge_url, with_kind

pytestmark = pytest.mark.django_db

# Made from the rest by the site alone.
WORKED_OUT = {SearchDocument}


def credit(person, thing, role="author", **fields):
    if isinstance(thing, Project):
        with_kind(thing)
    subject = {thing._meta.model_name: thing}
    return Credit.objects.create(person=person, role=role, **subject, **fields)


@pytest.fixture
def roland():
    return make_person("Roland Kammerer", bio="Writes *Go*.")


@pytest.fixture
def double():
    return make_person("R. Kammerer", slug="r-kammerer", headline="Developer", bio="Is double.")


def everything():
    models = (Person, Project, Product)
    return [document_of(row) for model in models for row in model.objects.order_by("pk")]


def test_credits_of_entries_and_products_move(merge, roland, double):
    credit(double, make_project())
    credit(double, make_product())
    merge(roland, double)
    assert Credit.objects.filter(person=roland).count() == 2
    assert list(Person.objects.all()) == [roland]


def test_credits_for_the_same_role_are_joined(merge, roland, double):
    project = make_project()
    credit(roland, project, started_on=date(2020, 1, 1), ended_on=date(2021, 1, 1))
    credit(
        double, project, note="the first", started_on=date(2019, 1, 1), ended_on=date(2022, 1, 1)
    )
    credit(double, project, role="maintainer")
    merge(roland, double)
    author, maintainer = Credit.objects.order_by("role")
    assert (author.note, maintainer.role) == ("the first", "maintainer")
    assert (author.started_on, author.ended_on) == (date(2019, 1, 1), date(2022, 1, 1))


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ((None, None), (2019, 2020), (2019, 2020)),
        ((2019, 2020), (None, None), (2019, 2020)),
        ((2019, None), (2018, 2020), (2018, None)),
        ((2019, 2020), (2018, None), (2018, None)),
        ((2019, 2021), (2020, 2020), (2019, 2021)),
    ],
)
def test_period_of_a_joined_credit_covers_both(merge, roland, double, one, other, joined):
    project = make_project()
    for person, years in [(roland, one), (double, other)]:
        days = [year and date(year, 1, 1) for year in years]
        credit(person, project, started_on=days[0], ended_on=days[1])
    merge(roland, double)
    found = Credit.objects.get()
    assert tuple(day and day.year for day in (found.started_on, found.ended_on)) == joined


def test_old_name_and_aliases_become_aliases_once_each(merge, roland, double):
    Alias.objects.create(person=roland, name="rck")
    for name in ("RCK", "Roland Kammerer", "Kammerer"):
        Alias.objects.create(person=double, name=name)
    merge(roland, double)
    assert sorted(roland.aliases.values_list("name", flat=True)) == [
        "Kammerer",
        "R. Kammerer",
        "rck",
    ]


def test_handles_and_links_move_unless_there_is_one_already(admin_client, merge, roland, double):
    Handle.objects.create(person=roland, service="github", name="rck")
    Handle.objects.create(person=double, service="github", name="rck-old")
    Handle.objects.create(person=double, service="gitlab", name="rck")
    for person in (roland, double):
        PersonLink.objects.create(person=person, label="Talk", url="https://example.org/talk")
    text = admin_client.get(merge_url(roland, double, into=roland.pk)).content.decode()
    assert "<li>rck-old on GitHub</li>" in text
    merge(roland, double)
    assert sorted(map(str, roland.handles.all())) == ["rck on GitHub", "rck on GitLab"]
    assert roland.links.count() == 1


def test_texts_are_kept_and_missing_ones_taken_over(merge, roland, double):
    merge(roland, double)
    roland.refresh_from_db()
    assert (roland.bio, roland.headline) == ("Writes *Go*.", "Developer")


def test_pages_and_search_are_right_afterwards(client, merge, roland, double):
    credit(double, make_project("Virter"))
    merge(roland, double)
    assert client.get("/people/r-kammerer/")["Location"] == "/people/roland-kammerer/"
    assert "Virter" in client.get("/people/roland-kammerer/").content.decode()
    assert "Roland Kammerer" in client.get("/projects/virter/").content.decode()


def test_person_without_a_page_leaves_no_trace(client, merge, roland):
    merge(roland, make_person("Secret Author", is_listed=False))
    assert client.get("/people/secret-author/").status_code == 404
    assert "Secret" not in client.get("/people/roland-kammerer/").content.decode()


def test_merge_that_is_taken_back_leaves_all_as_it_was(client, merge, take_back, roland, double):
    project = make_project()
    credit(roland, project, note="his")
    credit(double, project, started_on=date(2019, 1, 1))
    credit(double, make_product())
    Alias.objects.create(person=roland, name="rck")
    Alias.objects.create(person=double, name="RCK", is_shown=True)
    Alias.objects.create(person=double, name="Kammerer")
    Handle.objects.create(person=double, service="github", name="rck")
    before = everything()
    merger = merge(roland, double)
    assert everything() != before
    take_back(merger)
    assert everything() == before
    assert client.get("/people/r-kammerer/").status_code == 200


def test_what_was_written_since_stays(merge, take_back, roland, double):
    project, gone = make_project(), make_project("Gone")
    credit(double, project)
    for person in (roland, double):
        credit(person, gone)
    merger = merge(roland, double)
    Credit.objects.filter(project=project).update(note="since")
    new = credit(roland, make_product())
    gone.delete()
    take_back(merger)
    assert Credit.objects.get(project=project).note == "since"
    assert [found.person.name for found in Credit.objects.order_by("pk")] == [
        "R. Kammerer",
        "Roland Kammerer",
    ]
    assert new.person == roland


def test_credit_that_was_given_back_by_hand_is_no_obstacle(merge, take_back, roland, double):
    project = make_project()
    credit(double, project)
    merger = merge(roland, double)
    Credit.objects.all().delete()
    take_back(merger)
    assert not Credit.objects.exists()
    assert Person.objects.count() == 2


def test_two_rows_of_three_are_merged_at_once(merge, take_back, roland, double):
    third = make_person("Rck")
    for person in (double, third):
        credit(person, make_project(f"By {person.slug}"))
    before = everything()
    merger = merge(roland, double, third)
    assert roland.credits.count() == 2
    assert merger.gone_names == "“R. Kammerer”, “Rck”"
    take_back(merger)
    assert everything() == before


def test_changes_of_the_other_have_to_be_decided_on_first(admin_client, roland, double):
    document = document_of(double).records()
    copy = WorkingCopy.objects.create(person=double, base=document, content=document)
    url = merge_url(roland, double, into=roland.pk)
    for response in (admin_client.get(url, follow=True), admin_client.post(url, follow=True)):
        assert "changes of “R. Kammerer” that nobody has decided on" in response.content.decode()
    assert Person.objects.count() == 2
    copy.state = WorkingCopy.State.APPROVED
    copy.save()
    admin_client.post(url)
    assert roland.working_copies.get() == copy


def test_person_with_an_account_does_not_go(admin_client, admin_user, roland, double):
    Person.objects.filter(pk=double.pk).update(user=admin_user)
    response = admin_client.post(merge_url(roland, double, into=roland.pk), follow=True)
    assert "“R. Kammerer” is tied to an account" in response.content.decode()
    admin_client.post(merge_url(roland, double, into=double.pk))
    assert Person.objects.get().user == admin_user


def test_preview_shows_what_the_person_gains(admin_client, roland, double):
    credit(double, make_project("Virter"))
    response = admin_client.get(merge_url(roland, double, into=roland.pk))
    text = " ".join(unescape(response.content.decode()).split())
    assert "Alias “R. Kammerer” <small>added" in text
    assert "<ins>Developer</ins>" in text
    assert "<li>Virter</li>" in text
    assert Person.objects.count() == 2


@pytest.mark.parametrize("model", [Tag, Person])
def test_everything_that_points_to_what_is_merged_is_taken_care_of(model):
    moved = {part.accessor for part in RULES[model].parts} | {"aliases"}
    for relation in model._meta.related_objects:
        if relation.one_to_many and relation.related_model not in WORKED_OUT:
            assert relation.get_accessor_name() in moved, relation


def test_pages_of_merging_have_nothing_inline(admin_client, merge, roland, double):
    third = make_person("Roland Kamerer")
    merger = merge(roland, double)
    pages = [
        merge_url(roland),
        merge_url(roland, third),
        merge_url(roland, third, into=third.pk),
        reverse("admin:people_person_suspects"),
        reverse("admin:showcase_merger_change", args=[merger.pk]),
    ]
    for page in pages:
        finder = InlineFinder()
        finder.feed(admin_client.get(page).content.decode())
        assert finder.found == [], page
