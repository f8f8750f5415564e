"""What files of other formats say becomes records, and nothing is made up."""

from datetime import date

import pytest

from people.models import Alias, Handle, Person, PersonLink
from projects.models import (
    Credit,
    Kind,
    Language,
    Link,
    Project,
    ProjectKind,
    ProjectLanguage,
    Release,
    Tag,
    TaggedProject,
)
from showcase.exchange import read
from tests.factories import make_kind, make_person, make_tag

from .samples import (
    CITATION,
    CODEMETA,
    FILES,
    LANDSCAPE,
    PEOPLE,
    PROJECTS,
    PUBLICCODE,
    TODAY,
    reading_of,
    save,
    stated,
)


def addresses(reading):
    return {fields["role"]: fields["url"] for fields in stated(reading, Link)}


def names(reading, model):
    return [fields["name"] for fields in stated(reading, model)]


class TestPubliccode:
    @pytest.fixture
    def reading(self):
        return reading_of(PUBLICCODE, "publiccode.yml")

    def test_says_what_the_project_is(self, reading):
        [project] = stated(reading, Project)
        assert project == {
            "name": "Medusa",
            "slug": "medusa",
            "tagline": "Writes reports on public money.",
            "description": (
                "Very long description of this software, also split\non multiple rows.\n\n"
                "It has two paragraphs."
            ),
            "capabilities": "Adds numbers up\nDraws charts",
            "requirements": "PostgreSQL 14.2\nRedis",
            "licence": "AGPL-3.0-or-later",
            "status": "released",
            "status_as_of": date(2024, 4, 15),
            "status_note": "publiccode.yml says “stable”.",
        }

    def test_says_by_which_words_it_is_found(self, reading):
        assert names(reading, Kind) == ["web application"]
        assert names(reading, Tag) == ["financial-reporting", "budgeting"]

    def test_says_where_to_go_and_whom_to_ask(self, reading):
        assert addresses(reading) == {
            "home": "https://example.com/italia/medusa",
            "source": "https://example.com/italia/medusa.git",
            "documentation": "https://read.example.com/medusa",
        }
        assert names(reading, Person) == ["Francesco Rossi"]
        assert stated(reading, Credit)[0]["role"] == "maintainer"

    def test_what_is_null_is_not_said(self):
        text = PUBLICCODE.replace("https://example.com/italia/medusa\n", "null\n")
        assert "home" not in addresses(reading_of(text, "publiccode.yml"))

    def test_a_version_is_no_number(self, reading):
        [release] = stated(reading, Release)
        assert release["version"] == "1.10"


class TestCodemeta:
    @pytest.fixture
    def reading(self):
        return reading_of(CODEMETA, "codemeta.json")

    def test_says_what_the_project_is(self, reading):
        [project] = stated(reading, Project)
        assert project["tagline"] == "Writes codemeta.json. It runs in the browser."
        assert project["licence"] == "AGPL-3.0-only"
        assert project["first_released_on"] == date(2019, 10, 2)
        assert project["requirements"] == "A browser"

    def test_says_its_status_and_since_when(self, reading):
        [project] = stated(reading, Project)
        assert project["status"] == "dormant"
        assert project["status_as_of"] == date(2024, 5, 1)
        assert project["status_note"] == "codemeta.json says “inactive”."

    def test_says_by_which_words_it_is_found(self, reading):
        assert stated(reading, Language) == [
            {"name": "C++", "slug": "c-plus-plus"},
            {"name": "Shell", "slug": "shell"},
        ]
        assert [fields["order"] for fields in stated(reading, ProjectLanguage)] == [0, 1]
        assert names(reading, Tag) == ["metadata", "JSON-LD"]

    def test_says_where_to_go(self, reading):
        assert addresses(reading) == {
            "home": "https://codemeta.github.io/codemeta-generator/",
            "source": "https://github.com/codemeta/codemeta-generator",
            "documentation": "https://codemeta.github.io/help",
            "discussion": "https://github.com/codemeta/codemeta-generator/issues",
        }

    def test_credits_people_once_in_each_role(self, reading):
        assert names(reading, Person) == ["Morane Gruenpeter", "Valentin Lorentz"]
        credited = [(fields["person"], fields["role"]) for fields in stated(reading, Credit)]
        assert credited == [
            (["morane-gruenpeter"], "author"),
            (["valentin-lorentz"], "author"),
            (["morane-gruenpeter"], "maintainer"),
        ]
        [link] = stated(reading, PersonLink)
        assert link["url"] == "https://orcid.org/0000-0002-1825-0097"

    def test_of_several_licences_nothing_says_how_they_belong_together(self):
        text = '{"name": "A", "license": ["MIT", {"name": "Apache-2.0"}]}'
        [project] = stated(reading_of(text, "codemeta.json"), Project)
        assert project["licence"] == ""
        assert project["licence_certainty"] == "unclear"
        assert project["licence_note"] == "The imported file says “MIT, Apache-2.0”."

    def test_a_name_is_enough(self):
        [project] = stated(reading_of('{"name": "A thing"}', "codemeta.json"), Project)
        assert project["tagline"] == "A thing"
        assert project["status"] == "active"
        assert project["status_as_of"] == TODAY
        assert project["status_note"] == "Assumed: codemeta.json states none."


