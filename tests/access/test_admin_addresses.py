"""Nobody gets anything out of the admin who has no business there: every address, every method."""

import re
from itertools import product

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver

import pytest
from reversion.models import Version

from people.documents.revisions import keep, revision
from projects.models import Project
from tests.catalogue import make_catalogue
from tests.factories import make_draft

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "Ä"]
NOTHING = {302, 403, 404, 405}
# The ways in and out are there for everybody, and tell nothing.
LOGIN, LOGOUT = DOORS = "/admin/login/", "/admin/logout/"
# Words of the catalogue, of a draft and of an account.
SECRETS = ("Virter", "virtual machines", "Zanzibar", "boss@example.org", "quokka 1")
# What every member of staff may open, whatever else they may.
OF_STAFF = {"/admin/", "/admin/jsi18n/", "/admin/password_change/", "/admin/password_change/done/"}
# Their own working copies, of which they have none.
OF_STAFF |= {"/admin/projects/", "/admin/projects/workingcopy/"}


@pytest.fixture
def addresses():
    """Every address of the admin, with the number of something that is there."""
    catalogue = make_catalogue()
    draft = make_draft("Zanzibar")
    boss = User.objects.create_superuser("boss", "boss@example.org")
    with revision(boss, "Why", catalogue.project):
        keep(catalogue.project, draft)
    return sorted(set(filled(get_resolver().url_patterns)) - set(DOORS))


def filled(patterns, prefix=""):
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if address.startswith("admin/"):
                yield from with_numbers(address)
        elif f"{address}admin/".startswith("admin/"):
            yield from filled(pattern.url_patterns, address)


def with_numbers(address):
    if "(?P<app_label>" in address:
        labels = {model._meta.app_label for model in admin.site._registry}
        yield from (f"/admin/{label}/" for label in labels)
    elif "(?P<url>" in address:
        yield "/admin/nothing/"
    else:
        kind, version = ContentType.objects.get_for_model(Project), Version.objects.first()
        numbers = {"path:content_type_id": kind.pk, "int:version": version.pk}
        number = a_number_of(address)
        yield "/" + re.sub("<(.+?)>", lambda name: str(numbers.get(name[1], number)), address)


def a_number_of(address):
    for model in admin.site._registry:
        if address.startswith(f"admin/{model._meta.app_label}/{model._meta.model_name}/"):
            return model._base_manager.values_list("pk", flat=True).first() or 1
    return Project.objects.values_list("pk", flat=True).first()


def test_walk_comes_by_everything(addresses):
    assert not [address for address in addresses if "<" in address or "(" in address]
    for model in admin.site._registry:
        app, name = model._meta.app_label, model._meta.model_name
        assert f"/admin/{app}/{name}/" in addresses
        assert any(
            address.startswith(f"/admin/{app}/{name}/") and address.endswith("/change/")
            for address in addresses
        )


def test_visitors_and_users_who_are_no_staff_get_nothing_by_any_method(addresses, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    visitor, user = Client(), Client()
    user.force_login(User.objects.create_user("visitor"))
    for client, address, method in product((visitor, user), addresses, METHODS):
        answer = client.generic(method, address)
        assert answer.status_code in NOTHING, (method, address, answer.status_code)
        if answer.status_code == 302:
            assert answer["Location"].startswith(LOGIN), (method, address)
        assert not told(answer), (method, address)


def test_ways_in_and_out_tell_nothing(addresses, client):
    for method, address in product(METHODS, DOORS):
        answer = client.generic(method, address)
        assert answer.status_code in {200, 302, 405}, (method, address)
        assert not told(answer), (method, address)


def test_staff_who_may_do_nothing_read_nothing(addresses, client):
    client.force_login(User.objects.create_user("colleague", is_staff=True))
    for method, address in product(("GET", "POST"), addresses):
        answer = client.generic(method, address)
        is_open = address in OF_STAFF and answer.status_code == 200
        assert is_open or answer.status_code in NOTHING, (
            method,
            address,
            answer.status_code,
        )
        assert not told(answer), (method, address)


def test_number_of_a_draft_does_not_lead_staff_to_its_name(client):
    draft, kind = make_draft("Zanzibar"), ContentType.objects.get_for_model(Project)
    client.force_login(User.objects.create_user("colleague", is_staff=True))
    answer = client.get(f"/admin/r/{kind.pk}/{draft.pk}/")
    assert answer.status_code == 404
    assert not told(answer)


def test_no_editor_touches_accounts_groups_or_sign_ins(addresses, client):
    user = User.objects.create_user("colleague", is_staff=True)
    client.force_login(user)
    own = [address for address in addresses if address.startswith(("/admin/auth/", "/admin/axes/"))]
    for group in ("author", "contributor", "editor", "publisher"):
        user.groups.set([Group.objects.get(name=group)])
        for method, address in product(("GET", "POST"), own):
            answer = client.generic(method, address)
            assert answer.status_code in NOTHING, (group, method, address)


def told(answer):
    """Return what an answer tells of what is in the database."""
    return [secret for secret in SECRETS if secret in answer.text]
