"""Whatever was done in one act is taken back in one, but for what was changed since."""

from django.contrib.auth.models import Permission
from django.urls import reverse

import pytest
from reversion.models import Revision

from people.documents.document import document_of
from people.documents.revisions import FOUND, newest_revision, versions_of
from projects.models import Project, Tag
from tests.factories import make_draft, make_kind, make_person, make_project, make_tag

from .accounts import make_user
from .bulk import confirm, preview, text_of

pytestmark = pytest.mark.django_db

CHANGES = reverse("admin:reversion_revision_changelist")


@pytest.fixture
def entries():
    kind, tag = make_kind(), make_tag("Old")
    projects = [make_project("A"), make_project("B"), make_draft("C")]
    for project in projects:
        project.kind_items.create(kind=kind)
        project.tag_items.create(tag=tag)
    make_tag("Rust")
    return projects


@pytest.fixture
def retagged(admin_client, entries):
    """The revision that changed the tags of all entries."""
    confirm(admin_client, preview(admin_client, entries, "tags", add="rust", remove="old"))
    return newest_revision(entries[0])


@pytest.fixture
def colleague(client, django_user_model):
    user = django_user_model.objects.create_user("colleague", is_staff=True)
    names = ["view_project", "change_project", "view_revision"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def address(revision):
    return reverse("admin:reversion_revision_change", args=[revision.pk])


def undo(client, revision):
    url = reverse("admin:reversion_revision_undo", args=[revision.pk])
    return client.post(url, follow=True)


def documents(projects):
    return [document_of(Project.objects.get(pk=project.pk)) for project in projects]


def test_undo_brings_all_of_them_back(admin_client, entries):
    before = documents(entries)
    confirm(admin_client, preview(admin_client, entries, "tags", add="rust", remove="old"))
    assert documents(entries) != before
    text = text_of(undo(admin_client, newest_revision(entries[0])))
    assert "Took back: Tags: added “Rust”; removed “Old”." in text
    assert documents(entries) == before


@pytest.mark.parametrize(
    ("operation", "values"),
    [("withdraw", {"withdrawal_note": "So."}), ("publish", {}), ("submit", {})],
)
def test_undo_brings_the_state_back(admin_client, entries, operation, values):
    before = documents(entries)
    changed = preview(admin_client, entries, operation, **values).context["changing"]
    confirm(admin_client, preview(admin_client, entries, operation, **values))
    assert documents(entries) != before
    undo(admin_client, newest_revision(changed[0].project))
    assert documents(entries) == before


def test_undo_keeps_what_was_written_since(admin_client, admin_form, entries, retagged):
    form = admin_form(entries[0]).fill(need="Tests need machines.")
    form.add_row("tag_items", tag=make_tag("New").pk).send()
    undo(admin_client, retagged)
    entries[0].refresh_from_db()
    assert entries[0].need == "Tests need machines."
    assert {item.tag.name for item in entries[0].tag_items.all()} == {"Old", "New"}


def test_undo_names_what_was_changed_again_and_leaves_it(admin_client, admin_form, entries):
    values = {"status": "dormant", "status_as_of": "2024-05-01"}
    confirm(admin_client, preview(admin_client, entries, "status", **values))
    revision = newest_revision(entries[0])
    admin_form(entries[0]).send(status="discontinued")
    text = text_of(undo(admin_client, revision))
    assert "“A” (project, status) was changed since, and stays as it is." in text
    statuses = Project.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["discontinued", "active", "active"]


def test_undo_keeps_what_the_shell_wrote_since_in_the_history(admin_client, entries, retagged):
    Project.objects.filter(name="A").update(need="Written in the shell.")
    undo(admin_client, retagged)
    undone, found = versions_of(Project, entries[0].pk)[:2]
    assert undone.revision.comment.startswith("Took back")
    assert found.revision.comment == FOUND
    assert "Written in the shell." in found.serialized_data


def test_undo_leaves_deleted_ones_deleted(admin_client, entries, retagged):
    entries[0].delete()
    assert "“A” was deleted since, and stays so." in text_of(undo(admin_client, retagged))
    assert [item.tag.name for item in entries[1].tag_items.all()] == ["Old"]
    assert not Project.objects.filter(name="A").exists()


def test_undo_can_be_undone(admin_client, entries, retagged):
    undo(admin_client, retagged)
    undo(admin_client, newest_revision(entries[0]))
    assert [item.tag.name for item in entries[0].tag_items.all()] == ["Rust"]


def test_second_undo_finds_nothing_left(admin_client, entries, retagged):
    undo(admin_client, retagged)
    count = Revision.objects.count()
    assert "Nothing is left to take back." in text_of(undo(admin_client, retagged))
    assert Revision.objects.count() == count


def test_undo_that_would_break_a_rule_takes_nothing_back(admin_client, entries, retagged):
    Tag.objects.get(slug="old").delete()
    text = text_of(undo(admin_client, retagged))
    assert "Nothing was taken back." in text
    assert [item.tag.name for item in entries[1].tag_items.all()] == ["Rust"]


def test_change_of_one_thing_can_be_undone_too(admin_client, admin_form):
    person = make_person(bio="Writes *Go*.")
    admin_form(person).send(bio="Writes *Rust*.")
    undo(admin_client, newest_revision(person))
    person.refresh_from_db()
    assert person.bio == "Writes *Go*."


def test_first_state_of_a_thing_cannot_be_taken_back(admin_client, admin_form):
    admin_form(Tag).send(name="Storage", slug="storage")
    revision = newest_revision(Tag.objects.get())
    text = text_of(admin_client.get(address(revision)))
    assert "This is the first state that was kept." in text
    assert "There is nothing to take back" in text
    assert undo(admin_client, revision).status_code == 403


def test_changes_are_listed_with_who_and_why_and_how_many(admin_client, entries, retagged):
    text = text_of(admin_client.get(CHANGES))
    assert "Tags: added “Rust”; removed “Old”." in text
    assert '<td class="field-who">admin</td>' in text
    assert '<td class="field-things">3</td>' in text
    assert FOUND not in text


def test_page_of_a_change_tells_what_became_of_each(admin_client, entries, retagged):
    text = text_of(admin_client.get(address(retagged)))
    for project in entries:
        assert f">{project.name}</a> <small>project</small>" in text
    assert "“Rust” <small>added</small>" in text
    assert "“Old” <small>removed</small>" in text


def test_change_cannot_be_edited_or_deleted_or_invented(admin_client, retagged):
    for page in ("add", "delete"):
        args = [] if page == "add" else [retagged.pk]
        url = reverse(f"admin:reversion_revision_{page}", args=args)
        assert admin_client.get(url).status_code == 403
    url = reverse("admin:reversion_revision_undo", args=[retagged.pk])
    assert admin_client.get(url).status_code == 405
    assert admin_client.get(address(retagged).replace(str(retagged.pk), "99999")).status_code == 404


def test_who_may_change_the_things_takes_the_change_back(colleague, entries, retagged):
    assert "Undo all of it" in text_of(colleague.get(address(retagged)))
    undo(colleague, retagged)
    assert [item.tag.name for item in entries[0].tag_items.all()] == ["Old"]


def test_who_may_not_change_one_of_them_takes_nothing_back(
    colleague, entries, retagged, monkeypatch
):
    def only_drafts(self, request, obj=None):
        return obj is None or obj.state == "draft"

    monkeypatch.setattr("projects.admin.project.ProjectAdmin.has_change_permission", only_drafts)
    assert "You may not change “A”" in text_of(colleague.get(address(retagged)))
    assert undo(colleague, retagged).status_code == 403


def test_who_may_not_publish_cannot_publish_by_undoing(admin_client, colleague, entries):
    confirm(admin_client, preview(admin_client, entries, "withdraw", withdrawal_note="So."))
    revision = newest_revision(entries[0])
    assert "Only who may publish can take it back" in text_of(colleague.get(address(revision)))
    assert undo(colleague, revision).status_code == 403
    assert not Project.objects.published().exists()


def test_who_may_not_look_at_a_thing_reads_nothing_of_it(
    client, django_user_model, entries, retagged
):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_revision"))
    client.force_login(user)
    text = text_of(client.get(address(retagged)))
    assert "You may not look at this." in text
    assert "Rust” <small>" not in text


def test_drafts_of_others_are_not_read_in_changes(client, entries, retagged):
    user = make_user("ida", "contributor")
    user.user_permissions.set(Permission.objects.filter(codename="view_revision"))
    client.force_login(user)
    told = {it["title"]: it["may_see"] for it in client.get(address(retagged)).context["told"]}
    assert told == {"A": True, "B": True, "C": False}


def test_who_did_it_sees_it_without_seeing_all_changes(client, django_user_model, entries):
    user = django_user_model.objects.create_user("editor", is_staff=True)
    names = ["view_project", "change_project"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    text = text_of(confirm(client, preview(client, entries, "tags", add="rust")))
    assert "Undo all of it" in text
    assert client.get(CHANGES).status_code == 403
