"""Editors see what was found, go to what states it, and have some of it checked again."""

from html import unescape

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.formats import date_format

import pytest

from projects.models import Link
from showcase.links import admin as link_admin
from showcase.models import LinkCheck
from tests.factories import A_MOMENT, make_project

from .sites import PatientStop, local_network, silent

pytestmark = pytest.mark.django_db

LIST = reverse("admin:showcase_linkcheck_changelist")


@pytest.fixture(autouse=True)
def local(monkeypatch):
    monkeypatch.setattr(link_admin, "Network", lambda timeout: local_network(timeout=0.2))
    monkeypatch.setattr(link_admin, "Event", PatientStop)


@pytest.fixture
def broken(site):
    project = make_project()
    project.links.create(role="home", label="Home", url=site.url("/gone"))
    return make_check(site.url("/gone"), state="broken", failures=2, first_failed_at=A_MOMENT)


def make_check(url, **fields):
    defaults = {"state": "ok", "checked_at": A_MOMENT}
    return LinkCheck.objects.create(url=url, **defaults | fields)


def check_again(client, checks):
    selected = [check.pk for check in checks]
    values = {"action": "check_again", "_selected_action": selected}
    return unescape(client.post(LIST, values, follow=True).content.decode())


def test_the_list_says_where_an_address_is_used(broken, admin_client):
    page = admin_client.get(LIST).content.decode()
    form_url = reverse("admin:projects_link_change", args=[Link.objects.get().pk])
    assert f'<a href="{form_url}#id_url">Virter, link “Home”: address</a>' in page
    assert f'<td class="field-since nowrap">{date_format(A_MOMENT.date())}</td>' in page


def test_the_list_is_narrowed_by_what_was_found(broken, admin_client):
    make_check("https://example.org/")
    response = admin_client.get(LIST, {"state__exact": "broken"})
    assert list(response.context["cl"].result_list) == [broken]


def test_an_address_that_nothing_states_says_so(admin_client):
    check = make_check("https://example.org/")
    change = reverse("admin:showcase_linkcheck_change", args=[check.pk])
    for page in (LIST, change):
        assert "nothing any more" in admin_client.get(page).content.decode()


def test_nobody_writes_a_finding_by_hand(broken, admin_client):
    for page in ("change", "delete"):
        url = reverse(f"admin:showcase_linkcheck_{page}", args=[broken.pk])
        assert admin_client.post(url, {"state": "ok"}).status_code == 403
    assert admin_client.get(reverse("admin:showcase_linkcheck_add")).status_code == 403
    broken.refresh_from_db()
    assert broken.state == "broken"


def test_an_address_is_checked_again(broken, site, admin_client):
    assert "Checked again: 1." in check_again(admin_client, [broken])
    broken.refresh_from_db()
    assert (broken.state, broken.detail) == ("ok", "It answers.")


def test_only_some_are_checked_while_an_editor_waits(site, admin_client):
    checks = [make_check(site.url(f"/{number}")) for number in range(21)]
    assert "Choose at most 20 addresses" in check_again(admin_client, checks)
    assert site.asked == []


def test_an_editor_does_not_wait_for_ever(site, admin_client, monkeypatch):
    monkeypatch.setattr(link_admin, "TIME_MAX", 0)
    site.answer("/silent", silent)
    check = make_check(site.url("/silent"))
    assert "Checked 0 of 1; the others take longer" in check_again(admin_client, [check])


def test_editors_may_have_addresses_checked(django_user_model):
    for name, may in (("contributor", False), ("editor", True), ("administrator", True)):
        user = django_user_model.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
        assert user.has_perms(["showcase.view_linkcheck", "showcase.check_linkcheck"]) is may


def test_who_may_look_may_not_have_anything_asked(broken, site, client, django_user_model):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_linkcheck"))
    client.force_login(user)
    page = client.get(LIST)
    assert page.status_code == 200
    assert "check_again" not in page.content.decode()
    check_again(client, [broken])
    assert site.asked == []
    user.user_permissions.add(Permission.objects.get(codename="check_linkcheck"))
    assert "Checked again: 1." in check_again(client, [broken])
