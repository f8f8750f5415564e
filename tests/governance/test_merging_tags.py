"""Tags that mean the same become one, and two again when that was wrong."""

from html import unescape

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

import pytest

from people.documents.document import document_of
from people.documents.revisions import versions_of
from projects.models import Project, Tag
from showcase.governance.models import Merger
from showcase.models import Redirect
from tests.factories import make_draft, make_project, make_tag

from .conftest import merge_url, with_kind

pytestmark = pytest.mark.django_db


def carry(project, *tags):
    with_kind(project)
    for tag in tags:
        project.tag_items.create(tag=tag)
    return project


def tags_of(project):
    return [item.tag.name for item in project.tag_items.all()]


def shown(client, url):
    response = client.get(url, follow=True)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def storage():
    return make_tag("Storage", description="Where bytes rest.", aliases="Volumes")


@pytest.fixture
def disks():
    return make_tag("Disks", description="Spinning.", aliases="HDD\nvolumes")


def test_entries_carry_the_tag_that_stays(merge, storage, disks):
    projects = [carry(make_project(f"Number {number}"), disks) for number in range(3)]
    merge(storage, disks)
    assert [tags_of(project) for project in projects] == [["Storage"]] * 3
    assert not Tag.objects.filter(name="Disks").exists()


def test_entry_that_carried_both_carries_it_once(merge, storage, disks):
    project = carry(make_project(), storage, disks)
    merge(storage, disks)
    assert tags_of(project) == ["Storage"]


def test_tag_that_nothing_carries_is_merged_too(merge, storage, disks):
    merge(storage, disks)
    assert list(Tag.objects.all()) == [storage]


def test_names_and_aliases_become_aliases_once_each_in_any_case(merge, storage, disks):
    merge(storage, disks, make_tag("hdds", aliases="STORAGE\nhdd"))
    storage.refresh_from_db()
    assert storage.aliases.splitlines() == ["Volumes", "Disks", "HDD", "hdds"]


def test_description_of_the_one_that_stays_is_kept(merge, storage, disks):
    merge(storage, disks)
    storage.refresh_from_db()
    assert storage.description == "Where bytes rest."


def test_missing_description_comes_from_the_other(merge, disks):
    plain = make_tag("Plain")
    merge(plain, disks)
    plain.refresh_from_db()
    assert plain.description == "Spinning."


def test_old_address_and_those_before_it_lead_to_the_one_that_stays(client, merge, storage, disks):
    carry(make_project(), disks)
    disks.slug = "hard-disks"
    disks.save()
    merge(storage, disks)
    assert client.get("/tags/hard-disks/")["Location"] == "/tags/storage/"
    assert client.get("/tags/disks/")["Location"] == "/tags/storage/"
    assert client.get("/tags/hard-disks/feed.atom")["Location"] == "/tags/storage/feed.atom"
    assert client.get("/de/tags/disks/")["Location"] == "/de/tags/storage/"


def test_pages_and_search_are_right_afterwards(client, merge, storage, disks):
    carry(make_project("Virter"), disks)
    merge(storage, disks)
    assert "Virter" in shown(client, "/tags/storage/")
    assert "Virter" in shown(client, "/projects/?tag=storage")
    assert "Virter" in shown(client, "/projects/?q=disks")
    assert "Virter" not in shown(client, "/projects/?tag=disks")


def test_tag_of_drafts_alone_leaves_no_trace_at_its_address(client, merge, storage, disks):
    carry(make_project(), storage)
    carry(make_draft(), disks)
    unknown = client.get("/tags/disks/")
    merge(storage, disks)
    after = client.get("/tags/disks/")
    assert (after.status_code, after.content) == (404, unknown.content)
    assert not Redirect.objects.exists()
    assert "Secret" not in shown(client, "/tags/storage/")


def test_preview_says_what_would_happen_and_does_nothing(admin_client, storage, disks):
    carry(make_project("Virter"), disks)
    carry(make_draft("Secret"), make_tag("Hidden"))
    hidden = Tag.objects.get(name="Hidden")
    before = [document_of(thing) for thing in (storage, disks, *Project.objects.all())]
    text = shown(admin_client, merge_url(storage, disks, hidden, into=storage.pk))
    assert "“Disks”, “Hidden” would become part of “Storage”" in text
    assert "Disks HDD Hidden" in text
    assert "<li>Virter</li>" in text
    assert "/tags/disks/ leads to /tags/storage/" in text
    assert "Visitors know nothing of “Hidden” until now" in text
    assert before == [document_of(thing) for thing in (storage, disks, *Project.objects.all())]
    assert not Merger.objects.exists()


