"""What cannot be so is refused in words, on the form, and never by the database."""

import pytest

from people.models import Person
from projects.models import Alternative, Credit, Link, Product, Project, Relation, Release, Tag
from showcase.models import Redirect
from tests.factories import (
    A_DAY,
    make_draft,
    make_kind,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from .test_saving import ENTRY

pytestmark = pytest.mark.django_db

SUBJECT_WANTED = "Choose exactly one of project, product and upstream."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"slug": "2024"}, "with at least one letter, for example “drbd-reactor”."),
        ({"slug": "Virter"}, "Write lower-case letters, digits and single hyphens"),
        ({"licence": "GNU"}, "“GNU” is not an SPDX licence expression"),
        ({"licence": "mit or apache-2.0"}, "Write the licence as “MIT OR Apache-2.0”"),
        ({"first_released_on": "2024-01-02"}, "first release cannot be later than the status."),
        ({"published_at_0": "", "published_at_1": ""}, "needs the moment of its publication."),
        ({"status_as_of": "2024-02-30"}, "Enter a valid date."),
        ({"status": "splendid"}, "Select a valid choice. splendid is not one of the available"),
        ({"capabilities": "x" * 4_001}, "Ensure this value has at most 4000 characters"),
        ({"tagline": "x" * 161}, "Ensure this value has at most 160 characters"),
        ({"need": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_an_entry_is_refused(fields, sentence, admin_form):
    form = admin_form(Project).fill(**ENTRY).add_row("kind_items", kind=make_kind().pk)
    assert sentence in form.fill(**fields).refusal()
    assert not Project.objects.exists()


def test_a_published_entry_without_a_kind_is_refused(admin_form):
    assert "at least one kind, such as “library”." in admin_form(Project).fill(**ENTRY).refusal()


def test_a_draft_may_lack_a_kind(admin_form):
    assert admin_form(Project).fill(**ENTRY | {"state": "draft"}).send().status_code == 302


def test_the_last_kind_of_a_published_entry_cannot_be_taken_away(admin_form):
    project = make_project()
    project.kind_items.create(kind=make_kind())
    form = admin_form(project).change_row("kind_items", DELETE="on")
    assert "at least one kind, such as “library”." in form.refusal()


def test_a_slug_that_is_taken_is_refused(admin_form):
    make_project()
    form = admin_form(Project).fill(**ENTRY | {"slug": "virter", "state": "draft"})
    assert "Project with this Slug already exists." in form.refusal()


def test_an_entry_cannot_succeed_itself(admin_form):
    project = make_draft()
    form = admin_form(project).fill(successor=project.pk)
    assert "An entry cannot be its own successor." in form.refusal()


@pytest.mark.parametrize(
    ("prefix", "row", "sentence"),
    [
        (
            "links",
            {"role": "source", "label": "Code", "url": "https://example.org/"},
            "This address is already linked.",
        ),
        ("releases", {"version": "v1", "date": "2024-01-01"}, "This version is already there."),
        (
            "milestones",
            {"date": "2024-01-01", "text": "First commit."},
            "This milestone is already there.",
        ),
        (
            "sources",
            {"supports": "Licence", "title": "LICENSE", "confidence": "verified"},
            "This source is already given for this statement.",
        ),
        ("alternatives", {"name": "Vagrant", "difference": "Smaller."}, "already exists."),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
class TestARowThatIsThereTwice:
    def test_beside_a_saved_one_is_refused(self, prefix, row, sentence, admin_form):
        project = make_draft()
        admin_form(project).add_row(prefix, **row).send()
        assert getattr(project, prefix).count() == 1
        assert sentence in admin_form(project).add_row(prefix, **row).refusal()

    @pytest.mark.parametrize("is_new", [True, False])
    def test_on_one_form_is_refused(self, is_new, prefix, row, sentence, admin_form):
        form = admin_form(Project if is_new else make_draft())
        form.fill(**ENTRY | {"state": "draft", "published_at_0": "", "published_at_1": ""})
        page = form.add_row(prefix, **row).add_row(prefix, **row).refusal()
        assert sentence in page or "Please correct the duplicate data for name." in page

    def test_may_belong_to_another_entry(self, prefix, row, sentence, admin_form):
        for name in ("Virter", "vmshed"):
            form = admin_form(make_draft(name)).add_row(prefix, **row)
            assert form.send().status_code == 302


@pytest.mark.parametrize(
    ("prefix", "name", "make"),
    [("kind_items", "kind", make_kind), ("tag_items", "tag", make_tag)],
)
def test_a_word_cannot_be_given_twice(prefix, name, make, admin_form):
    row = {name: make().pk}
    project = make_draft()
    form = admin_form(project).add_row(prefix, **row).add_row(prefix, **row)
    assert f"Please correct the duplicate data for {name}." in form.refusal()
    admin_form(project).add_row(prefix, **row).send()
    assert "already exists." in admin_form(project).add_row(prefix, **row).refusal()


@pytest.mark.parametrize("make", [make_draft, make_product])
def test_a_credit_cannot_be_given_twice(make, admin_form):
    row = {"person": make_person().pk, "role": "author"}
    subject = make()
    sentence = "This person already has this role here."
    form = admin_form(subject).add_row("credits", **row).add_row("credits", **row)
    assert sentence in form.refusal()
    admin_form(subject).add_row("credits", **row).send()
    assert sentence in admin_form(subject).add_row("credits", **row).refusal()
    form = admin_form(Person.objects.get())
    assert sentence in form.add_row("credits", **{subject._meta.model_name: subject.pk}).refusal()


def test_a_relation_cannot_be_given_twice_from_either_end(admin_form):
    project, product = make_draft(), make_product()
    row = {"verb": "made-for", "object_product": product.pk}
    sentence = "This relation is already there."
    form = admin_form(project).add_row("relations_from", **row).add_row("relations_from", **row)
    assert sentence in form.refusal()
    admin_form(project).add_row("relations_from", **row).send()
    assert sentence in admin_form(project).add_row("relations_from", **row).refusal()
    row = {"verb": "made-for", "subject_project": project.pk}
    assert sentence in admin_form(product).add_row("relations_to", **row).refusal()


def test_an_alias_cannot_be_given_twice_in_any_case_of_letters(admin_form):
    person = make_person()
    sentence = "This person already has this alias."
    form = admin_form(person).add_row("aliases", name="rck").add_row("aliases", name="RCK")
    assert sentence in form.refusal()
    admin_form(person).add_row("aliases", name="rck").send()
    assert sentence in admin_form(person).add_row("aliases", name="RCK").refusal()


@pytest.mark.parametrize(
    ("prefix", "row", "sentence"),
    [
        ("links", {"role": "source", "label": "", "url": "https://a.example/"}, "is required."),
        ("releases", {"version": "v1", "date": "yesterday"}, "Enter a valid date."),
        ("releases", {"version": "v1"}, "This field is required."),
        ("alternatives", {"name": "x", "difference": "y", "order": "-1"}, "greater than or equal"),
        ("alternatives", {"name": "x", "difference": "y", "order": "1" * 30}, "less than or equal"),
        ("kind_items", {"kind": "999999"}, "That choice is not one of the available choices."),
        ("relations_from", {"verb": "uses"}, "Choose exactly one object"),
        ("relations_to", {"verb": "uses"}, "Choose exactly one subject"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_row_is_refused(is_new, prefix, row, sentence, admin_form):
    form = admin_form(Project if is_new else make_draft())
    form.fill(**ENTRY | {"state": "draft"})
    assert sentence in form.add_row(prefix, **row).refusal()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("javascript:alert(1)", "Write the full address, beginning with https:// or http://"),
        ("www.example.org", "beginning with https://: “https://www.example.org”."),
        ("https://exa mple.org", "Remove spaces, line breaks and backslashes from this address"),
        ("https://localhost/", "Give the name of a site that everybody can reach"),
    ],
)
def test_a_bad_address_is_refused_with_what_to_do(url, sentence, admin_form):
    form = admin_form(make_draft()).add_row("links", role="source", label="Code", url=url)
    page = form.refusal()
    assert sentence in page
    assert "Enter a valid URL." not in page
    assert f'value="{url}"' in page


def test_a_contribution_that_is_not_shipped_names_no_release(admin_form):
    row = {"title": "A fix", "state": "merged", "state_as_of": "2024-01-01", "shipped_in": "1.0"}
    form = admin_form(Project).fill(**ENTRY)
    form.add_row("contributions", upstream=make_upstream().pk, **row)
    assert "Only shipped work names the release that carries it." in form.refusal()


def test_a_credit_ends_after_it_began(admin_form):
    row = {"person": make_person().pk, "started_on": "2024-01-02", "ended_on": "2024-01-01"}
    form = admin_form(make_draft()).add_row("credits", **row)
    assert "The end cannot be before the beginning." in form.refusal()


def test_a_relation_has_one_object(admin_form):
    row = {
        "verb": "uses",
        "object_product": make_product().pk,
        "object_upstream": make_upstream().pk,
    }
    form = admin_form(Project).fill(**ENTRY).add_row("relations_from", **row)
    assert "Choose exactly one object: a project, a product or an upstream." in form.refusal()


def test_nothing_is_related_to_itself(admin_form):
    project = make_draft()
    form = admin_form(project)
    form.add_row("relations_from", verb="uses", object_project=project.pk)
    assert "Nothing is related to itself." in form.refusal()
    form = admin_form(project)
    form.add_row("alternatives", name="x", difference="y", other=project.pk)
    assert "A project is no alternative to itself." in form.refusal()


class TestPartOf:
    """Chart is part of Operator, which is part of Platform."""

    @pytest.fixture
    def parts(self):
        chart, operator, platform = map(make_draft, ("Chart", "Operator", "Platform"))
        for part, whole in ((chart, operator), (operator, platform)):
            Relation.objects.create(subject_project=part, verb="part-of", object_project=whole)
        return chart, platform

    def test_a_circle_is_refused(self, parts, admin_form):
        chart, platform = parts
        form = admin_form(platform)
        form.add_row("relations_from", verb="part-of", object_project=chart.pk)
        assert "Chart is already part of Platform" in form.refusal()

    def test_a_circle_is_refused_from_the_other_end(self, parts, admin_form):
        chart, platform = parts
        form = admin_form(chart)
        form.add_row("relations_to", verb="part-of", subject_project=platform.pk)
        assert "Chart is already part of Platform" in form.refusal()

    def test_a_new_entry_may_have_both_parts_and_a_whole(self, parts, admin_form):
        chart, platform = parts
        form = admin_form(Project).fill(**ENTRY | {"state": "draft"})
        form.add_row("relations_from", verb="part-of", object_project=platform.pk)
        form.add_row("relations_to", verb="part-of", subject_project=chart.pk)
        assert form.send().status_code == 302

    @pytest.mark.parametrize("is_new", [True, False])
    def test_a_circle_within_one_form_is_refused(self, is_new, parts, admin_form):
        chart, platform = parts
        form = admin_form(Project if is_new else make_draft("Other"))
        form.fill(**ENTRY | {"state": "draft"})
        form.add_row("relations_from", verb="part-of", object_project=chart.pk)
        form.add_row("relations_to", verb="part-of", subject_project=platform.pk)
        assert "vmshed cannot be part of Chart and contain Platform." in form.refusal()


def test_an_alternative_has_one_address(admin_form):
    row = {"name": "x", "difference": "y", "other": make_project().pk, "url": "https://a.example/"}
    form = admin_form(make_draft()).add_row("alternatives", **row)
    assert "Give either an entry or an address, not both." in form.refusal()


@pytest.mark.parametrize(
    ("model", "fields", "sentence"),
    [
        (Link, {"role": "source", "label": "x", "url": "https://a.example/"}, SUBJECT_WANTED),
        (Release, {"version": "v1", "date": "2024-01-01"}, SUBJECT_WANTED),
        (Credit, {}, "Choose either a project or a product."),
        (Relation, {"verb": "uses"}, "Choose exactly one subject"),
        (Redirect, {"old_path": "old", "new_path": "/new/"}, "begins with a single slash"),
        (Redirect, {"old_path": "/a/", "new_path": "/a/"}, "An address cannot lead to itself."),
    ],
)
def test_a_row_on_its_own_form_is_refused(model, fields, sentence, admin_form):
    assert sentence in admin_form(model).fill(**fields).refusal()


def test_a_row_is_about_one_thing_only(admin_form):
    form = admin_form(Release).fill(version="v1", date="2024-01-01")
    form.fill(project=make_project().pk, product=make_product().pk)
    assert SUBJECT_WANTED in form.refusal()


def test_a_tag_whose_slug_is_taken_is_refused(admin_form):
    make_tag("C++")
    assert "Tag with this Slug already exists." in admin_form(Tag).fill(name="c++").refusal()


def test_a_person_who_is_credited_cannot_be_deleted(admin_client):
    person = make_person()
    Credit.objects.create(person=person, project=make_project())
    page = admin_client.get(f"/admin/people/person/{person.pk}/delete/")
    assert "would require deleting the following protected related objects" in page.content.decode()


def test_a_release_of_the_same_name_may_belong_to_a_product(admin_form):
    Release.objects.create(project=make_project(), version="v1", date=A_DAY)
    form = admin_form(make_product()).add_row("releases", version="v1", date="2024-01-01")
    assert form.send().status_code == 302
    assert Product.objects.get().releases.count() == 1


def test_an_alternative_on_its_own_form_keeps_the_rules(admin_form):
    project = make_project()
    form = admin_form(Alternative).fill(name="x", difference="y", project=project.pk)
    assert "A project is no alternative to itself." in form.fill(other=project.pk).refusal()
