"""Importing and deciding in the admin."""

import re
from datetime import timedelta
from html import unescape

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest
from reversion.models import Revision

from projects.models import ChangelogEntry, Link, Project
from showcase.importing import uploads
from showcase.models import ImportConflict, ImportedRow, ImportUpload

from ..commands.samples import SOUND, but, load
from ..factories import make_kind, make_project
from .importing import bring

pytestmark = pytest.mark.django_db

CONFLICTS = reverse("admin:showcase_importconflict_changelist")
GONE = reverse("admin:showcase_importedrow_changelist")
UPLOAD = reverse("admin:showcase_import")
NEWER = but("Makes virtual", "Boots virtual")
LINKLESS = "\n\n".join(part for part in SOUND.split("\n\n") if "projects.link" not in part)


@pytest.fixture
def colleague(client, django_user_model):
    """Somebody who may import, and nothing else."""
    user = django_user_model.objects.create_user("colleague", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="import_catalogue"))
    client.force_login(user)
    return user


@pytest.fixture
def publisher(colleague):
    colleague.user_permissions.add(Permission.objects.get(codename="publish_project"))
    return colleague


def upload(client, *contents, **options):
    files = [
        SimpleUploadedFile(f"file-{number}.yaml", content.encode())
        for number, content in enumerate(contents)
    ]
    return client.post(UPLOAD, {"chosen": files, **options})


def text(response):
    assert response.status_code == 200
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(words).split())


def decide(client, address, action, *rows):
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return text(client.post(address, chosen, follow=True))


def conflicting(tmp_path):
    """An editor's tagline against another one that comes from a file."""
    load(tmp_path, SOUND)
    Project.objects.update(tagline="Edited.")
    bring(tmp_path, NEWER)
    return ImportConflict.objects.get()


class TestJourney:
    def test_files_are_looked_at_and_then_imported(self, colleague, client, tmp_path):
        load(tmp_path, SOUND)
        Project.objects.update(tagline="Edited.")
        looked = upload(client, NEWER.replace("Tool", "Utility"))
        page = text(client.get(looked.url))
        assert "Updated: 1." in page
        assert "projects.kind “tool” name Tool Utility Tool" in page
        assert "Edited. Boots virtual machines. Makes virtual machines." in page
        assert Project.objects.get().kinds.get().name == "Tool"
        done = client.post(looked.url, follow=True)
        assert "The files were imported." in text(done)
        assert Project.objects.get().kinds.get().name == "Utility"
        assert Project.objects.get().tagline == "Edited."
        assert "tagline Edited. Boots virtual machines." in text(done)
        assert not ImportUpload.objects.exists()

    def test_looking_writes_nothing(self, colleague, client):
        upload(client, SOUND)
        assert not Project.objects.exists()
        assert not ImportedRow.objects.exists()

    def test_several_files_come_together(self, colleague, client):
        person, rest = SOUND.split("\n\n", maxsplit=1)
        client.post(upload(client, rest, person).url)
        assert Project.objects.get().state == "draft"

    def test_projects_are_published_where_the_box_is_ticked(self, admin_client):
        admin_client.post(upload(admin_client, SOUND, as_stated="on").url)
        assert Project.objects.published().exists()

    def test_who_may_not_publish_has_no_box_to_tick(self, colleague, client):
        assert "New projects have the state" not in text(client.get(UPLOAD))
        client.post(upload(client, SOUND, as_stated="on").url)
        assert not Project.objects.published().exists()

    def test_nothing_is_imported_when_the_catalogue_has_changed_since(
        self, colleague, client, tmp_path
    ):
        load(tmp_path, SOUND)
        looked = upload(client, NEWER)
        Project.objects.update(tagline="Edited meanwhile.")
        page = text(client.post(looked.url))
        assert "Nothing was imported: the catalogue has changed since" in page
        assert "Edited meanwhile. Boots virtual machines." in page
        assert Project.objects.get().tagline == "Edited meanwhile."
        assert "The files were imported." in text(client.post(looked.url, follow=True))

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ("", "file-0.yaml: the file is empty"),
            (SOUND.replace("status: active", "status: asleep"), "“asleep” is no choice"),
            ("- model: auth.user\n  fields: {username: eve}\n", "no part of the catalogue"),
            ("a: &a [*a]", "anchors (&) and aliases (*) are not read"),
        ],
    )
    def test_a_bad_file_is_refused_in_one_sentence(self, content, words, colleague, client):
        assert words in text(upload(client, content or "# nothing"))
        assert not ImportUpload.objects.exists()

    def test_an_unknown_format_is_refused(self, colleague, client):
        file = SimpleUploadedFile("picture.png", b"\x89PNG")
        assert "there are .yaml and .json, .csv" in text(client.post(UPLOAD, {"chosen": [file]}))

    def test_files_that_are_too_large_are_refused(self, colleague, client, monkeypatch):
        monkeypatch.setattr("showcase.importing.forms.MAX_SIZE", 1_000)
        assert "These files are larger than 1000 bytes together" in text(upload(client, SOUND))

    def test_no_file_is_no_import(self, colleague, client):
        assert "This field is required." in text(client.post(UPLOAD))

    def test_what_waited_too_long_is_gone(self, colleague, client):
        looked = upload(client, SOUND)
        kept = ImportUpload.objects.get()
        kept.uploaded_at -= uploads.KEPT_FOR + timedelta(seconds=1)
        kept.save()
        assert client.post(looked.url).status_code == 404
        upload(client, NEWER)
        assert ImportUpload.objects.count() == 1

    def test_what_somebody_else_uploaded_is_not_there(self, colleague, client, admin_client):
        looked = upload(client, SOUND)
        assert admin_client.get(looked.url).status_code == 404


