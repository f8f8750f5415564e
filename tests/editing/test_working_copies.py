"""What is public changes by a working copy: visitors see the old text until it is approved."""

import re
from html import unescape

from django.urls import reverse

import pytest

from people.documents.revisions import versions_of
from projects.models import Project, Tag, WorkingCopy
from tests.admin.forms import AdminForm
from tests.factories import (
    make_draft,
    make_kind,
    make_person,
    make_project,
    make_tag,
    make_upstream,
)

from .accounts import make_user, signed_in
from .pages import decide

pytestmark = pytest.mark.django_db
MARKER = "Zirkuspferd"


@pytest.fixture
def virter():
    project = make_project("Virter", description="Starts machines.")
    project.kind_items.create(kind=make_kind())
    project.links.create(role="source", label="Source", url="https://example.org/virter")
    return project


def copy_form(client, thing):
    kind = f"{thing._meta.app_label}_{thing._meta.model_name}"
    return AdminForm(client, reverse(f"admin:{kind}_copy", args=[thing.pk]))


def review_url():
    return reverse("admin:projects_workingcopy_change", args=[WorkingCopy.objects.get().pk])


def text_of(response):
    assert response.status_code == 200
    return unescape(response.content.decode())


def preview_path(page):
    return re.search(r"/preview/[^\"]+/", page)[0]


def test_whole_way_of_a_change_from_proposal_to_the_way_back(client, contributor, editor, virter):
    # The contributor is led from the entry to the working copy.
    url = reverse("admin:projects_project_change", args=[virter.pk])
    assert contributor.get(url).headers["Location"].endswith(f"/{virter.pk}/copy/")
    form = copy_form(contributor, virter)
    form.send(description="Starts *virtual* machines.", _reason="Say which.", _review="1")
    assert "Starts machines." in text_of(client.get("/projects/virter/"))

    # A colleague without an account sees the new text by the link.
    preview = preview_path(text_of(contributor.get(form.url)))
    shown = client.get(preview)
    assert "Starts <em>virtual</em> machines." in text_of(shown)
    assert "This is a preview." in text_of(shown)
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in shown.headers["Cache-Control"]
    assert not shown.cookies

    # The editor sees what it changes and approves.
    page = text_of(editor.get(review_url()))
    assert "Say which." in page
    assert "<ins>" in page
    decide(editor, review_url(), _approve="1", answer="Thanks.")
    assert "Starts <em>virtual</em> machines." in text_of(client.get("/projects/virter/"))
    assert client.get(preview).status_code == 404
    revision = versions_of(Project, virter.pk)[0].revision
    assert (revision.comment, revision.user.username) == ("Say which. (written by ida)", "otto")

    # One click brings the old text back.
    first = versions_of(Project, virter.pk).last()
    decide(editor, reverse("admin:projects_project_revision", args=[virter.pk, first.pk]))
    assert "Starts machines." in text_of(client.get("/projects/virter/"))


def test_declined_change_stays_readable_and_changes_nothing(contributor, editor, virter):
    copy_form(contributor, virter).send(description="Other.", _review="1")
    decide(editor, review_url(), _decline="1", answer="Not so.")
    virter.refresh_from_db()
    assert virter.description == "Starts machines."
    assert "Not so." in text_of(contributor.get(review_url()))
    copy_form(contributor, virter).send(description="Second try.")
    assert WorkingCopy.objects.open().count() == 1


def test_rows_of_a_copy_can_be_added_changed_and_taken_out_again(contributor, editor, virter):
    form = copy_form(contributor, virter)
    form.change_row("links", 0, label="Code")
    form.add_row("links", role="home", label="Home", url="https://example.org/")
    form.add_row("tag_items", tag=make_tag("Rust").pk).send()
    assert [link.label for link in virter.links.all()] == ["Source"]

    again = copy_form(contributor, virter)
    labels = {again.values[f"links-{number}-label"] for number in (0, 1)}
    assert labels == {"Code", "Home"}
    assert again.values["tag_items-0-id"].startswith("-")
    again.change_row("tag_items", 0, DELETE="on").send(_review="1")

    decide(editor, review_url(), _approve="1")
    assert {link.label for link in virter.links.all()} == {"Code", "Home"}
    assert not virter.tag_items.exists()
    assert min(link.pk for link in virter.links.all()) > 0


def test_contribution_that_is_new_in_a_copy_gets_its_own_number(contributor, editor, virter):
    work = {"title": "A fix", "state": "merged", "state_as_of": "2024-01-01"}
    form = copy_form(contributor, virter)
    form.add_row("contributions", upstream=make_upstream().pk, **work).send(_review="1")
    decide(editor, review_url(), _approve="1")
    assert virter.contributions.get().pk > 0


def test_copy_takes_over_what_was_published_meanwhile(contributor, editor, virter):
    copy_form(contributor, virter).send(description="New text.", _review="1")
    url = reverse("admin:projects_project_change", args=[virter.pk])
    AdminForm(editor, url).send(need="A need.")
    decide(editor, review_url(), _approve="1")
    virter.refresh_from_db()
    assert (virter.description, virter.need) == ("New text.", "A need.")


