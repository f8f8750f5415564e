"""What goes out as a table or a choice of rows comes in the same, and no spreadsheet runs it."""

import csv
import io

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.models import Person
from projects.models import Language, Project, ProjectKind, Tag
from showcase.exchange import read
from showcase.exchange.columns import bare, joined, separated, shielded
from showcase.exchange.writing import as_csv, as_yaml

from ..catalogue import add_more, make_catalogue, relate
from ..commands.samples import everything, load
from ..factories import make_draft, make_kind, make_person, make_product, make_project, make_tag
from .samples import save, stated


def make_sound_catalogue():
    """Make a catalogue in which each public entry is complete."""
    make_catalogue()
    kind = make_kind()
    for project in Project.objects.filter(kind_items=None):
        ProjectKind.objects.create(project=project, kind=kind)


def table(model):
    """Return the rows of a table as a spreadsheet shows them."""
    text = as_csv(model.objects.all()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def without_moments(rows):
    """Return all rows but the moments of their last change, which no table has."""
    return {
        label: [{name: row[name] for name in row if name != "updated_at"} for row in of_model]
        for label, of_model in rows.items()
    }


@pytest.mark.django_db
class TestRoundTrip:
    def test_tables_change_nothing_of_what_they_were_made_of(self):
        make_sound_catalogue()
        make_draft(tagline="=1+1", need='A line.\n\n- Another,\t“quoted” "so".\n')
        before = without_moments(everything())
        for model in (Project, Person):
            save(read("table.csv", as_csv(model.objects.all())))
        assert without_moments(everything()) == before

    @pytest.mark.parametrize("model", [Project, Person])
    def test_a_table_that_was_read_is_written_the_same(self, model):
        make_sound_catalogue()
        before = as_csv(model.objects.all())
        children = {"projects.project": ["kind_items", "language_items", "tag_items"]}
        for row in model.objects.all():
            for name in children.get(model._meta.label_lower, ["aliases", "handles"]):
                getattr(row, name).all().delete()
        model.objects.update(name="Another")
        save(read("table.csv", before))
        assert as_csv(model.objects.all()) == before

    def test_a_choice_of_entries_takes_along_what_hangs_on_them(self, tmp_path):
        make_sound_catalogue()
        relate(make_draft("Kept"), "uses", make_product("Not chosen"))
        before = everything()
        chosen = Project.objects.exclude(slug="kept")
        content = as_yaml(chosen)
        assert b"kept" not in content
        Project.objects.filter(slug="virter").update(tagline="Another.")
        Project.objects.get(slug="other-1").links.all().delete()
        load(tmp_path, content)
        assert without_numbers(everything()) == without_numbers(before)


def without_numbers(rows):
    """Return the rows without the numbers that the database gives to new ones."""
    return {
        label: sorted(str({name: row[name] for name in row if name != "id"}) for row in of_model)
        for label, of_model in rows.items()
    }


@pytest.mark.django_db
class TestTable:
    def test_has_a_row_for_each_project_in_the_order_of_slugs(self):
        make_project("Zebra")
        make_draft("Ant")
        assert [row["name"] for row in table(Project)] == ["Ant", "Zebra"]

    def test_names_words_and_links_in_their_cells(self):
        make_catalogue()
        virter = next(row for row in table(Project) if row["slug"] == "virter")
        assert virter["kinds"] == "kind Virter 1"
        assert virter["tags"] == "Storage; Tag Virter 1"
        assert virter["source_url"] == "https://example.org/virter/1/source"
        assert virter["successor"] == "successor"
        assert virter["is_featured"] == "true"

    def test_a_word_whose_slug_is_not_its_name_is_named_by_the_slug(self):
        project = make_project()
        project.tags.add(make_tag("Kubernetes", slug="k8s"))
        [row] = table(Project)
        assert row["tags"] == "k8s"
        reading = read("table.csv", as_csv(Project.objects.all()))
        assert {"content_object": ["virter"], "tag": ["k8s"]} in [
            record.fields for record in reading.records
        ]

    def test_no_cell_is_a_formula(self):
        make_project(tagline='=HYPERLINK("https://example.org")', need="+1", status_note="@SUM(1)")
        make_person("-2+3", slug="minus", bio="\t=1")
        cells = [
            cell for model in (Project, Person) for row in table(model) for cell in row.values()
        ]
        assert [cell for cell in cells if cell[:1] in set("=+-@\t\r")] == []
        assert "'=HYPERLINK" in table(Project)[0]["tagline"]

    @pytest.mark.parametrize("model", [Project, Person])
    def test_takes_no_more_queries_for_more_rows(self, model):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                as_csv(model.objects.all())
            return len(captured)

        catalogue = make_catalogue()
        before = queries()
        add_more(catalogue, 2)
        assert queries() == before

    def test_of_nothing_is_nothing(self):
        assert as_csv(Project.objects.none()) == b""


@given(text=st.text())
def test_a_cell_is_what_it_was(text):
    assert bare(shielded(text)) == text
    assert shielded(text)[:1] not in set("=+-@\t\r")


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(names=st.lists(NAMES))
def test_several_names_in_a_cell_are_what_they_were(names):
    assert separated(joined(names)) == names


@pytest.mark.django_db
class TestCommand:
    def test_writes_a_table_of_projects_and_one_of_people(self, tmp_path):
        make_catalogue()
        call_command("export_catalogue", output=tmp_path, form="csv", verbosity=0)
        assert {file.name for file in tmp_path.iterdir()} == {"project.csv", "person.csv"}
        reading = read("project.csv", (tmp_path / "project.csv").read_bytes())
        assert len(stated(reading, Project)) == Project.objects.count()

    def test_tells_whether_the_tables_are_up_to_date(self, tmp_path):
        make_project()
        call_command("export_catalogue", output=tmp_path, form="csv", verbosity=0)
        call_command("export_catalogue", output=tmp_path, form="csv", check=True, verbosity=0)
        Project.objects.update(tagline="Another.")
        with pytest.raises(CommandError, match=r"project\.csv"):
            call_command("export_catalogue", output=tmp_path, form="csv", check=True, verbosity=0)

    def test_leaves_fixtures_alone(self, tmp_path):
        make_project()
        (tmp_path / "project.yaml").write_text("[]\n")
        call_command("export_catalogue", output=tmp_path, form="csv", verbosity=0)
        assert (tmp_path / "project.yaml").read_text() == "[]\n"


@pytest.mark.django_db
def test_words_go_out_by_themselves():
    make_kind()
    project = make_project()
    project.tags.add(make_tag())
    Language.objects.create(name="Go", slug="go")
    reading = read("tag.yaml", as_yaml(Tag.objects.all()))
    assert [record.model for record in reading.records] == [Tag]
