"""The catalogue goes out into files: the same rows always as the same bytes, and nothing else."""

import re
from datetime import date

from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.serializers import serialize

import pytest

from people.models import Person
from projects.models import Language, Product, Project, Tag
from showcase import catalogue
from showcase.models import Enquiry, Page

from ..factories import A_MOMENT, make_draft, make_page, make_person, make_project, make_tag
from .samples import SOUND, everything, load

pytestmark = pytest.mark.django_db


def export(path, **options):
    call_command("export_catalogue", output=path, **options)


def written(path):
    return {file.name: file.read_text() for file in path.iterdir()}


def test_each_model_that_has_rows_gets_a_file(tmp_path):
    load(tmp_path, SOUND)
    export(tmp_path / "out")
    assert set(written(tmp_path / "out")) == {
        "changelog_entry.yaml",
        "credit.yaml",
        "language.yaml",
        "link.yaml",
        "person.yaml",
        "product.yaml",
        "kind.yaml",
        "project.yaml",
        "project_kind.yaml",
    }


def test_a_file_reads_as_a_person_would_write_it(tmp_path):
    make_project(need="Tests need machines.\n\nMany of them.", status_as_of=date(2024, 5, 1))
    make_project("Ünïcode", slug="unicode", tagline="It says: “Grüße”.", is_featured=True)
    Project.objects.update(updated_at=A_MOMENT)
    export(tmp_path)
    assert (
        (tmp_path / "project.yaml").read_text()
        == """\
- model: projects.project
  fields:
    name: Ünïcode
    slug: unicode
    tagline: 'It says: “Grüße”.'
    status: active
    status_as_of: 2024-01-01
    state: published
    published_at: 2024-01-01 09:00:00+00:00
    is_featured: true
    updated_at: 2024-01-01 09:00:00+00:00

- model: projects.project
  fields:
    name: Virter
    slug: virter
    tagline: Makes virtual machines.
    need: |-
      Tests need machines.

      Many of them.
    status: active
    status_as_of: 2024-05-01
    state: published
    published_at: 2024-01-01 09:00:00+00:00
    updated_at: 2024-01-01 09:00:00+00:00
"""
    )


def test_keys_and_lists_of_keys_are_short_and_sorted(tmp_path):
    product = Product.objects.create(name="LINSTOR", slug="linstor", tagline="Manages storage.")
    for name in ("Rust", "Go", "C++"):
        slug = name.lower().replace("+", "p")
        product.languages.create(name=name, slug=slug)
    export(tmp_path)
    assert (
        "    languages:\n    - [cpp]\n    - [go]\n    - [rust]\n"
        in (tmp_path / "product.yaml").read_text()
    )


def test_drafts_go_out_and_enquiries_do_not(tmp_path):
    make_draft("Secret")
    Enquiry.objects.create(message="Who made it?", consented_at=A_MOMENT)
    export(tmp_path)
    assert set(written(tmp_path)) == {"project.yaml"}


def test_what_went_out_comes_in_the_same(tmp_path):
    load(tmp_path, SOUND)
    make_page(body="A line.  \nAnother,\tand\r\nmore of “them” 🎈\n\n", summary="a: b # c")
    make_tag("C++", description="- no list\n", aliases="yes\n1.10")
    before = everything()
    export(tmp_path / "out")
    call_command("loaddata", *(tmp_path / "out").iterdir(), verbosity=0)
    assert everything() == before


def test_a_second_export_touches_nothing(tmp_path, capsys):
    make_person()
    export(tmp_path)
    assert "person.yaml" in capsys.readouterr().out
    before = (tmp_path / "person.yaml").stat()
    export(tmp_path)
    assert "The files say what the database says." in capsys.readouterr().out
    assert (tmp_path / "person.yaml").stat().st_mtime_ns == before.st_mtime_ns


def test_only_files_that_change_are_written_and_named(tmp_path, capsys):
    person = make_person()
    make_project()
    export(tmp_path)
    capsys.readouterr()
    Person.objects.filter(pk=person.pk).update(bio="Wrote it.")
    export(tmp_path)
    assert re.fullmatch(r"Wrote .*person\.yaml\.\n", capsys.readouterr().out)


def test_the_file_of_a_model_without_rows_goes(tmp_path, capsys):
    make_person()
    make_project()
    export(tmp_path)
    Person.objects.all().delete()
    export(tmp_path)
    assert set(written(tmp_path)) == {"project.yaml"}
    assert "there are no rows for it" in capsys.readouterr().out


def test_other_files_are_left_alone(tmp_path):
    (tmp_path / "site.env").write_text("SITE_NAME=Ours\n")
    make_person()
    export(tmp_path)
    assert written(tmp_path)["site.env"] == "SITE_NAME=Ours\n"


def test_an_empty_catalogue_overwrites_nothing(tmp_path):
    (tmp_path / "person.yaml").write_text("[]\n")
    with pytest.raises(CommandError, match="has no rows"):
        export(tmp_path)
    assert written(tmp_path) == {"person.yaml": "[]\n"}


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    make_person()
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match=r"file: File exists\.$"):
        export(tmp_path / "file")


class TestCheck:
    def test_is_quiet_when_nothing_differs(self, tmp_path, capsys):
        make_person()
        export(tmp_path)
        export(tmp_path, check=True)
        assert "The files say what the database says." in capsys.readouterr().out

    def test_names_what_differs_and_writes_nothing(self, tmp_path):
        make_person()
        make_project()
        make_page()
        export(tmp_path)
        before = written(tmp_path)
        Project.objects.update(tagline="Makes them quickly.")
        Page.objects.all().delete()
        make_tag()
        with pytest.raises(CommandError) as error:
            export(tmp_path, check=True)
        names = re.findall(r"\w+\.yaml", str(error.value))
        assert names == ["tag.yaml", "project.yaml", "page.yaml"]
        assert written(tmp_path) == before


def test_every_natural_key_is_found_again(tmp_path):
    """What a file says about a row is enough to find the row."""
    load(tmp_path, SOUND)
    for model in catalogue.MODELS:
        for row in catalogue.rows(model):
            assert model._default_manager.get_by_natural_key(*row.natural_key()) == row


def test_what_a_row_has_by_itself_is_left_out():
    language = Language(name="Rust", slug="rust")
    tag = Tag(name="Storage", slug="storage", updated_at=A_MOMENT)
    for row in (language, tag):
        text = serialize("yaml", [row], use_natural_primary_keys=True)
        assert "pk:" not in text
        assert "''" not in text
