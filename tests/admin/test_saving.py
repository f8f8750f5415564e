"""What an editor fills in is what the catalogue then has."""

from django.contrib.admin.models import LogEntry
from django.urls import reverse

import pytest

from people.models import Person
from projects.models import (
    Collection,
    Product,
    Project,
    Relation,
    Release,
    Tag,
    Upstream,
)
from showcase.models import Enquiry, Redirect
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_draft,
    make_kind,
    make_language,
    make_page,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import make_catalogue

pytestmark = pytest.mark.django_db

ENTRY = {
    "name": "vmshed",
    "slug": "vmshed",
    "tagline": "Runs tests in many machines.",
    "need": "Tests need machines.",
    "licence": "Apache-2.0",
    "status": "active",
    "status_as_of": "2024-01-01",
    "state": "published",
    "published_at_0": "2024-01-01",
    "published_at_1": "09:00",
}


def fill_complete_entry(form):
    form.fill(**ENTRY)
    form.add_row("kind_items", kind=make_kind().pk)
    form.add_row("language_items", language=make_language().pk)
    form.add_row("tag_items", tag=make_tag().pk)
    form.add_row("credits", person=make_person().pk, role="creator")
    form.add_row("links", role="source", label="Code", url="https://example.org/vmshed")
    form.add_row("relations_from", verb="made-for", object_product=make_product().pk)
    form.add_row("relations_to", verb="uses", subject_project=make_project("Virter").pk)
    work = {"title": "A fix", "state": "merged", "state_as_of": "2024-01-01"}
    form.add_row("contributions", upstream=make_upstream().pk, **work)
    form.add_row("alternatives", name="Vagrant", difference="vmshed runs many at once.")
    form.add_row("releases", version="v0.1.0", date="2024-01-01", notes="The *first* one.")
    form.add_row("milestones", date="2023-01-01", text="First commit.")
    form.add_row("sources", supports="Licence", title="LICENSE", confidence="verified")
    return form


def test_a_complete_entry_is_added_with_one_form(admin_form):
    response = fill_complete_entry(admin_form(Project)).send()
    assert response.url == reverse("admin:projects_project_changelist")
    entry = Project.objects.published().get(slug="vmshed")
    assert [kind.name for kind in entry.kinds.all()] == ["library"]
    assert [language.name for language in entry.languages.all()] == ["Rust"]
    assert [tag.name for tag in entry.tags.all()] == ["Storage"]
    assert [str(row) for row in entry.credits.all()] == ["Roland Kammerer, creator of vmshed"]
    assert [row.url for row in entry.links.all()] == ["https://example.org/vmshed"]
    assert [str(row) for row in entry.relations_from.all()] == ["vmshed made for LINSTOR"]
    assert [str(row) for row in entry.relations_to.all()] == ["Virter uses vmshed"]
    assert [str(row) for row in entry.contributions.all()] == ["A fix (libbpf-rs)"]
    assert [row.name for row in entry.alternatives.all()] == ["Vagrant"]
    assert [str(row) for row in entry.releases.all()] == ["vmshed v0.1.0"]
    assert [row.text for row in entry.milestones.all()] == ["First commit."]
    assert [row.title for row in entry.sources.all()] == ["LICENSE"]


def test_a_full_entry_is_saved_as_it_was_found(admin_form):
    project = make_catalogue().project
    before = [list(model.objects.order_by("pk").values()) for model in (Relation, Release)]
    assert admin_form(project).send().status_code == 302
    assert before == [list(model.objects.order_by("pk").values()) for model in (Relation, Release)]
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_a_row_is_changed_and_another_taken_away(admin_form):
    project = make_project()
    project.kind_items.create(kind=make_kind())
    project.releases.create(version="v1", date=A_DAY)
    project.links.create(role="source", label="Code", url="https://example.org/")
    form = admin_form(project).change_row("releases", version="v2")
    form.change_row("links", DELETE="on")
    assert form.send().status_code == 302
    assert [release.version for release in project.releases.all()] == ["v2"]
    assert not project.links.exists()


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Person, {"name": "Joel Colledge", "slug": "joel-colledge"}),
        (Product, {"name": "DRBD", "slug": "drbd", "tagline": "Mirrors disks."}),
        (Upstream, {"name": "ReactOS", "slug": "reactos", "tagline": "Runs drivers."}),
        (Tag, {"name": "C++"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_an_entry_points_to_is_added_in_a_popup(model, fields, admin_form):
    form = admin_form(model, "?_popup=1&_to_field=id").fill(**fields)
    response = form.send()
    assert response.template_name[-1] == "admin/popup_response.html"
    assert f"&quot;value&quot;: &quot;{model.objects.get().pk}&quot;" in response.rendered_content


def test_an_empty_row_is_passed_over(admin_form):
    form = admin_form(Product).fill(name="DRBD", slug="drbd", tagline="Mirrors disks.")
    assert form.add_row("credits").add_row("links").send().status_code == 302
    assert not Product.objects.get().credits.exists()


def test_a_person_is_saved_with_names_handles_links_and_credits(admin_form):
    form = admin_form(Person).fill(name="Joel Colledge", slug="joel-colledge")
    form.add_row("aliases", name="jcolledge")
    form.add_row("handles", name="JoelColledge")
    form.add_row("links", label="Talk", url="https://example.org/talk")
    form.add_row("credits", project=make_project().pk, role="author")
    assert form.send().status_code == 302
    person = Person.objects.get()
    rows = [person.aliases, person.handles, person.links, person.credits]
    assert [row.count() for row in rows] == [1, 1, 1, 1]


def test_a_contribution_gets_its_steps(admin_form):
    work = make_upstream().contributions.create(
        project=make_project(), title="A fix", state="merged", state_as_of=A_DAY
    )
    work.steps.create(date=A_DAY, text="Opened.")
    form = admin_form(work).add_row("steps", date="2024-02-01", text="Merged.")
    assert form.send().status_code == 302
    assert [step.text for step in work.steps.all()] == ["Opened.", "Merged."]


def test_a_collection_gets_its_projects_in_order(admin_form):
    form = admin_form(Collection).fill(name="Virtual", slug="virtual", tagline="Machines.")
    form.add_row("items", project=make_project("vmshed").pk, order=2)
    form.add_row("items", project=make_project("Virter").pk, order=1)
    assert form.send().status_code == 302
    assert [str(item.project) for item in Collection.objects.get().items.all()] == [
        "Virter",
        "vmshed",
    ]


def test_a_tag_names_its_own_address(admin_form):
    assert admin_form(Tag).fill(name="C++").send().status_code == 302
    assert Tag.objects.get().slug == "c-plus-plus"


def test_an_enquiry_is_answered_but_not_rewritten(admin_form):
    enquiry = Enquiry.objects.create(message="Does it run?", consented_at=A_MOMENT)
    form = admin_form(enquiry).fill(state="answered", answer_note="Yes.", message="No.")
    assert form.send().status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.answer_note) == ("answered", "Yes.")
    assert enquiry.message == "Does it run?"


@pytest.mark.parametrize(
    ("make", "old_path", "new_path"),
    [
        (make_draft, "/projects/secret/", "/projects/renamed/"),
        (make_person, "/people/roland-kammerer/", "/people/renamed/"),
        (make_page, "/about/giving-back/", "/about/renamed/"),
    ],
)
def test_a_new_slug_leaves_a_redirect(make, old_path, new_path, admin_form):
    assert admin_form(make()).fill(slug="renamed").send().status_code == 302
    assert Redirect.objects.get(old_path=old_path).new_path == new_path
