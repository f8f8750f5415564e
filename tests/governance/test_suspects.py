"""What looks alike is told of when it is saved, and listed until somebody decides."""

from html import unescape

from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse

import pytest

from people.models import Alias, Person
from projects.models import Project, Tag
from showcase.governance.models import Distinct
from showcase.governance.suspects import suspects, tell_apart
from tests.factories import make_draft, make_person, make_project, make_tag

pytestmark = pytest.mark.django_db

NAME = {Tag: "projects_tag", Person: "people_person", Project: "projects_project"}


def page_of(client, model, query=""):
    response = client.get(reverse(f"admin:{NAME[model]}_suspects") + query)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def tell(client, model, *slugs):
    url = reverse(f"admin:{NAME[model]}_suspects")
    return unescape(client.post(url, {"slug": slugs}, follow=True).content.decode())


def warning(client, thing):
    """Return what the editor is told after saving a thing under another name."""
    url = reverse(f"admin:{NAME[type(thing)]}_change", args=[thing.pk])
    return unescape(client.get(url).content.decode())


@pytest.mark.parametrize(
    ("make", "name", "twin"),
    [
        (make_tag, "snapshots", "Snapshot"),
        (make_person, "Moritz Wanzenboeck", "Moritz Wanzenböck"),
        (make_draft, "drbd reactor", "DRBD-Reactor"),
    ],
)
def test_name_that_looks_like_another_is_saved_with_a_warning(
    admin_client, admin_form, make, name, twin
):
    other = make(twin, slug="twin")
    thing = make("Quite different")
    assert admin_form(thing).send(name=name).status_code == 302
    text = warning(admin_client, thing)
    link = reverse(f"admin:{NAME[type(thing)]}_change", args=[other.pk])
    assert f'<a href="{link}">{twin}</a>' in text
    assert '<li class="warning">' in text
    thing.refresh_from_db()
    assert thing.name == name


def test_new_tag_that_is_another_name_of_one_is_warned_of(admin_client, admin_form):
    kubernetes = make_tag("Kubernetes", aliases="k8s")
    admin_form(Tag).send(name="K8s")
    assert "“k8s” is another name of “Kubernetes”." in warning(admin_client, kubernetes)


def test_alias_that_is_the_name_of_another_person_is_warned_of(admin_client, admin_form):
    make_person("Roland Kammerer")
    person = make_person("Rck")
    admin_form(person).add_row("aliases", name="Roland Kammerer").send()
    assert "is another name of “Rck”" in warning(admin_client, person)


def test_name_that_stays_is_not_warned_of_again(admin_client, admin_form):
    make_tag("Snapshot")
    tag = make_tag("Snapshots")
    admin_form(tag).send(description="Pictures of disks.")
    assert "It looks like" not in warning(admin_client, tag)


def test_name_that_was_told_apart_is_not_warned_of(admin_client, admin_form):
    make_tag("Snapshot")
    tag = make_tag("Snapshots")
    tell_apart(Tag, "snapshots", "snapshot", None)
    admin_form(tag).send(name="snapshots")
    assert "It looks like" not in warning(admin_client, tag)


def test_names_are_shown_as_text_in_the_warning(admin_client, admin_form):
    make_tag("Fire & Ice", slug="fire")
    tag = make_tag("Other")
    admin_form(tag).send(name="Fire&Ice")
    url = reverse("admin:projects_tag_change", args=[tag.pk])
    assert ">Fire &amp; Ice</a>" in admin_client.get(url).content.decode()


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (make_tag, ("Snapshot", "Snapshots")),
        (make_person, ("R. Kammerer", "Roland Kammerer")),
        (make_project, ("Virter", "virters")),
    ],
)
def test_suspects_are_listed_with_the_reason_and_links_to_both(admin_client, make, names):
    things = [make(name) for name in names]
    model = type(things[0])
    text = page_of(admin_client, model)
    assert "The same, " in text
    for thing in things:
        assert reverse(f"admin:{NAME[model]}_change", args=[thing.pk]) in text
    (pair,) = suspects(model)
    assert pair.url in text or model is Project
    assert admin_client.get(pair.url).status_code == 200