def test_merge_is_one_revision_with_who_and_why(admin_user, merge, storage, disks):
    projects = [carry(make_project(name), disks) for name in ("One", "Other")]
    merger = merge(storage, disks)
    for thing in (storage, *projects):
        newest = versions_of(type(thing), thing.pk)[0].revision
        assert newest == merger.revision
        assert newest.user == admin_user
        assert newest.comment == "Merged “Disks” into “Storage”."


def test_merge_is_logged_for_both(merge, storage, disks):
    merge(storage, disks)
    logged = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert list(logged) == [
        ("Storage", "Merged “Disks” into “Storage”."),
        ("Disks", "Merged into “Storage”."),
    ]


# Taking it back


def everything():
    things = [*Tag.objects.order_by("pk"), *Project.objects.order_by("pk")]
    return [*map(document_of, things), list(Redirect.objects.values_list("old_path", "new_path"))]


def test_merge_that_is_taken_back_leaves_all_as_it_was(client, merge, take_back, storage, disks):
    carry(make_project("Both"), storage, disks)
    carry(make_project("One"), disks)
    carry(make_draft("Draft"), disks)
    Redirect.objects.create(old_path="/tags/older/", new_path="/tags/disks/")
    before = everything()
    merger = merge(storage, disks)
    assert "back, as before the merge" in take_back(merger)
    assert everything() == before
    assert "One" in shown(client, "/tags/disks/")
    assert client.get("/tags/older/")["Location"] == "/tags/disks/"
    assert "One" not in shown(client, "/projects/?tag=storage")


def test_what_was_written_since_stays(merge, take_back, storage, disks):
    old = carry(make_project("Old"), disks)
    merger = merge(storage, disks)
    new = carry(make_project("New"), storage)
    storage.refresh_from_db()
    storage.description = "Where bytes sleep."
    storage.save()
    old.refresh_from_db()
    old.tagline = "Rewritten."
    old.save()
    take_back(merger)
    storage.refresh_from_db()
    old.refresh_from_db()
    assert (storage.description, storage.aliases) == ("Where bytes sleep.", "Volumes")
    assert (old.tagline, tags_of(old), tags_of(new)) == ("Rewritten.", ["Disks"], ["Storage"])


def test_aliases_that_were_changed_since_stay_and_are_told_of(merge, take_back, storage, disks):
    merger = merge(storage, disks)
    Tag.objects.update(aliases="Mine")
    assert "The aliases of a tag was changed since" in take_back(merger)
    storage.refresh_from_db()
    assert storage.aliases == "Mine"
    assert Tag.objects.filter(name="Disks").exists()


def test_entry_and_tag_that_were_deleted_since_stay_deleted(merge, take_back, storage, disks):
    gone, left = (carry(make_project(name), storage, disks) for name in ("Gone", "Left"))
    other = carry(make_project("Other"), disks)
    merger = merge(storage, disks)
    gone.delete()
    other.tag_items.all().delete()
    take_back(merger)
    assert set(Project.objects.all()) == {left, other}
    assert (tags_of(left), tags_of(other)) == (["Disks", "Storage"], [])


def test_tag_that_stayed_and_was_deleted_since_stays_deleted(merge, take_back, storage, disks):
    project = carry(make_project(), disks)
    merger = merge(storage, disks)
    Tag.objects.all().delete()
    take_back(merger)
    assert [tag.name for tag in Tag.objects.all()] == ["Disks"]
    assert tags_of(project) == []


def test_merge_into_what_was_merged_itself_is_taken_back_in_turn(merge, take_back, storage, disks):
    project = carry(make_project(), disks)
    before = everything()
    first = merge(storage, disks)
    storage.refresh_from_db()
    second = merge(make_tag("Bytes"), storage)
    take_back(second)
    take_back(first)
    Tag.objects.filter(name="Bytes").delete()
    assert everything() == before
    assert tags_of(project) == ["Disks"]


def test_name_that_was_taken_since_stands_in_the_way(merge, take_back, storage, disks):
    project = carry(make_project(), disks)
    merger = merge(storage, disks)
    make_tag("Disks", slug="new-disks")
    text = unescape(take_back(merger))
    assert "Nothing was taken back. Tag “Disks”" in text
    assert tags_of(project) == ["Storage"]
    merger.refresh_from_db()
    assert merger.undone_at is None


def test_merge_is_taken_back_once(admin_client, merge, take_back, storage, disks):
    merger = merge(storage, disks)
    take_back(merger)
    Tag.objects.filter(name="Disks").delete()
    assert "was taken back already" in take_back(merger)
    assert not Tag.objects.filter(name="Disks").exists()
    assert "Take it back" not in take_back(merger)


def test_merges_are_listed_with_the_way_back(admin_client, merge, storage, disks):
    merger = merge(storage, disks)
    assert f"{merger}" in shown(admin_client, reverse("admin:showcase_merger_changelist"))
    text = shown(admin_client, reverse("admin:showcase_merger_change", args=[merger.pk]))
    assert "Take it back" in text


