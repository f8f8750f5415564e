"""Many entries are changed at once: first seen, then done, and only as it was seen."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from people.documents.differences import differences
from people.documents.document import document_of
from people.documents.revisions import versions_of
from projects.admin.bulk import pages
from projects.models import Project, Tag
from tests.catalogue import relate
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_draft,
    make_kind,
    make_person,
    make_product,
    make_project,
    make_tag,
)

from .bulk import CHANGELIST, TOGETHER, choose, confirm, hidden, preview, text_of

pytestmark = pytest.mark.django_db

OPERATIONS = {
    "tags": {"add": "Storage, rust", "remove": "old"},
    "product": {"verb": "part-of", "product": "drbd"},
    "product only": {"verb": "made-for", "product": "drbd", "is_only": "on"},
    "status": {"status": "dormant", "status_as_of": "2024-05-01", "status_note": "Nobody asked."},
    "publish": {"moment": "2024-06-01T08:30"},
    "publish now": {},
    "submit": {},
    "withdraw": {"withdrawal_note": "Its makers asked for it."},
    "reassign": {"before": "Roland Kammerer", "after": "lars"},
}


@pytest.fixture
def entries():
    """Two drafts and two published entries, which have of everything."""
    people = [make_person(), make_person("Lars")]
    linstor, _ = make_product(), make_product("DRBD")
    tags = [make_tag("Old"), make_tag("Storage"), make_tag("Rust")]
    kind = make_kind()
    names = {"A": make_draft, "B": make_draft, "C": make_project, "D": make_project}
    projects = [make(name) for name, make in names.items()]
    for project in projects:
        project.kind_items.create(kind=kind)
        project.tag_items.create(tag=tags[0])
        project.credits.create(person=people[0])
        relate(project, "spun-out-of", linstor)
    return projects


@pytest.fixture
def colleague(client, django_user_model):
    """Log in with some permissions."""

    def log_in(*codenames):
        user = django_user_model.objects.create_user("colleague", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return log_in


def test_without_a_choice_nothing_begins(admin_client):
    make_project()
    assert "Items must be selected" in text_of(choose(admin_client))
    response = admin_client.post(TOGETHER, {"entries": "forged", "operation": "submit"})
    assert response.headers["Location"] == CHANGELIST
    assert admin_client.get(TOGETHER, follow=True).status_code == 200


def test_too_many_are_refused_with_the_number(admin_client, entries, monkeypatch):
    monkeypatch.setattr(pages, "ENTRIES_MAX", 3)
    text = text_of(choose(admin_client, *entries))
    assert "At most 3 entries are changed at once" in text
    assert "Change entries together" in text_of(choose(admin_client, *entries[:3]))


@pytest.mark.parametrize("case", OPERATIONS)
def test_result_is_what_the_preview_showed(admin_client, entries, case):
    page = preview(admin_client, entries, case.split()[0], **OPERATIONS[case])
    steps = page.context["changing"]
    assert steps
    before = {project.pk: document_of(project) for project in entries}
    confirm(admin_client, page)
    for step in steps:
        now = document_of(Project.objects.get(pk=step.project.pk))
        assert differences(step.after, now) == []
        assert differences(before.pop(step.project.pk), now) != []
    for number, document in before.items():
        assert document_of(Project.objects.get(pk=number)) == document


@pytest.mark.parametrize("case", OPERATIONS)
def test_preview_changes_nothing(admin_client, entries, case):
    before = [document_of(project) for project in entries]
    preview(admin_client, entries, case.split()[0], **OPERATIONS[case])
    fresh = Project.objects.order_by("pk")
    assert [document_of(project) for project in fresh] == before
    assert not versions_of(Project, entries[0].pk).exists()


def test_before_and_after_stand_side_by_side(admin_client, entries):
    values = OPERATIONS["status"]
    text = text_of(preview(admin_client, entries[:1], "status", **values))
    assert "Status: dormant as of 2024-05-01." in text
    row = '<th scope="row">A</th> <td>Status</td> <td class="change__text">active</td>'
    assert f'{row} <td class="change__text">dormant</td>' in text
    assert "Change 1 entry" in text


def test_tags_go_and_come(admin_client, entries):
    confirm(admin_client, preview(admin_client, entries, "tags", **OPERATIONS["tags"]))
    for project in entries:
        assert {item.tag.name for item in project.tag_items.all()} == {"Storage", "Rust"}


def test_entries_that_have_it_already_are_left_alone(admin_client, entries):
    entries[0].tag_items.create(tag=Tag.objects.get(slug="rust"))
    page = preview(admin_client, entries, "tags", add="rust")
    assert [step.project for step in page.context["same"]] == entries[:1]
    assert "Nothing to change: 1" in text_of(page)


def test_product_is_added_to_those_an_entry_came_from(admin_client, entries):
    text = text_of(page := preview(admin_client, entries[:1], "product", **OPERATIONS["product"]))
    assert "part of" in text
    assert "DRBD" in text
    confirm(admin_client, page)
    assert {str(relation) for relation in entries[0].relations_from.all()} == {
        "A spun out of LINSTOR",
        "A part of DRBD",
    }


def test_product_can_take_the_place_of_the_others(admin_client, entries):
    values = OPERATIONS["product only"]
    confirm(admin_client, preview(admin_client, entries[:1], "product", **values))
    assert [str(it) for it in entries[0].relations_from.all()] == ["A made for DRBD"]


def test_same_product_in_another_word_keeps_its_story(admin_client, entries):
    page = preview(admin_client, entries[:1], "product", verb="part-of", product="linstor")
    confirm(admin_client, page)
    (relation,) = entries[0].relations_from.all()
    assert (str(relation), relation.story) == ("A part of LINSTOR", "*So* it went.")


def test_only_drafts_are_submitted(admin_client, entries):
    page = preview(admin_client, entries, "submit")
    assert "Left out: 2" in text_of(page)
    assert "Only a draft is submitted; this is published." in text_of(page)
    confirm(admin_client, page)
    states = Project.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["in-review", "in-review", "published", "published"]


def test_published_now_is_public_at_once(admin_client, client, entries):
    confirm(admin_client, preview(admin_client, entries, "publish"))
    assert Project.objects.published().count() == 4
    assert Project.objects.get(name="C").published_at == A_MOMENT


def test_published_later_is_not_public_yet(admin_client, entries):
    page = preview(admin_client, entries[:1], "publish", moment="2999-01-01T08:00")
    confirm(admin_client, page)
    entries[0].refresh_from_db()
    assert entries[0].published_at == datetime(2999, 1, 1, 8, tzinfo=UTC)
    assert not Project.objects.published().filter(name="A").exists()


def test_entry_without_a_kind_is_named_and_left_out(admin_client, entries):
    entries[0].kind_items.all().delete()
    page = preview(admin_client, entries[:2], "publish")
    assert Project.NEEDS_KIND in text_of(page)
    assert [step.project.name for step in page.context["refused"]] == ["A"]
    confirm(admin_client, page)
    assert list(Project.objects.filter(state="draft")) == entries[:1]


def test_status_before_the_first_release_is_left_out(admin_client, entries):
    Project.objects.filter(name="A").update(first_released_on=A_DAY)
    page = preview(admin_client, entries, "status", status="active", status_as_of="2023-01-01")
    assert "The first release cannot be later than the status." in text_of(page)
    assert len(page.context["changing"]) == 3


def test_withdrawn_entries_tell_visitors_why(admin_client, client, entries):
    confirm(admin_client, preview(admin_client, entries, "withdraw", **OPERATIONS["withdraw"]))
    response = client.get("/projects/c/")
    assert response.status_code == 410
    assert "Its makers asked for it." in text_of(response)
    assert Project.objects.filter(state="draft").count() == 2


def test_person_who_has_the_role_already_is_left_out(admin_client, entries):
    entries[0].credits.create(person=make_person("Lars 2"))
    page = preview(admin_client, entries, "reassign", before="Lars 2", after="Roland Kammerer")
    assert "This person already has this role here." in text_of(page)
    assert page.context["changing"] == []
    assert "plan" not in page.context or 'name="plan"' not in page.content.decode()


@pytest.mark.parametrize(
    ("operation", "values", "sentence"),
    {
        "nothing": ("tags", {}, "Name at least one tag to add or to remove."),
        "unknown": ("tags", {"add": "rusty"}, "There is no tag “rusty”"),
        "both": ("tags", {"add": "rust", "remove": "Rust"}, "“Rust” cannot be both"),
        "NUL": ("tags", {"add": "a\0b"}, "Null characters are not allowed."),
        "future": (
            "status",
            {"status": "active", "status_as_of": "2999-01-01"},
            "2999-01-01 is still to come.",
        ),
        "no day": ("status", {"status": "active", "status_as_of": "soon"}, "Enter a valid date."),
        "no moment": ("publish", {"moment": "soon"}, "Enter a valid date/time."),
        "no note": ("withdraw", {}, "This field is required."),
        "no product": ("product", {"verb": "part-of", "product": "x"}, "Select a valid choice."),
        "itself": (
            "reassign",
            {"before": "Lars", "after": "lars"},
            "These are the same person: name two.",
        ),
        "two of a name": (
            "reassign",
            {"before": "Twin", "after": "lars"},
            "More than one person is called “Twin”: write “twin-a” or “twin-b”.",
        ),
    }.values(),
)
def test_nonsense_is_refused_in_a_sentence(admin_client, entries, operation, values, sentence):
    for slug in ("twin-a", "twin-b"):
        make_person("Twin", slug=slug)
    assert sentence in text_of(preview(admin_client, entries, operation, **values))


def test_entry_changed_since_the_preview_stops_everything(admin_client, entries):
    page = preview(admin_client, entries, "tags", add="rust")
    Project.objects.filter(name="B").update(tagline="Other.")
    text = text_of(confirm(admin_client, page))
    assert "Nothing was changed, because these are not as you saw them: “B”." in text
    assert not Project.objects.filter(tag_items__tag__slug="rust").exists()
    assert "Change 4 entries" in text


def test_entry_deleted_since_the_preview_stops_everything(admin_client, entries):
    page = preview(admin_client, entries, "tags", add="rust")
    entries[3].delete()
    assert "1 that are gone" in text_of(confirm(admin_client, page))
    assert not Project.objects.filter(tag_items__tag__slug="rust").exists()


def test_tag_deleted_since_the_preview_is_missed(admin_client, entries):
    page = preview(admin_client, entries, "tags", add="rust")
    Tag.objects.get(slug="rust").delete()
    answer = confirm(admin_client, page)
    assert "There is no tag “rust”" in text_of(answer)
    # The form that comes back can be sent again.
    assert len(hidden(answer, "entries")) > 0
    assert 'name="tags-add" value="rust"' in text_of(answer)


def test_plan_that_somebody_forged_changes_nothing(admin_client, entries):
    page = preview(admin_client, entries, "tags", add="rust")
    response = admin_client.post(TOGETHER, {"plan": hidden(page, "plan")[:-1]}, follow=True)
    assert "choose entries in the list first" in text_of(response)
    assert not Project.objects.filter(tag_items__tag__slug="rust").exists()


def test_one_revision_says_what_was_done(admin_client, entries):
    text = text_of(confirm(admin_client, preview(admin_client, entries, "tags", add="rust")))
    assert "Changed: 4." in text
    assert "Undo all of it" in text
    newest = {versions_of(Project, project.pk)[0].revision for project in entries}
    (revision,) = newest
    assert revision.comment == "Tags: added “Rust”."
    assert revision.user.username == "admin"


def test_who_may_only_look_is_offered_nothing(colleague, entries):
    client = colleague("view_project")
    assert "change_together" not in text_of(client.get(CHANGELIST))
    assert client.post(TOGETHER).status_code == 403


def test_who_may_not_publish_neither_publishes_nor_withdraws(colleague, entries):
    client = colleague("view_project", "change_project")
    page = choose(client, *entries)
    assert [form.name for form in page.context["forms"]] == [
        "tags",
        "product",
        "status",
        "submit",
        "reassign",
    ]
    for operation in ("publish", "withdraw"):
        assert preview(client, entries, operation).status_code == 403


def test_plan_of_somebody_else_needs_the_permission_too(admin_client, colleague, entries):
    page = preview(admin_client, entries, "publish")
    client = colleague("view_project", "change_project")
    assert client.post(TOGETHER, {"plan": hidden(page, "plan")}).status_code == 403


def test_entries_that_a_user_may_not_change_are_left_out(admin_client, entries, monkeypatch):
    def only_drafts(self, request, obj=None):
        return obj is None or obj.state == "draft"

    monkeypatch.setattr("projects.admin.project.ProjectAdmin.has_change_permission", only_drafts)
    page = preview(admin_client, entries, "tags", add="rust")
    assert [step.project.name for step in page.context["refused"]] == ["C", "D"]
    assert "You may not change this entry." in text_of(page)


def test_more_rows_of_an_entry_need_no_more_queries(admin_client, entries):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            preview(admin_client, entries, "status", **OPERATIONS["status"])
        return len(captured)

    queries()
    few = queries()
    for number in range(5):
        entries[0].releases.create(version=f"v{number}", date=date(2024, 1, 2))
        entries[0].tag_items.create(tag=make_tag(f"Tag {number}"))
    assert queries() == few