def test_list_without_suspects_says_so(admin_client):
    make_tag("Storage")
    assert "No two tags look alike." in page_of(admin_client, Tag)


@pytest.mark.parametrize("page", ["0", "2", "99", "-1", "x", "%00"])
def test_list_of_suspects_comes_in_pages(admin_client, page):
    for number in range(60):
        make_tag(f"Thing{number}a")
        make_tag(f"Thing{number}-a")
    assert "Page" in page_of(admin_client, Tag, f"?page={page}")


def test_what_is_not_the_same_is_not_listed_again(admin_client, admin_user):
    make_tag("Snapshot")
    make_tag("Snapshots")
    text = tell(admin_client, Tag, "snapshots", "snapshot")
    assert "are not suspected any more" in text
    assert suspects(Tag) == []
    decision = Distinct.objects.get()
    assert (decision.first, decision.second) == ("snapshot", "snapshots")
    assert decision.decided_by == admin_user
    tell(admin_client, Tag, "snapshot", "snapshots")
    assert Distinct.objects.count() == 1


def test_decision_that_is_deleted_lets_both_be_suspected_again(admin_client):
    make_tag("Snapshot")
    make_tag("Snapshots")
    tell(admin_client, Tag, "snapshots", "snapshot")
    url = reverse("admin:showcase_distinct_delete", args=[Distinct.objects.get().pk])
    admin_client.post(url, {"post": "yes"})
    assert len(suspects(Tag)) == 1


def test_decision_about_tags_is_none_about_people():
    make_tag("Snapshot")
    make_tag("Snapshots")
    tell_apart(Person, "snapshot", "snapshots", None)
    assert len(suspects(Tag)) == 1


@pytest.mark.parametrize(
    "slugs",
    [(), ("snapshot",), ("snapshot", "snapshot"), ("snapshot", "gone"), ("a\0", "snapshot")],
)
def test_decision_about_what_is_not_there_is_refused(admin_client, slugs):
    make_tag("Snapshot")
    assert "One of both is gone" in tell(admin_client, Tag, *slugs)
    assert not Distinct.objects.exists()


@pytest.mark.parametrize("pair", [("a", "b"), ("b", "a")])
def test_database_keeps_a_decision_once_in_either_order(pair):
    tell_apart(Tag, "a", "b", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Distinct.objects.create(model="projects.tag", first=pair[0], second=pair[1])


def test_list_of_a_kind_leads_to_its_suspects(admin_client):
    text = admin_client.get(reverse("admin:projects_tag_changelist")).content.decode()
    assert reverse("admin:projects_tag_suspects") in text


def test_colleague_who_may_only_look_sees_no_suspects(client, django_user_model):
    colleague = django_user_model.objects.create_user("colleague", is_staff=True)
    colleague.user_permissions.set(Permission.objects.filter(codename="view_tag"))
    client.force_login(colleague)
    text = client.get(reverse("admin:projects_tag_changelist")).content.decode()
    assert reverse("admin:projects_tag_suspects") not in text
    assert client.get(reverse("admin:projects_tag_suspects")).status_code == 403


@pytest.mark.parametrize("model", [Tag, Person, Project])
def test_number_of_questions_does_not_grow_with_the_suspects(model, django_assert_max_num_queries):
    make = {Tag: make_tag, Person: make_person, Project: make_project}[model]
    for number in range(5):
        make(f"Quite-a{number}name", slug=f"one-{number}")
        thing = make(f"quite a{number} name", slug=f"other-{number}")
        if model is Person:
            Alias.objects.create(person=thing, name=f"Also {number}")
    with django_assert_max_num_queries(3):
        assert len(suspects(model)) == 5