class TestPermission:
    @pytest.mark.parametrize("address", [UPLOAD, CONFLICTS, GONE])
    def test_staff_without_it_are_refused(self, address, client, django_user_model):
        user = django_user_model.objects.create_user("other", is_staff=True)
        editing = Permission.objects.filter(content_type__app_label="projects")
        user.user_permissions.set(editing)
        client.force_login(user)
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403

    @pytest.mark.parametrize("address", [UPLOAD, CONFLICTS, GONE])
    def test_visitors_are_asked_to_log_in(self, address, client):
        assert client.get(address).url.startswith("/admin/login/")

    def test_whoever_may_import_may_decide(self, colleague, client, tmp_path):
        conflict = conflicting(tmp_path)
        assert "Taken as new: 1." in decide(client, CONFLICTS, "take_new", conflict)


class TestOpenDecisions:
    def test_who_may_not_publish_does_not_by_a_decision(self, colleague, client, tmp_path):
        bring(tmp_path, SOUND.replace("state: published", "state: draft"), as_stated=True)
        Project.objects.update(state="in-review")
        bring(tmp_path, SOUND, as_stated=True)
        decide(client, CONFLICTS, "take_new", *ImportConflict.objects.all())
        assert Project.objects.get().state == "in-review"
        assert ImportConflict.objects.get().field == "state"

    def test_both_values_stand_side_by_side(self, colleague, client, tmp_path):
        conflicting(tmp_path)
        assert "Edited. Boots virtual machines. Makes virtual machines." in text(
            client.get(CONFLICTS)
        )

    def test_the_new_value_is_taken(self, colleague, client, tmp_path):
        decide(client, CONFLICTS, "take_new", conflicting(tmp_path))
        assert Project.objects.get().tagline == "Boots virtual machines."
        kept = Revision.objects.latest("pk")
        assert (kept.user, kept.comment) == (colleague, "Took what an import brought.")
        assert not ImportConflict.objects.exists()
        assert bring(tmp_path, NEWER)["counts"]["unchanged"] == 9

    def test_the_stored_value_is_kept_for_good(self, colleague, client, tmp_path):
        decide(client, CONFLICTS, "keep_stored", conflicting(tmp_path))
        report = bring(tmp_path, NEWER)
        assert Project.objects.get().tagline == "Edited."
        assert not report["conflicts"]
        assert not ImportConflict.objects.exists()

    def test_what_was_edited_since_is_not_overwritten(self, colleague, client, tmp_path):
        conflict = conflicting(tmp_path)
        Project.objects.update(tagline="Edited again.")
        page = decide(client, CONFLICTS, "take_new", conflict)
        assert "Nothing was decided. projects.project “virter”: “tagline” has been changed" in page
        assert Project.objects.get().tagline == "Edited again."

    def test_a_value_that_breaks_a_rule_undoes_all_that_was_chosen(
        self, colleague, client, tmp_path
    ):
        make_project("Virter", tagline="Edited.")
        make_kind("tool", plural="instruments")
        bring(tmp_path, SOUND)
        make_kind("Tool", slug="other")
        page = decide(client, CONFLICTS, "take_new", *ImportConflict.objects.all())
        assert "projects.kind “tool”: name: Kind with this Name already exists." in page
        assert Project.objects.get().tagline == "Edited."

    def test_fields_that_only_fit_together_are_taken_together(self, colleague, client, tmp_path):
        load(tmp_path, SOUND)
        Project.objects.update(first_released_on="2023-12-01", status_as_of="2024-02-01")
        dates = "status_as_of: 2022-01-01\n    first_released_on: 2021-01-01"
        bring(tmp_path, but("status_as_of: 2024-01-01", dates))
        decide(client, CONFLICTS, "take_new", *ImportConflict.objects.all())
        project = Project.objects.get()
        assert (project.status_as_of.year, project.first_released_on.year) == (2022, 2021)

    def test_a_list_is_taken_as_well(self, colleague, client, tmp_path):
        load(tmp_path, SOUND)
        ChangelogEntry.objects.get().projects.set([make_project("Other")])
        bring(tmp_path, but("    projects:\n    - [virter]\n", ""))
        decide(client, CONFLICTS, "take_new", ImportConflict.objects.get())
        assert not ChangelogEntry.objects.get().projects.exists()

    def test_a_row_that_is_gone_is_said_to_be(self, colleague, client, tmp_path):
        conflict = conflicting(tmp_path)
        Project.objects.get().delete()
        assert "is not there any more" in decide(client, CONFLICTS, "take_new", conflict)