def test_reviewer_is_told_what_the_copy_would_replace(contributor, editor, virter):
    copy_form(contributor, virter).send(description="New text.", _review="1")
    url = reverse("admin:projects_project_change", args=[virter.pk])
    AdminForm(editor, url).send(description="Newer text.")
    page = text_of(editor.get(review_url()))
    assert "Changed in public since" in page
    assert "Newer text." in page


def test_two_people_write_the_same_copy_together(contributor, virter):
    other = signed_in(make_user("karl", "contributor"))
    first, second = copy_form(contributor, virter), copy_form(other, virter)
    first.send(description="One.")
    page = text_of(second.send(need="Two."))
    assert "Somebody else changed “Virter” meanwhile" in page
    values = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("_merged", "_base", "_mine")
    }
    other.post(second.url, values)
    form = copy_form(contributor, virter)
    assert (form.values["description"], form.values["need"]) == ("One.", "Two.")


def test_error_in_a_copy_is_told_on_its_form(contributor, virter):
    assert "This field is required." in copy_form(contributor, virter).fill(tagline="").refusal()
    assert not WorkingCopy.objects.exists()


def test_change_that_breaks_a_rule_by_now_cannot_be_approved(contributor, editor, virter):
    copy_form(contributor, virter).send(slug="taken", _review="1")
    make_project("Taken", slug="taken")
    page = text_of(decide(editor, review_url(), _approve="1"))
    assert "Project with this Slug already exists." in page
    assert WorkingCopy.objects.open().exists()


def test_person_proposes_changes_of_their_own_page_and_entries(client, editor, virter):
    user = make_user("roland")
    person = make_person("Roland Kammerer", user=user)
    virter.credits.create(person=person)
    other = make_project("Other")
    own = signed_in(user)
    copy_form(own, person).send(headline="Maker of Virter", _review="1")
    assert "Maker of Virter" not in text_of(client.get("/people/roland-kammerer/"))
    preview = preview_path(text_of(editor.get(review_url())))
    assert "Maker of Virter" in text_of(client.get(preview))
    decide(editor, review_url(), _approve="1")
    assert "Maker of Virter" in text_of(client.get("/people/roland-kammerer/"))
    assert own.get(reverse("admin:projects_project_copy", args=[virter.pk])).status_code == 200
    assert own.get(reverse("admin:projects_project_copy", args=[other.pk])).status_code == 403


def test_draft_is_shown_to_whoever_has_its_link_until_it_is_public(client, admin_client):
    draft = make_draft("Secret", tagline="Does it all.")
    url = reverse("admin:projects_project_change", args=[draft.pk])
    preview = preview_path(text_of(admin_client.get(url)))
    assert "Does it all." in text_of(client.get(preview))
    Project.objects.update(state="published", published_at="2024-01-01T00:00Z")
    assert client.get(preview).headers["Location"] == "/projects/secret/"
    Project.objects.update(state="withdrawn")
    assert client.get(preview).status_code == 404


def test_preview_link_that_expired_or_was_forged_is_unknown(client, admin_client, monkeypatch):
    draft = make_draft("Secret")
    url = reverse("admin:projects_project_change", args=[draft.pk])
    preview = preview_path(text_of(admin_client.get(url)))
    assert client.get(preview[:-3] + "/").status_code == 404
    monkeypatch.setattr("projects.preview.AGE", -1)
    assert client.get(preview).status_code == 404


def test_preview_can_be_read_in_german(client, admin_client):
    draft = make_draft("Secret")
    url = reverse("admin:projects_project_change", args=[draft.pk])
    page = text_of(client.get("/de" + preview_path(text_of(admin_client.get(url)))))
    assert "Vorschau" in page


def test_preview_leaves_nothing_behind(client, contributor, virter):
    form = copy_form(contributor, virter)
    form.send(name=MARKER, description=MARKER)
    client.get(preview_path(text_of(contributor.get(form.url))))
    for path in ("/", "/projects/", f"/projects/?q={MARKER}", "/projects/virter/"):
        assert MARKER not in text_of(client.get(path)).replace(f"q={MARKER}", "").replace(
            f"“{MARKER}”", ""
        ).replace(f'value="{MARKER}"', "")


def test_copy_with_a_tag_that_is_gone_says_what_it_leaves_out(client, contributor, editor, virter):
    form = copy_form(contributor, virter)
    form.add_row("tag_items", tag=make_tag("Rust").pk).send(description="New.", _review="1")
    Tag.objects.all().delete()
    page = text_of(contributor.get(form.url))
    assert "Left out, because it does not fit any more: Tag of a project" in page
    assert "New." in page
    assert "New." in text_of(client.get(preview_path(page)))
    assert "Tag of a project" in text_of(decide(editor, review_url(), _approve="1"))


def test_copy_whose_address_was_taken_can_be_read_and_declined(client, contributor, editor, virter):
    form = copy_form(contributor, virter)
    form.send(slug="taken", description="New.", _review="1")
    preview = preview_path(text_of(contributor.get(form.url)))
    make_project("Taken", slug="taken")
    assert "already exists" in text_of(contributor.get(form.url, follow=True))
    assert client.get(preview).status_code == 404
    decide(editor, review_url(), _decline="1")
    assert copy_form(contributor, virter).values["slug"] == "virter"
