"""Who may do what, action by action."""

from django.urls import reverse

import pytest

from people.documents.document import document_of
from people.documents.revisions import keep, revision, versions_of
from projects.models import Project, WorkingCopy
from tests.admin.forms import AdminForm
from tests.factories import make_draft, make_kind, make_person, make_project

from .accounts import make_user, signed_in
from .pages import change_url, decide

pytestmark = pytest.mark.django_db
GROUPS = ["contributor", "editor", "publisher", "administrator"]
FROM_EDITOR, FROM_PUBLISHER = GROUPS[1:], GROUPS[2:]


@pytest.fixture
def published():
    project = make_project("Virter")
    project.kind_items.create(kind=make_kind())
    return project


@pytest.fixture(params=GROUPS)
def group(request):
    return request.param


@pytest.fixture
def user(group):
    return make_user("ida", group)


@pytest.fixture
def client(user):
    return signed_in(user)


def test_every_group_writes_drafts_and_goes_on_with_them(client, user):
    form = AdminForm(client, reverse("admin:projects_project_add"))
    form.add_row("links", role="source", label="Source", url="https://example.org/")
    form.send(name="New", slug="new", tagline="New.", status="active", status_as_of="2024-01-01")
    draft = Project.objects.get()
    assert (draft.owner, draft.state, draft.links.count()) == (user, "draft", 1)
    AdminForm(client, change_url(draft)).send(tagline="Newer.", state="in-review")
    draft.refresh_from_db()
    assert (draft.tagline, draft.state) == ("Newer.", "in-review")


def test_drafts_of_others_are_for_editors(client, group):
    draft = make_draft("Secret", owner=make_user("otto"))
    is_shown = client.get(change_url(draft)).status_code == 200
    is_listed = "Secret" in client.get(reverse("admin:projects_project_changelist")).text
    assert (is_shown, is_listed) == (group in FROM_EDITOR, group in FROM_EDITOR)


def test_only_publishers_publish(client, group):
    draft = make_draft("Secret", owner=make_user("otto"))
    draft.kind_items.create(kind=make_kind())
    if group not in FROM_EDITOR:
        return
    form = AdminForm(client, change_url(draft))
    form.send(state="published", published_at_0="2024-01-01", published_at_1="09:00")
    draft.refresh_from_db()
    assert (draft.state == "published") == (group in FROM_PUBLISHER)


def test_only_publishers_withdraw(client, group, published):
    if group in FROM_EDITOR:
        AdminForm(client, change_url(published)).send(state="withdrawn")
    published.refresh_from_db()
    assert (published.state == "withdrawn") == (group in FROM_PUBLISHER)


def test_only_editors_change_what_is_public_at_once(client, group, published):
    response = client.get(change_url(published))
    assert response.status_code == (200 if group in FROM_EDITOR else 302)
    client.post(change_url(published), {"name": "Other"})
    published.refresh_from_db()
    assert published.name == "Virter"


def test_own_draft_that_was_published_is_public_like_any_other(user, client, group, published):
    Project.objects.update(owner=user)
    assert client.get(change_url(published)).status_code == (200 if group in FROM_EDITOR else 302)


def test_only_editors_decide_on_working_copies(client, group, published):
    document = document_of(published).records()
    copy = WorkingCopy.objects.create(
        project=published, base=document, content=document, state="in-review"
    )
    url = reverse("admin:projects_workingcopy_change", args=[copy.pk])
    assert client.get(url).status_code == (200 if group in FROM_EDITOR else 404)
    response = decide(client, url, _decline="1")
    assert response.status_code == (302 if group in FROM_EDITOR else 404)


def test_only_publishers_delete(client, group, published):
    url = reverse("admin:projects_project_delete", args=[published.pk])
    client.post(url, {"post": "yes"})
    assert Project.objects.exists() == (group not in FROM_PUBLISHER)


def test_only_administrators_touch_accounts(client, group):
    is_administrator = group == "administrator"
    for name in ("auth_user", "auth_group"):
        url = reverse(f"admin:{name}_changelist")
        assert client.get(url).status_code == (200 if is_administrator else 403)
    page = client.get(change_url(make_person("Somebody"))).text
    assert ('name="user"' in page) == is_administrator


def test_account_in_no_group_sees_nothing_of_others(published):
    stranger = signed_in(make_user("stranger"))
    assert stranger.get(change_url(published)).status_code == 403
    assert stranger.get(reverse("admin:projects_project_changelist")).status_code == 403
    copy_url = reverse("admin:projects_project_copy", args=[published.pk])
    assert stranger.get(copy_url).status_code == 403


def test_only_publishers_bring_back_what_was_public(client, group, published):
    with revision(None, "Withdrawn.", published):
        Project.objects.update(state="withdrawn")
        keep(published)
    version = versions_of(Project, published.pk).last()
    url = reverse("admin:projects_project_revision", args=[published.pk, version.pk])
    decide(client, url)
    published.refresh_from_db()
    assert (published.state == "published") == (group in FROM_PUBLISHER)


def test_what_was_deleted_is_for_editors(client, group, published):
    with revision(None, "Kept.", published):
        keep(published)
    Project.objects.all().delete()
    version = versions_of(Project, published.pk)[0]
    for url in (
        reverse("admin:projects_project_deleted"),
        reverse("admin:projects_project_restore", args=[version.pk]),
    ):
        assert client.get(url).status_code == (200 if group in FROM_EDITOR else 403)
    client.post(reverse("admin:projects_project_restore", args=[version.pk]))
    assert Project.objects.exists() == (group in FROM_PUBLISHER)
