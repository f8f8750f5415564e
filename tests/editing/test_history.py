"""Everything that is edited in the admin has a history, and a way back."""

from html import unescape

from django.urls import reverse

import pytest

from people.documents.document import document_of
from people.documents.revisions import versions_of
from projects.models import ChangelogEntry, Collection, Link, Project, Tag
from tests.factories import make_kind, make_person, make_project, make_tag

from .pages import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def virter():
    project = make_project("Virter", description="Starts machines.")
    project.tag_items.create(tag=make_tag("Storage"))
    project.kind_items.create(kind=make_kind())
    project.links.create(role="source", label="Source", url="https://example.org/virter")
    return project


def page(client, name, *arguments):
    response = client.get(reverse(f"admin:projects_project_{name}", args=arguments))
    assert response.status_code == 200
    return unescape(response.content.decode())


def newest(thing):
    return versions_of(type(thing), thing.pk)[0]


def bring_back(client, thing, version):
    kind = f"{thing._meta.app_label}_{thing._meta.model_name}"
    url = reverse(f"admin:{kind}_revision", args=[thing.pk, version.pk])
    response = decide(client, url)
    return client.get(response.headers["Location"]) if response.status_code == 302 else response


def test_first_change_also_keeps_what_was_there_before(admin_client, admin_form, virter):
    admin_form(virter).send(description="Starts virtual machines.", _reason="Say which machines.")
    text = page(admin_client, "history", virter.pk)
    assert "Say which machines." in text
    assert "As it was found." in text
    assert "admin" in text


def test_revision_shows_the_words_that_changed(admin_client, admin_form, virter):
    admin_form(virter).send(description="Starts virtual machines.")
    text = page(admin_client, "revision", virter.pk, newest(virter).pk)
    assert "Starts<ins> virtual</ins> machines." in " ".join(text.split())


def test_one_click_brings_back_texts_rows_and_tags(admin_client, admin_form, virter):
    before = document_of(virter)
    form = admin_form(virter).fill(description="Gone.")
    form.change_row("links", 0, DELETE="on").change_row("tag_items", 0, DELETE="on")
    form.add_row("links", role="home", label="Home", url="https://example.org/").send()
    assert document_of(virter) != before

    found = versions_of(Project, virter.pk).last()
    assert "is as it was on" in bring_back(admin_client, virter, found).content.decode()
    virter.refresh_from_db()
    assert virter.description == "Starts machines."
    assert [link.label for link in virter.links.all()] == ["Source"]
    assert [item.tag.name for item in virter.tag_items.all()] == ["Storage"]


def test_bringing_back_is_a_revision_itself(admin_client, admin_form, virter):
    admin_form(virter).send(description="Other.")
    bring_back(admin_client, virter, versions_of(Project, virter.pk).last())
    assert newest(virter).revision.comment.startswith("Brought back")
    assert versions_of(Project, virter.pk).count() == 3


def test_old_name_brought_back_moves_the_page_back(admin_client, admin_form, client, virter):
    admin_form(virter).send(slug="virter-two")
    bring_back(admin_client, virter, versions_of(Project, virter.pk).last())
    assert client.get("/projects/virter/").status_code == 200
    assert client.get("/projects/virter-two/").headers["Location"] == "/projects/virter/"


def test_deleted_entry_comes_back_with_everything(admin_client, virter):
    before = document_of(virter)
    admin_client.post(reverse("admin:projects_project_delete", args=[virter.pk]), {"post": "yes"})
    assert not Project.objects.exists()
    text = page(admin_client, "deleted")
    version = versions_of(Project, virter.pk)[0]
    url = reverse("admin:projects_project_restore", args=[version.pk])
    assert url in text
    assert "Starts machines." in admin_client.get(url).content.decode()
    admin_client.post(url)
    assert document_of(Project.objects.get()) == before


def test_entry_whose_tag_is_gone_says_what_stands_in_the_way(admin_client, admin_form, virter):
    admin_form(virter).send(description="Other.")
    Tag.objects.all().delete()
    found = versions_of(Project, virter.pk).last()
    text = unescape(bring_back(admin_client, virter, found).content.decode())
    assert "Tag of a project" in text
    assert "is gone" in text
    virter.refresh_from_db()
    assert virter.description == "Other."


def test_change_of_a_link_alone_is_in_the_history_of_its_entry(admin_client, admin_form, virter):
    admin_form(Link.objects.get()).send(label="Source code")
    text = page(admin_client, "revision", virter.pk, newest(virter).pk)
    assert "Source<ins> code</ins>" in text


def test_deleted_link_is_in_the_history_of_its_entry(admin_client, virter):
    url = reverse("admin:projects_link_delete", args=[Link.objects.get().pk])
    admin_client.post(url, {"post": "yes"})
    text = page(admin_client, "revision", virter.pk, newest(virter).pk)
    assert "Link “Source” <small>removed" in text


@pytest.mark.parametrize("make", [make_person, make_tag])
def test_people_and_tags_have_a_history_too(admin_client, admin_form, make):
    thing = make("Before")
    admin_form(thing).send(name="After")
    bring_back(admin_client, thing, versions_of(type(thing), thing.pk).last())
    thing.refresh_from_db()
    assert thing.name == "Before"


def test_field_that_was_added_since_keeps_its_value(admin_client, admin_form, virter):
    admin_form(virter).send(description="Other.")
    version = versions_of(Project, virter.pk).last()
    version.serialized_data = version.serialized_data.replace('"credits_note": "", ', "")
    assert "credits_note" not in version.serialized_data
    version.save()
    Project.objects.update(credits_note="By many.")
    bring_back(admin_client, virter, version)
    virter.refresh_from_db()
    assert (virter.description, virter.credits_note) == ("Starts machines.", "By many.")


def test_deleted_tag_comes_back_to_its_entries(admin_client, admin_form, virter):
    tag = Tag.objects.get()
    admin_client.post(reverse("admin:projects_tag_delete", args=[tag.pk]), {"post": "yes"})
    assert not virter.tag_items.exists()
    text = page(admin_client, "revision", virter.pk, newest(virter).pk)
    assert "Deleted tag “Storage”" in text
    admin_form(virter).send(need="Written since.")
    version = versions_of(Tag, tag.pk)[0]
    admin_client.post(reverse("admin:projects_tag_restore", args=[version.pk]))
    virter.refresh_from_db()
    assert [item.tag.name for item in virter.tag_items.all()] == ["Storage"]
    assert virter.need == "Written since."


def test_deleted_entry_comes_back_to_its_collections_and_to_the_changelog(admin_client, virter):
    collection = Collection.objects.create(name="Tools", slug="tools", tagline="All of them.")
    collection.items.create(project=virter)
    entry = ChangelogEntry.objects.create(date="2024-01-01", kind="added", title="New", text="It.")
    entry.projects.add(virter)
    url = reverse("admin:projects_project_delete", args=[virter.pk])
    admin_client.post(url, {"post": "yes"})
    assert not collection.items.exists()
    version = versions_of(Project, virter.pk)[0]
    admin_client.post(reverse("admin:projects_project_restore", args=[version.pk]))
    assert [item.project for item in collection.items.all()] == [virter]
    assert list(entry.projects.all()) == [virter]