class TestCitation:
    @pytest.fixture
    def reading(self):
        return reading_of(CITATION, "CITATION.cff")

    def test_says_what_the_project_is(self, reading):
        [project] = stated(reading, Project)
        assert project["name"] == "Ruby CFF Library"
        assert project["licence"] == "Apache-2.0 OR MIT"
        assert project["status_as_of"] == date(2024, 2, 3)

    def test_credits_people_and_names_organisations(self, reading):
        assert names(reading, Person) == ["Robert van Haines"]
        [project] = stated(reading, Project)
        assert project["credits_note"] == (
            "Named as authors, too: The Ruby Citation File Format Developers."
        )

    def test_says_where_to_go_and_what_came_out(self, reading):
        assert set(addresses(reading)) == {"home", "source"}
        [release] = stated(reading, Release)
        assert (release["version"], release["date"]) == ("1.10", date(2024, 2, 3))


class TestLandscape:
    @pytest.fixture
    def reading(self):
        return reading_of(LANDSCAPE, "landscape.yml")

    def test_each_item_is_a_project(self, reading):
        assert names(reading, Project) == ["Airship", "Ansible"]
        airship, ansible = stated(reading, Project)
        assert airship["tagline"].endswith("declared beforehand and can be repeated.")
        assert airship["status"] == "discontinued"
        assert ansible["status"] == "active"

    def test_categories_are_tags(self, reading):
        assert names(reading, Tag) == ["Provisioning", "Automation & Configuration"]
        assert stated(reading, TaggedProject)[-1] == {
            "content_object": ["ansible"],
            "tag": ["automation-configuration"],
        }

    def test_a_licence_that_is_none_is_quoted(self, reading):
        ansible = stated(reading, Project)[1]
        assert ansible["licence"] == ""
        assert ansible["licence_certainty"] == "unverified"
        assert ansible["licence_note"] == "The imported file says “GNU General Public License”."

    def test_records_know_on_which_line_they_are_stated(self, reading):
        ansible = next(record for record in reading.records if "Ansible" in str(record.fields))
        assert ansible.place() == "landscape.yml, line 24, record 2"

    def test_an_item_may_belong_to_several_categories(self):
        more = "            additional_categories: [{category: Runtime, subcategory: Edge}]\n"
        text = LANDSCAPE.replace("            logo: airship.svg\n", more)
        assert names(reading_of(text, "landscape.yml"), Tag)[:4] == [
            "Provisioning",
            "Automation & Configuration",
            "Runtime",
            "Edge",
        ]


