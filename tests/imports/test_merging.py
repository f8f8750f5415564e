"""Importing again brings what is new, and never overwrites what an editor wrote."""

from django.core.management import CommandError, call_command

import pytest

from people.models import Person
from projects.models import ChangelogEntry, Credit, Link, Product, Project
from showcase import catalogue
from showcase.models import ImportConflict, ImportedRow, Redirect

from ..admin.conftest import admin_form  # noqa: F401 (a fixture)
from ..commands.samples import SOUND, but, everything, load
from ..factories import make_project
from .importing import bring, fields

pytestmark = pytest.mark.django_db

VIRTER = "projects.project “virter”"
TAGLINE = "tagline: Makes virtual machines."
DESCRIBED = but(TAGLINE, f"{TAGLINE}\n    description: From upstream.\n    need: Machines.")


def upstream(text, **changes):
    """Return a file in which fields have other values."""
    for name, value in changes.items():
        [line] = [line for line in text.splitlines() if line.startswith(f"    {name}: {value[0]}")]
        text = text.replace(line, f"    {name}: {value[1]}")
    return text


@pytest.mark.parametrize("first", ["loaddata", "load_catalogue"])
def test_an_editors_text_survives_and_the_rest_is_updated(first, tmp_path, admin_form):  # noqa: F811
    if first == "loaddata":
        load(tmp_path, DESCRIBED)
    else:
        bring(tmp_path, DESCRIBED, as_stated=True)
    sent = admin_form(Project.objects.get()).fill(description="By an editor.").send()
    assert sent.status_code == 302
    report = bring(
        tmp_path,
        upstream(DESCRIBED, description=("From", "Newer."), need=("Mac", "Many machines.")),
    )
    project = Project.objects.get()
    assert (project.description, project.need) == ("By an editor.", "Many machines.")
    assert fields(report["updated"]) == {(VIRTER, "need"): ("Machines.", "Many machines.")}
    assert fields(report["conflicts"]) == {(VIRTER, "description"): ("By an editor.", "Newer.")}
    conflict = ImportConflict.objects.get()
    assert (conflict.field, conflict.base, conflict.stored, conflict.new) == (
        "description",
        "From upstream.",
        "By an editor.",
        "Newer.",
    )


def test_what_only_an_editor_changed_is_kept_and_reported(tmp_path):
    load(tmp_path, SOUND)
    Project.objects.update(tagline="Starts machines.")
    report = bring(tmp_path, SOUND)
    assert Project.objects.get().tagline == "Starts machines."
    assert fields(report["kept"]) == {
        (VIRTER, "tagline"): ("Starts machines.", "Makes virtual machines.")
    }
    assert not ImportConflict.objects.exists()


def test_what_nobody_touched_follows_the_file(tmp_path):
    load(tmp_path, SOUND)
    report = bring(tmp_path, but("name: Roland Kammerer", "name: Roland"))
    assert Person.objects.get().name == "Roland"
    assert report["counts"] | {"unchanged": 8, "updated": 1} == report["counts"]


def test_importing_twice_changes_nothing(tmp_path):
    bring(tmp_path, SOUND)
    before = everything()
    report = bring(tmp_path, SOUND)
    assert everything() == before
    assert report["counts"]["unchanged"] == 9
    assert not report["updated"]


def test_a_field_that_an_editor_sets_back_follows_the_file_again(tmp_path):
    load(tmp_path, SOUND)
    for tagline in ("Starts machines.", "Makes virtual machines."):
        Project.objects.update(tagline=tagline)
    bring(tmp_path, but("Makes virtual", "Boots virtual"))
    assert Project.objects.get().tagline == "Boots virtual machines."


def test_a_list_follows_the_file_and_an_editors_list_stays(tmp_path):
    load(tmp_path, SOUND)
    Product.objects.get().languages.clear()
    bring(tmp_path, but("    projects:\n    - [virter]\n", ""))
    assert not ChangelogEntry.objects.get().projects.exists()
    assert not Product.objects.get().languages.exists()


def test_a_new_project_is_a_draft_at_first(tmp_path):
    bring(tmp_path, SOUND)
    assert Project.objects.get().state == "draft"
    assert not Project.objects.published().exists()


def test_a_new_project_is_published_where_the_operator_says_so(tmp_path):
    bring(tmp_path, SOUND, as_stated=True)
    assert Project.objects.published().get().slug == "virter"


def test_a_file_publishes_nothing_that_is_there_unless_the_operator_says_so(tmp_path):
    load(tmp_path, SOUND.replace("state: published", "state: draft"))
    bring(tmp_path, SOUND)
    assert not Project.objects.published().exists()
    bring(tmp_path, SOUND, as_stated=True)
    assert Project.objects.published().exists()


def test_a_draft_stays_one_when_its_file_comes_again(tmp_path):
    bring(tmp_path, SOUND)
    bring(tmp_path, SOUND, as_stated=True)
    assert Project.objects.get().state == "draft"


def test_a_renamed_project_is_found_again_with_all_that_hangs_on_it(tmp_path, admin_form):  # noqa: F811
    load(tmp_path, SOUND)
    assert admin_form(Project.objects.get()).fill(slug="virter-two").send().status_code == 302
    report = bring(tmp_path, but("    tagline: Makes v", "    need: Tests.\n    tagline: Makes v"))
    project = Project.objects.get()
    assert (project.slug, project.need) == ("virter-two", "Tests.")
    assert fields(report["kept"]) == {(VIRTER, "slug"): ("virter-two", "virter")}
    assert not report["new"]
    assert not report["conflicts"]
    assert Link.objects.get().project == Credit.objects.get().project == project
    assert Redirect.objects.get().new_path == "/projects/virter-two/"


