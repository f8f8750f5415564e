"""Fixtures come in: in any order, and twice without a change."""

import io
import sys
from datetime import UTC, datetime

from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from people.models import Person
from projects.models import ChangelogEntry, Kind, Product, Project
from showcase.models import Redirect

from .. import factories
from .samples import SOUND, but, everything, load

pytestmark = pytest.mark.django_db

UNDATED = SOUND.replace("    updated_at: 2024-01-01 09:00:00+00:00\n", "")


def project(slug, **fields):
    lines = [f"    {name}: {value}" for name, value in fields.items()]
    return "\n".join(
        [
            "- model: projects.project",
            "  fields:",
            f"    name: {slug}",
            f"    slug: {slug}",
            "    tagline: Makes something.",
            "    status: active",
            "    status_as_of: 2024-01-01",
            "    updated_at: 2024-01-01 09:00:00+00:00",
            *lines,
            "",
        ]
    )


def test_records_may_point_to_later_ones(tmp_path):
    load(tmp_path, SOUND)
    [language] = Product.objects.get(slug="linstor").languages.all()
    assert language.slug == "rust"


def test_an_entry_may_point_to_an_entry_below_it(tmp_path):
    load(tmp_path, project("old", successor="[new]") + project("new"))
    assert Project.objects.get(slug="old").successor == Project.objects.get(slug="new")


def test_the_order_of_files_does_not_matter(tmp_path):
    person, rest = SOUND.split("\n\n", maxsplit=1)
    (tmp_path / "rest.yaml").write_text(rest)
    (tmp_path / "person.yaml").write_text(person)
    call_command("loaddata", tmp_path / "rest.yaml", tmp_path / "person.yaml", verbosity=0)
    assert Person.objects.get().credits.get().project.slug == "virter"


def test_files_of_the_same_name_come_from_several_folders(tmp_path):
    files = [tmp_path / folder / "project.yaml" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_text(project(f"from-{file.parent.name}"))
    call_command("loaddata", *files, verbosity=0)
    assert set(Project.objects.values_list("slug", flat=True)) == {"from-a", "from-b"}


def test_a_file_named_twice_is_loaded_once(tmp_path):
    file = tmp_path / "project.yaml"
    file.write_text(SOUND)
    call_command("loaddata", file, file, verbosity=0)
    assert Project.objects.count() == 1


def test_loading_twice_changes_nothing(tmp_path):
    load(tmp_path, SOUND)
    before = everything()
    load(tmp_path, SOUND)
    assert everything() == before


def test_the_moment_of_the_last_change_is_the_one_in_the_file(tmp_path):
    load(tmp_path, SOUND)
    assert Project.objects.get().updated_at == datetime(2024, 1, 1, 9, tzinfo=UTC)


def test_a_row_whose_file_names_no_moment_was_last_changed_when_it_came(tmp_path):
    before = timezone.now()
    load(tmp_path, UNDATED)
    assert before <= Project.objects.get().updated_at <= timezone.now()


def test_a_row_whose_file_names_no_moment_keeps_the_one_that_it_has(tmp_path):
    load(tmp_path, SOUND)
    before = everything()
    load(tmp_path, UNDATED)
    assert everything() == before


def test_a_row_may_be_published_in_the_future(tmp_path):
    load(tmp_path, but("published_at: 2024", "published_at: 2999"))
    assert Project.objects.get().published_at.year == 2999


def test_a_changed_record_changes_its_row_and_keeps_its_number(tmp_path):
    load(tmp_path, SOUND)
    before = Project.objects.get()
    load(tmp_path, but("tagline: Makes virtual", "tagline: Starts virtual"))
    after = Project.objects.get()
    assert after.pk == before.pk
    assert after.tagline == "Starts virtual machines."


def test_a_field_that_is_taken_out_goes_back_to_its_default(tmp_path):
    load(tmp_path, but("    role: author\n", "    role: author\n    order: 3\n"))
    load(tmp_path, SOUND)
    assert Project.objects.get().credits.get().order == 0


def test_a_list_that_is_taken_out_becomes_empty(tmp_path):
    load(tmp_path, SOUND)
    load(tmp_path, but("    projects:\n    - [virter]\n", ""))
    assert not ChangelogEntry.objects.get().projects.exists()


def test_umlauts_emoji_and_a_byte_order_mark_are_welcome(tmp_path):
    text = but("name: Roland Kammerer", "name: Zoë Übermüller 🎈")
    load(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert Person.objects.get().name == "Zoë Übermüller 🎈"


def test_carriage_returns_end_lines_like_any_others(tmp_path):
    load(tmp_path, SOUND.replace("\n", "\r\n"))
    assert Project.objects.get().tagline == "Makes virtual machines."


def test_carriage_returns_within_a_text_are_dropped(tmp_path):
    load(tmp_path, but("    status: active\n", '    status: active\n    need: "One.\\r\\nTwo."\n'))
    assert Project.objects.get().need == "One.\nTwo."


def test_an_empty_list_loads_nothing(tmp_path):
    load(tmp_path, "[]\n")
    assert not Project.objects.exists()


def test_json_is_read_too(tmp_path):
    record = '[{"model": "projects.kind", "fields": {"name": "x", "plural": "xs", "slug": "x"}}]'
    load(tmp_path, record, name="kind.json")
    assert Kind.objects.get().plural == "xs"


def test_a_fixture_may_come_through_a_pipe(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SOUND.encode())))
    call_command("loaddata", "-", format="yaml", verbosity=0)
    assert Project.objects.get().slug == "virter"