class TestTables:
    def test_a_row_is_a_project(self):
        virter, cat_file = stated(reading_of(PROJECTS, "projects.csv"), Project)
        assert virter["slug"] == "virter"
        assert virter["licence"] == "MIT"
        assert virter["is_featured"] is True
        assert virter["status_as_of"] == date(2024, 1, 1)
        assert cat_file["slug"] == "cat-file"
        assert cat_file["status_as_of"] == TODAY

    def test_a_cell_may_hold_several_names(self):
        reading = reading_of(PROJECTS, "projects.csv")
        assert names(reading, Language) == ["Go", "Shell"]
        assert names(reading, Tag) == ["storage", "qemu"]
        assert stated(reading, ProjectKind) == [
            {"project": ["virter"], "kind": ["command-line-tool"], "order": 0}
        ]

    def test_an_empty_cell_empties_and_a_missing_column_says_nothing(self):
        cat_file = stated(reading_of(PROJECTS, "projects.csv"), Project)[1]
        assert cat_file["licence"] == ""
        assert "is_featured" not in cat_file
        assert "need" not in cat_file

    def test_a_row_is_a_person(self):
        reading = reading_of(PEOPLE, "people.csv")
        assert names(reading, Person) == ["Moritz Wanzenböck", "Ärnst O'Neill"]
        assert names(reading, Alias) == ["WanzenBug"]
        assert stated(reading, Handle) == [
            {"person": ["moritz-wanzenbock"], "service": "github", "name": "WanzenBug"}
        ]

    @pytest.mark.parametrize("separator", [";", "\t"])
    def test_spreadsheets_of_any_country_are_read(self, separator):
        text = PEOPLE.replace(",", separator).replace("\n", "\r\n")
        reading = reading_of(f"\r\n{text}".encode("utf-8-sig"), "people.csv")
        assert stated(reading, Person) == stated(reading_of(PEOPLE, "people.csv"), Person)

    def test_rows_without_a_word_are_passed_over(self):
        reading = reading_of("\n" + PEOPLE + ",,,,,\n\n", "people.csv")
        assert len(stated(reading, Person)) == 2


@pytest.mark.parametrize(
    ("name", "content", "origin"),
    [
        ("publiccode.yaml", "name: A\n", "publiccode publiccode.yaml"),
        ("some.yml", PUBLICCODE, "publiccode some.yml"),
        ("some.yml", f"# A comment\n{CITATION}", "CITATION some.yml"),
        ("CITATION.CFF", "title: A\n", "CITATION CITATION.CFF"),
        ("a/b/cncf.yaml", LANDSCAPE, "landscape cncf.yaml"),
        ("some.JSON", CODEMETA, "codemeta some.JSON"),
        ("PEOPLE.CSV", PEOPLE, "CSV PEOPLE.CSV"),
        ("publiccode.yml", "- model: projects.tag\n  fields: {}\n", "fixture publiccode.yml"),
        ("kind.json", "[]", "fixture kind.json"),
    ],
)
def test_a_format_is_known_by_what_a_file_says_or_how_it_is_called(name, content, origin):
    assert reading_of(content, name).origin == origin


def test_only_a_list_tells_what_has_gone():
    lists = {name: reading_of(text, name).is_list for name, text in FILES.items()}
    assert {name for name, is_list in lists.items() if is_list} == {
        "landscape.yml",
        "projects.csv",
        "people.csv",
    }


def test_only_fixtures_leave_out_what_has_its_default():
    text = b"- model: projects.tag\n  fields: {name: Storage, slug: storage}\n"
    assert read("tag.yaml", text).leaves_out_defaults
    assert not any(reading_of(text, name).leaves_out_defaults for name, text in FILES.items())


@pytest.mark.parametrize("name", FILES)
def test_no_mail_address_of_anybody_is_taken_over(name):
    reading = reading_of(FILES[name], name)
    assert not [record.fields for record in reading.records if "@" in str(record.fields)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", FILES)
def test_what_a_file_says_fits_into_the_catalogue_as_drafts(name):
    save(reading_of(FILES[name], name))
    assert Project.objects.exists() or Person.objects.exists()
    assert not Project.objects.published().exists()


@pytest.mark.django_db
def test_people_whom_a_project_names_get_no_page_by_that():
    save(reading_of(CITATION, "CITATION.cff"))
    assert not Person.objects.listed().exists()


@pytest.mark.django_db
def test_what_is_there_already_is_only_pointed_to():
    person = make_person("Francesco Rossi", headline="Developer")
    tag = make_tag("Budgets", slug="budgeting")
    kind = make_kind("web application", plural="web applications")
    save(reading_of(PUBLICCODE, "publiccode.yml"))
    for row in (person, tag, kind):
        row.refresh_from_db()
    assert person.headline == "Developer"
    assert person.is_listed
    assert tag.name == "Budgets"
    assert kind.plural == "web applications"
    assert tag.items.get().content_object.slug == "medusa"