@pytest.mark.parametrize("number", ["0", "x", "99999999999999999999"])
def test_merge_that_never_was_is_not_found(admin_client, number):
    url = reverse("admin:showcase_merger_change", args=[number])
    assert (admin_client.get(url).status_code, admin_client.post(url).status_code) == (404, 404)


# The way there


def test_action_on_the_list_asks_which_one_stays(admin_client, storage, disks):
    sent = {"action": "merge_selected", "_selected_action": [storage.pk, disks.pk]}
    response = admin_client.post(reverse("admin:projects_tag_changelist"), sent, follow=True)
    text = response.content.decode()
    assert "Which one stays?" in text
    for tag in (storage, disks):
        assert f'name="into" value="{tag.pk}"' in text


def test_form_of_a_tag_leads_to_what_looks_alike_and_to_a_search(admin_client, storage, disks):
    twin = make_tag("Storages")
    form = shown(admin_client, reverse("admin:projects_tag_change", args=[storage.pk]))
    assert merge_url(storage) in form
    text = shown(admin_client, merge_url(storage))
    assert f"of={twin.pk}" in text
    other = make_tag("Other")
    assert f"of={other.pk}" not in text
    assert f"of={other.pk}" in shown(admin_client, merge_url(storage, q="othe"))
    assert "Nothing else is found by “zzz”." in shown(admin_client, merge_url(storage, q="zzz"))


@pytest.mark.parametrize("query", ["", "?of=0", "?of=x&of=%00", "?of=99999999999999999999", "?q=a"])
def test_address_that_names_nothing_leads_back_to_the_list(admin_client, storage, query):
    url = reverse("admin:projects_tag_merge")
    assert "Choose up to 20 tags." in shown(admin_client, url + query)


def test_too_many_at_once_are_refused(admin_client):
    tags = [make_tag(f"Tag {number}") for number in range(21)]
    assert "Choose up to 20 tags." in shown(admin_client, merge_url(*tags))


def test_more_entries_than_anybody_waits_for_are_refused(admin_client, monkeypatch, storage, disks):
    monkeypatch.setattr("showcase.governance.merging.TOUCHED_MAX", 1)
    projects = [carry(make_project(name), disks) for name in ("One", "Other")]
    url = merge_url(storage, disks, into=storage.pk)
    for response in (admin_client.get(url, follow=True), admin_client.post(url, follow=True)):
        text = unescape(response.content.decode())
        assert "Nothing was merged. 2 entries speak of “Disks”" in text
    assert [tags_of(project) for project in projects] == [["Disks"], ["Disks"]]


@pytest.mark.parametrize("into", ["x", "0", ""])
def test_one_that_stays_has_to_be_among_them(admin_client, storage, disks, into):
    assert "Which one stays?" in shown(admin_client, merge_url(storage, disks, into=into))
    admin_client.post(merge_url(storage, disks, into=into))
    assert Tag.objects.count() == 2


def test_names_that_fit_nowhere_are_refused_and_nothing_is_written(admin_client, storage):
    project = carry(make_project(), long := make_tag("Long", aliases="x" * 3_990))
    url = merge_url(storage, long, into=storage.pk)
    response = admin_client.post(url, follow=True)
    text = unescape(response.content.decode())
    assert "Nothing was merged. Tag “Storage”, aliases: " in text
    assert "Nothing was merged." in shown(admin_client, url)
    assert tags_of(project) == ["Long"]


def test_broken_entry_is_no_reason_not_to_merge(merge, storage, disks):
    project = carry(make_project(licence="no licence at all"), disks)
    merge(storage, disks)
    assert tags_of(project) == ["Storage"]


@pytest.mark.parametrize(
    "missing", ["change_tag", "delete_tag"], ids=["without change", "without delete"]
)
def test_merging_takes_both_permissions(client, django_user_model, merge, storage, disks, missing):
    merger = merge(make_tag("Kept"), make_tag("Gone"))
    colleague = django_user_model.objects.create_user("colleague", is_staff=True)
    codenames = {"view_tag", "change_tag", "delete_tag", "view_merger"} - {missing}
    colleague.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(colleague)
    url = merge_url(storage, disks, into=storage.pk)
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)
    assert client.get(merge_url(storage)).status_code == 403
    make_tag("Storages")
    assert ">Merge</a>" not in client.get(reverse("admin:projects_tag_suspects")).text
    Tag.objects.filter(name="Storages").delete()
    assert "merge_selected" not in shown(client, reverse("admin:projects_tag_changelist"))
    merger_url = reverse("admin:showcase_merger_change", args=[merger.pk])
    assert "Take it back" not in shown(client, merger_url)
    assert client.post(merger_url).status_code == 403
    assert Tag.objects.count() == 3