class TestProposedRemovals:
    def propose(self, tmp_path):
        load(tmp_path, SOUND)
        bring(tmp_path, LINKLESS)
        return ImportedRow.objects.get(gone_at__isnull=False)

    def test_a_project_is_withdrawn(self, publisher, client, tmp_path):
        load(tmp_path, SOUND)
        bring(tmp_path, SOUND.split("\n\n")[0])
        row = ImportedRow.objects.get(model="projects.project")
        assert "“virter” withdrawal" in text(client.get(GONE))
        decide(client, GONE, "withdraw_or_remove", row)
        assert Project.objects.get().state == "withdrawn"
        again = bring(tmp_path, SOUND.split("\n\n")[0])
        assert "withdrawal" not in [removal["proposal"] for removal in again["removals"]]

    def test_another_row_is_removed(self, publisher, client, tmp_path):
        row = self.propose(tmp_path)
        assert "Withdrawn or removed: 1." in decide(client, GONE, "withdraw_or_remove", row)
        assert not Link.objects.exists()

    def test_a_row_is_kept_and_never_proposed_again(self, publisher, client, tmp_path):
        row = self.propose(tmp_path)
        decide(client, GONE, "keep_rows", row)
        assert Link.objects.exists()
        assert not bring(tmp_path, LINKLESS)["removals"]

    def test_what_is_still_in_use_stays(self, publisher, client, tmp_path):
        load(tmp_path, SOUND)
        bring(tmp_path, SOUND.split("\n\n")[1])
        row = ImportedRow.objects.get(model="projects.kind")
        assert "is still in use" in decide(client, GONE, "withdraw_or_remove", row)

    def test_who_may_not_publish_may_not_withdraw(self, colleague, client, tmp_path):
        row = self.propose(tmp_path)
        decide(client, GONE, "withdraw_or_remove", row)
        assert Link.objects.exists()
