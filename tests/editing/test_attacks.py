"""What somebody who knows the forms could try, and what careless hands do."""

from html import unescape

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

import pytest

from people.documents.revisions import keep, revision, versions_of
from projects.models import Project, WorkingCopy
from tests.admin.forms import AdminForm
from tests.factories import make_draft, make_kind, make_person, make_project

from .accounts import make_user, signed_in
from .pages import change_url, decide
from .test_working_copies import copy_form, preview_path, review_url, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def virter():
    project = make_project("Virter", description="Starts machines.")
    project.kind_items.create(kind=make_kind())
    return project


def test_document_of_one_thing_is_not_taken_on_the_form_of_another(contributor, virter):
    copy_form(contributor, virter).send(description="Mine.")
    stolen = copy_form(contributor, virter).values["_base"]
    draft = make_draft("Own", owner=User.objects.get())
    own = AdminForm(contributor, change_url(draft)).values["_base"]
    for mine in (stolen, own):
        contributor.post(change_url(draft), {"_merged": "1", "_base": own, "_mine": mine})
    virter.refresh_from_db()
    assert virter.description == "Starts machines."


def test_former_document_does_not_publish_what_was_withdrawn(editor, virter):
    base = AdminForm(editor, change_url(virter)).values["_base"]
    Project.objects.update(state="withdrawn")
    now = AdminForm(editor, change_url(virter)).values["_base"]
    editor.post(change_url(virter), {"_merged": "1", "_base": now, "_mine": base})
    virter.refresh_from_db()
    assert virter.state == "withdrawn"


def test_form_that_nobody_can_compare_is_shown_again_with_its_words(editor, virter):
    form = AdminForm(editor, change_url(virter)).fill(_base="of another key", need="My words.")
    page = form.refusal()
    assert "My words." in page
    assert "somebody else changed the catalogue" in page


def test_history_of_a_draft_is_as_hidden_as_the_draft(contributor):
    draft = make_draft("Secret", owner=make_user("karl"))
    with revision(None, "Kept.", draft):
        keep(draft)
    version = versions_of(Project, draft.pk)[0]
    url = reverse("admin:projects_project_revision", args=[draft.pk, version.pk])
    assert contributor.get(url).status_code == 404


def test_only_what_was_seen_is_approved(contributor, editor, virter):
    copy_form(contributor, virter).send(description="Harmless.", _review="1")
    page = editor.get(review_url()).text
    copy_form(contributor, virter).send(description="Other.")
    seen = page.split('name="seen" value="')[1].split('"')[0]
    answer = text_of(editor.post(review_url(), {"_approve": "1", "seen": seen}))
    assert "It was changed while you looked" in answer
    virter.refresh_from_db()
    assert virter.description == "Starts machines."


def test_only_what_waits_is_decided(contributor, editor, virter):
    copy_form(contributor, virter).send(description="Half a")
    assert "does not wait" in text_of(decide(editor, review_url(), _approve="1"))
    copy_form(contributor, virter).send(description="A whole text.", _review="1")
    assert "Nothing was decided" in text_of(decide(editor, review_url()))
    decide(editor, review_url(), _decline="1", answer="Not\nso.")
    assert "does not wait" in text_of(decide(editor, review_url(), _approve="1"))


def test_declined_words_can_still_be_read(contributor, editor, virter):
    copy_form(contributor, virter).send(description="Starts virtual machines.", _review="1")
    decide(editor, review_url(), _decline="1")
    assert "<ins> virtual</ins>" in text_of(contributor.get(review_url()))


def test_dispute_is_told_even_if_the_copy_was_saved_again(contributor, editor, virter):
    copy_form(contributor, virter).send(description="Mine.")
    AdminForm(editor, change_url(virter)).send(description="Theirs.")
    copy_form(contributor, virter).send(need="A need.", _review="1")
    page = text_of(editor.get(review_url()))
    assert "Changed in public since" in page
    assert "Theirs." in page


def test_preview_of_a_copy_ends_with_the_page(client, contributor, virter):
    form = copy_form(contributor, virter)
    form.send(description="New.")
    preview = preview_path(text_of(contributor.get(form.url)))
    assert client.get(preview).status_code == 200
    Project.objects.update(state="withdrawn")
    assert client.get(preview).status_code == 404


def test_former_state_comes_back_only_over_what_was_seen(editor, virter):
    AdminForm(editor, change_url(virter)).send(description="One.")
    version = versions_of(Project, virter.pk).last()
    url = reverse("admin:projects_project_revision", args=[virter.pk, version.pk])
    seen = editor.get(url).text.split('name="seen" value="')[1].split('"')[0]
    AdminForm(editor, change_url(virter)).send(description="Two.")
    assert "Somebody changed it while you looked" in text_of(editor.post(url, {"seen": seen}))
    virter.refresh_from_db()
    assert virter.description == "Two."


def test_account_of_a_person_proposes_whole_entries(virter):
    user = make_user("roland", "author")
    virter.credits.create(person=make_person("Roland Kammerer", user=user))
    form = copy_form(signed_in(user), virter)
    assert form.values["kind_items-0-kind"]
    assert form.send(need="Tests need machines.").status_code == 302
    assert WorkingCopy.objects.exists()


def test_entry_goes_with_its_decided_copies_but_not_with_open_ones(admin_client, virter):
    document = {"base": [], "content": []}
    copy = WorkingCopy.objects.create(project=virter, state="in-review", **document)
    url = reverse("admin:projects_project_delete", args=[virter.pk])
    assert "decide on it first" in unescape(admin_client.get(url).text)
    admin_client.post(url, {"post": "yes"})
    assert Project.objects.exists()
    WorkingCopy.objects.filter(pk=copy.pk).update(state="declined")
    admin_client.post(url, {"post": "yes"})
    assert not Project.objects.exists()


def test_accounts_do_not_come_from_files(tmp_path):
    file = tmp_path / "project.json"
    file.write_text('[{"model": "projects.project", "fields": {"slug": "a", "owner": 1}}]')
    with pytest.raises(CommandError, match="there is no such field"):
        call_command("loaddata", str(file))


@pytest.mark.parametrize("number", ["abc", "0", "-1", "9" * 40])
def test_odd_numbers_are_not_there(admin_client, number):
    url = f"/admin/projects/workingcopy/{number}/change/"
    assert admin_client.get(url).status_code == 404


def test_reason_with_a_nul_is_a_reason(admin_form, virter):
    admin_form(virter).send(need="Other.", _reason="Be\0cause.")
    assert versions_of(Project, virter.pk)[0].revision.comment == "Because."


def test_list_bears_a_nul(admin_client):
    assert admin_client.get("/admin/projects/workingcopy/?state__exact=%00").status_code < 400