def test_rows_outside_the_catalogue_load_as_in_django(tmp_path):
    user = "- model: auth.user\n  pk: 7\n  fields: {username: ada, password: '!'}\n"
    load(tmp_path, user)
    assert User.objects.get(pk=7).username == "ada"


def test_an_excluded_model_is_left_out(tmp_path):
    (tmp_path / "catalogue.yaml").write_text(SOUND)
    call_command("loaddata", tmp_path / "catalogue.yaml", exclude=["projects.Link"], verbosity=0)
    assert not Project.objects.get().links.exists()


def test_without_a_name_the_whole_catalogue_is_loaded(tmp_path, settings, capsys):
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "everything.yaml").write_text(SOUND)
    call_command("loaddata")
    assert "Loaded 9 records from 1 file." in capsys.readouterr().out
    assert Project.objects.get().slug == "virter"


def test_a_folder_without_fixtures_is_no_error(tmp_path, settings, capsys):
    settings.FIXTURE_DIRS = [tmp_path]
    call_command("loaddata")
    assert "Loaded 0 records from 0 files." in capsys.readouterr().out


class TestIfEmpty:
    def test_an_empty_catalogue_is_loaded(self, tmp_path, settings):
        settings.FIXTURE_DIRS = [tmp_path]
        (tmp_path / "everything.yaml").write_text(SOUND)
        call_command("loaddata", if_empty=True, verbosity=0)
        assert Project.objects.get().slug == "virter"

    @pytest.mark.parametrize("kind", ["project", "product", "person", "tag", "page"])
    def test_one_row_is_enough_to_load_nothing(self, kind, tmp_path, settings, capsys):
        getattr(factories, f"make_{kind}")()
        settings.FIXTURE_DIRS = [tmp_path]
        (tmp_path / "redirect.yaml").write_text(
            "- model: showcase.redirect\n  fields: {old_path: /a/, new_path: /b/}\n"
        )
        call_command("loaddata", if_empty=True)
        assert "The catalogue has rows already: nothing was loaded." in capsys.readouterr().out
        assert not Redirect.objects.exists()


def test_a_tag_needs_its_slug_in_a_file(tmp_path):
    file = tmp_path / "tag.yaml"
    file.write_text(
        "- model: projects.tag\n  fields:\n    name: Fresh\n"
        "    updated_at: 2026-11-22 09:00:00+00:00\n"
    )
    with pytest.raises(CommandError, match="“slug” is missing"):
        call_command("loaddata", str(file))
