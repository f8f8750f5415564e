"""An editor takes a choice of rows along."""

from django.contrib.auth.models import Permission
from django.urls import reverse

import pytest

from people.models import Person
from projects.models import (
    ChangelogEntry,
    Collection,
    Product,
    Project,
    Relation,
    Tag,
    Upstream,
)
from showcase.exchange import read
from showcase.models import Enquiry, Page, Redirect
from tests.catalogue import make_catalogue
from tests.factories import A_MOMENT, make_draft, make_person, make_product, make_project, make_tag

pytestmark = pytest.mark.django_db


def address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def export(client, form, rows):
    data = {"action": f"export_as_{form}", "_selected_action": [row.pk for row in rows]}
    return client.post(address(type(rows[0])), data)


def names(response, file):
    reading = read(file, response.content)
    return [record.fields["name"] for record in reading.records if "name" in record.fields]


def test_the_chosen_entries_come_as_a_table(admin_client):
    chosen = [make_project(), make_draft("Ant")]
    make_project("Left out")
    response = export(admin_client, "csv", chosen)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="projects.csv"'
    assert "no-store" in response["Cache-Control"]
    assert names(response, "projects.csv") == ["Ant", "Virter"]


def test_the_chosen_entries_come_as_a_fixture(admin_client):
    make_project("Left out")
    response = export(admin_client, "yaml", [make_project()])
    assert response["Content-Disposition"] == 'attachment; filename="projects.yaml"'
    assert names(response, "projects.yaml") == ["Virter"]


def test_a_choice_across_pages_of_a_search_is_exported_whole(admin_client):
    for name in ("Virter", "Virtual", "Other"):
        make_project(name, tagline="It is there.")
    data = {"action": "export_as_csv", "_selected_action": [1], "select_across": "1"}
    response = admin_client.post(f"{address(Project)}?q=virt", data)
    assert names(response, "projects.csv") == ["Virter", "Virtual"]


@pytest.mark.parametrize(
    ("make", "form", "file"),
    [
        (make_person, "csv", "people.csv"),
        (make_person, "yaml", "people.yaml"),
        (make_product, "yaml", "products.yaml"),
        (make_tag, "yaml", "tags.yaml"),
    ],
)
def test_so_do_other_things(make, form, file, admin_client):
    row = make()
    response = export(admin_client, form, [row])
    assert response["Content-Disposition"] == f'attachment; filename="{file}"'
    assert names(response, file) == [row.name]


@pytest.mark.parametrize("model", [Upstream, Collection, Relation, ChangelogEntry, Page, Redirect])
def test_everything_of_the_catalogue_can_be_taken_along(model, admin_client):
    make_catalogue()
    rows = list(model.objects.all())
    reading = read("rows.yaml", export(admin_client, "yaml", rows).content)
    assert sum(record.model is model for record in reading.records) == len(rows) > 0


@pytest.mark.parametrize("model", [Product, Tag])
def test_only_projects_and_people_come_as_tables(model, admin_client):
    (make_product if model is Product else make_tag)()
    page = admin_client.get(address(model)).content.decode()
    assert "Export as YAML" in page
    assert "Export as CSV" not in page


def test_what_visitors_wrote_is_not_offered(admin_client):
    Enquiry.objects.create(message="Who made it?", consented_at=A_MOMENT)
    assert "Export as" not in admin_client.get(address(Enquiry)).content.decode()


def test_who_may_change_may_export(client, django_user_model):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_person"))
    client.force_login(user)
    response = export(client, "csv", [make_person()])
    assert names(response, "people.csv") == ["Roland Kammerer"]
    assert export(client, "csv", [make_project()]).status_code == 403
    assert Person.objects.count() == 1
