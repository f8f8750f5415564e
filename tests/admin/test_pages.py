"""Every page of the admin opens, under the policy, and only for editors."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth.models import Group, Permission
from django.forms import ModelChoiceField
from django.urls import reverse

import pytest
from axes.models import AccessAttempt, AccessLog
from reversion.models import Revision

from projects.models import Project, SearchDocument, SearchWord, Tag, WorkingCopy
from projects.models.generation import Generation
from showcase.models import (
    Distinct,
    Enquiry,
    ImportConflict,
    ImportedRow,
    ImportUpload,
    LinkCheck,
    Merger,
    MissedSearch,
    Sending,
)
from tests.factories import make_draft, make_project, make_tag

from ..catalogue import make_catalogue
from ..pages.test_every_page import POLICY

pytestmark = pytest.mark.django_db

# Made from the rest by the site alone: whoever edited it could only make it wrong.
WORKED_OUT = {Generation, ImportUpload, SearchDocument, SearchWord, Sending}
# Left by imports, and settled by what is done to a list of them.
ONLY_DECIDED = {ImportConflict, ImportedRow}
# These come about elsewhere: on the site, and on the form of what they change.
NOT_ADDED = {Distinct, Enquiry, LinkCheck, Merger, MissedSearch, WorkingCopy} | ONLY_DECIDED
NOT_ADDED |= {AccessAttempt, AccessLog}
# Revisions are read, and taken back: see tests/editing.
EDITED = [model for model in admin.site._registry if model is not Revision]
OURS = [model for model in EDITED if model._meta.app_label != "auth"]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class InlineFinder(HTMLParser):
    """Finds what the policy would block: code in attributes and elements of its own."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        names = {name for name, _ in attributes}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]


@pytest.fixture
def everything():
    Group.objects.create(name="Editors")
    return make_catalogue()


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_page_of_a_model_opens_and_has_nothing_inline(model, everything, admin_client):
    row = model.objects.first()
    pages = [address(model, "changelist")]
    pages += [address(model, page, row.pk) for page in ("change", "history")]
    if model not in ONLY_DECIDED | {AccessLog, LinkCheck, Merger, WorkingCopy}:
        pages.append(address(model, "delete", row.pk))
    if model not in NOT_ADDED:
        pages.append(address(model, "add"))
    for page in pages:
        response = admin_client.get(page)
        assert response.status_code == 200, page
        assert "no-store" in response["Cache-Control"]
        assert response["Content-Security-Policy"] == POLICY
        finder = InlineFinder()
        finder.feed(response.content.decode())
        assert finder.found == [], page


def test_every_model_can_be_edited_unless_the_site_works_it_out():
    rows = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    for app in ("people", "projects", "showcase"):
        for model in apps.get_app_config(app).get_models():
            can_be_edited = model in OURS or model in rows
            assert can_be_edited is (model not in WORKED_OUT), model


def test_tags_are_listed_once():
    assert [model for model in admin.site._registry if model.__name__ == "Tag"] == [Tag]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_relation_is_looked_up_instead_of_listed(model, rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    model_admin = admin.site._registry[model]
    formsets = model_admin.get_formsets_with_inlines(request)
    forms = [model_admin.get_form(request), *(formset.form for formset, _ in formsets)]
    for form in forms:
        for name, field in form.base_fields.items():
            if isinstance(field, ModelChoiceField):
                widget = getattr(field.widget, "widget", field.widget)
                assert isinstance(widget, AutocompleteSelect | AutocompleteSelectMultiple), name


def test_tags_are_rows_and_no_box_of_commas(admin_form):
    names = admin_form(Project).values
    assert "tags" not in names
    assert "tag_items-__prefix__-tag" in names


def test_the_index_names_the_site_and_its_rooms(admin_client, settings):
    page = admin_client.get(reverse("admin:index")).content.decode()
    for words in (settings.SITE_NAME, "Catalogue", "People", "Site"):
        assert words in page


def test_an_enquiry_cannot_be_invented(admin_client):
    assert admin_client.get(address(Enquiry, "add")).status_code == 403


def test_visitors_are_asked_to_log_in(client):
    response = client.get(address(Project, "changelist"), follow=True)
    assert response.redirect_chain == [("/admin/login/?next=/admin/projects/project/", 302)]
    assert "no-store" in response["Cache-Control"]


def test_users_who_are_no_staff_are_asked_to_log_in(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("visitor"))
    response = client.get(address(Project, "changelist"))
    assert response.url.startswith("/admin/login/")


def test_staff_without_the_permission_are_refused(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("colleague", is_staff=True))
    assert client.get(address(Project, "changelist")).status_code == 403


def test_staff_who_may_only_look_see_the_whole_entry(client, django_user_model, everything):
    colleague = django_user_model.objects.create_user("colleague", is_staff=True)
    colleague.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(colleague)
    page = client.get(address(Project, "change", everything.project.pk)).content.decode()
    assert "View project" in page
    assert "Commit 1." in page
    assert "<textarea" not in page


def test_a_published_entry_links_to_its_page(admin_client):
    project = make_project()
    page = admin_client.get(address(Project, "change", project.pk))
    link = re.search(r'href="([^"]+)" class="viewsitelink"', page.content.decode())
    assert link[1] == "/projects/virter/"


@pytest.mark.parametrize("make", [make_draft, make_tag])
def test_what_visitors_cannot_see_has_no_link_to_the_site(make, admin_client):
    row = make()
    page = admin_client.get(address(type(row), "change", row.pk))
    assert "viewsitelink" not in page.content.decode()


def test_long_text_boxes_say_how_much_they_hold(admin_client):
    page = admin_client.get(address(Project, "add")).content.decode()
    assert "One reason per line, in the visitor's words. At most 4,000 characters." in page


def test_fields_in_tables_have_names(admin_client):
    page = admin_client.get(address(Project, "add")).content.decode()
    (field,) = re.findall(r'<input [^>]*name="kind_items-__prefix__-order"[^>]*>', page)
    assert 'aria-label="Order"' in field
    (lookup,) = re.findall(r'<select [^>]*name="kind_items-__prefix__-kind"[^>]*>', page)
    assert 'title="Kind"' in lookup