def test_a_file_of_links_alone_finds_a_renamed_project(tmp_path):
    load(tmp_path, SOUND)
    Project.objects.update(slug="virter-two")
    link = next(part for part in SOUND.split("\n\n") if "projects.link" in part)
    report = bring(tmp_path, link, name="link.yaml")
    assert report["counts"]["unchanged"] == 1
    assert Link.objects.count() == 1


def test_what_an_editor_deleted_does_not_come_back(tmp_path):
    load(tmp_path, SOUND)
    Project.objects.get().delete()
    report = bring(tmp_path, SOUND)
    assert not Project.objects.exists()
    assert VIRTER in report["deleted"]
    assert report["counts"]["deleted"] == 4
    assert not ChangelogEntry.objects.get().projects.exists()


def test_a_row_that_never_was_imported_conflicts_where_it_differs(tmp_path):
    make_project("Virter", tagline="Something else.")
    report = bring(tmp_path, SOUND)
    assert fields(report["conflicts"]) == {
        (VIRTER, "tagline"): ("Something else.", "Makes virtual machines.")
    }
    assert Project.objects.get().tagline == "Something else."


def test_a_conflict_is_listed_once_with_the_newest_value(tmp_path):
    make_project("Virter", tagline="Something else.")
    bring(tmp_path, SOUND)
    bring(tmp_path, SOUND)
    bring(tmp_path, but("Makes virtual", "Boots virtual"))
    assert ImportConflict.objects.get().new == "Boots virtual machines."


def test_a_conflict_is_over_when_both_sides_agree(tmp_path):
    make_project("Virter", tagline="Something else.")
    bring(tmp_path, SOUND)
    bring(tmp_path, but("Makes virtual machines.", "Something else."))
    assert not ImportConflict.objects.exists()


def test_loading_fixtures_settles_what_was_open(tmp_path):
    make_project("Virter", tagline="Something else.")
    bring(tmp_path, SOUND)
    load(tmp_path, SOUND)
    assert not ImportConflict.objects.exists()


def test_what_does_not_fit_together_is_to_be_decided(tmp_path):
    """Each side keeps the rule that a release comes before the status; both together do not."""
    dated = but("status_as_of: 2024-01-01", "status_as_of: 2024-01-01\n    need: Tests.")
    load(tmp_path, dated)
    Project.objects.update(first_released_on="2023-12-01")
    report = bring(tmp_path, dated.replace("status_as_of: 2024", "status_as_of: 2022"))
    assert fields(report["conflicts"]) == {(VIRTER, "status_as_of"): ("2024-01-01", "2022-01-01")}
    assert str(Project.objects.get().status_as_of) == "2024-01-01"


class TestGone:
    def test_a_project_is_proposed_for_withdrawal_and_stays(self, tmp_path):
        load(tmp_path, SOUND)
        person = SOUND.split("\n\n")[0]
        report = bring(tmp_path, person)
        assert {"row": VIRTER, "proposal": "withdrawal"} in report["removals"]
        assert Project.objects.published().exists()
        assert ImportedRow.objects.get(model="projects.project").gone_at

    def test_what_hangs_on_it_is_not_proposed_one_by_one(self, tmp_path):
        load(tmp_path, SOUND)
        report = bring(tmp_path, SOUND.split("\n\n")[0])
        assert not [one for one in report["removals"] if "link" in one["row"]]

    def test_a_row_that_nobody_touched_is_proposed_for_removal(self, tmp_path):
        load(tmp_path, SOUND)
        report = bring(tmp_path, without_link())
        [removal] = report["removals"]
        assert removal["proposal"] == "removal"
        assert "projects.link" in removal["row"]
        assert Link.objects.exists()

    def test_a_row_that_an_editor_changed_is_kept(self, tmp_path):
        load(tmp_path, SOUND)
        Link.objects.update(label="The code")
        report = bring(tmp_path, without_link())
        assert not report["removals"]
        assert [one["field"] for one in report["kept"]] == ["label"]

    def test_a_row_that_comes_back_is_proposed_no_more(self, tmp_path):
        load(tmp_path, SOUND)
        bring(tmp_path, without_link())
        bring(tmp_path, SOUND)
        assert not ImportedRow.objects.filter(gone_at__isnull=False).exists()

    def test_another_file_says_nothing_about_it(self, tmp_path):
        load(tmp_path, SOUND)
        assert not bring(tmp_path, SOUND.split("\n\n")[0], name="person.yaml")["removals"]


def without_link():
    return "\n\n".join(part for part in SOUND.split("\n\n") if "projects.link" not in part)


@pytest.mark.django_db(transaction=True)
def test_exported_wiped_and_imported_the_catalogue_is_the_same(tmp_path):
    load(tmp_path, SOUND)
    Project.objects.update(tagline="Edited.")
    before = exported(tmp_path / "before")
    call_command("flush", interactive=False, verbosity=0)
    files = sorted((tmp_path / "before").iterdir())
    call_command("load_catalogue", *files, as_stated=True, verbosity=0)
    assert exported(tmp_path / "after") == before


def exported(path):
    call_command("export_catalogue", output=path, verbosity=0)
    return {file.name: file.read_text() for file in path.iterdir()}


def test_every_row_of_an_emptied_catalogue_comes_again(tmp_path):
    load(tmp_path, SOUND)
    for model in reversed(catalogue.MODELS):
        model.objects.all().delete()
    assert bring(tmp_path, SOUND)["counts"]["new"] == 9


def test_what_is_no_part_of_the_catalogue_is_refused(tmp_path):
    user = "- model: auth.user\n  fields: {username: ada, password: x, is_superuser: true}\n"
    with pytest.raises(CommandError, match="no part of the catalogue"):
        bring(tmp_path, user)
