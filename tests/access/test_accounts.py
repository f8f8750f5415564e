"""Administrators who are no superusers make none, and do not become one."""

from django.contrib.auth.models import Group, User

import pytest

from tests.admin.forms import AdminForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = User.objects.create_user("administrator", is_staff=True)
    user.groups.add(Group.objects.get(name="administrator"))
    client.force_login(user)
    return user


def address(user, page="change"):
    return f"/admin/auth/user/{user.pk}/{page}/"


def test_nobody_makes_themselves_a_superuser(administrator, client):
    form = AdminForm(client, address(administrator))
    assert "is_superuser" not in form.values
    assert form.send(is_superuser="on", first_name="Zoë").status_code == 302
    administrator.refresh_from_db()
    assert (administrator.first_name, administrator.is_superuser) == ("Zoë", False)


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_superuser_is_changed_by_superusers_alone(page, administrator, client, admin_client):
    boss = User.objects.get(username="admin")
    new = {"password1": "wombat-wombat", "password2": "wombat-wombat", "post": "yes"}
    before = User.objects.filter(pk=boss.pk).values().get()
    assert client.post(address(boss, page), new).status_code == 403
    assert User.objects.filter(pk=boss.pk).values().get() == before
    assert admin_client.get(address(administrator, page)).status_code == 200


def test_superuser_is_not_deleted_among_others(administrator, client, admin_user):
    chosen = {"action": "delete_selected", "_selected_action": [admin_user.pk], "post": "yes"}
    client.post("/admin/auth/user/", chosen)
    assert User.objects.filter(pk=admin_user.pk).exists()
