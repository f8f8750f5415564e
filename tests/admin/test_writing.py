"""Comfort for those who write: previews, hints, licences that are offered, rows that are placed."""

import re
from html import unescape

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

import pytest

from people.validators import MARKDOWN_MAX_LENGTH
from projects.models import Project
from tests.factories import make_draft, make_product, make_project

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/projects/project/preview/"


def preview(client, text, **extra):
    return client.post(PREVIEW, {"preview": "text", "text": text} | extra)


class TestPreview:
    def test_shows_a_text_as_the_site_will(self, admin_client):
        response = preview(admin_client, "# Well\n\n*done* <script>alert(1)</script>")
        page = response.content.decode()
        assert "<em>done</em>" in page
        assert "<script" not in page
        assert "css/text.css" in page
        assert "no-store" in response["Cache-Control"]

    def test_shows_the_field_whose_button_was_pressed(self, admin_client):
        sent = {"need": "This *one*.", "description": "Not *that*."}
        page = admin_client.post(PREVIEW, sent | {"preview": "need"}).content.decode()
        assert "This <em>one</em>." in page
        assert "that" not in page

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Nothing is written yet."),
            ("x" * (MARKDOWN_MAX_LENGTH + 1), "10,000 is the most"),
            ("a\x07b", "invisible character U+0007"),
            ("[" * 2_000, "opens many square brackets"),
        ],
        ids=["empty", "long", "invisible", "costly"],
    )
    def test_says_why_there_is_none(self, text, sentence, admin_client):
        response = preview(admin_client, text)
        assert response.status_code == 200
        assert sentence in unescape(response.content.decode())

    def test_is_only_there_for_those_who_may_write(self, client, django_user_model):
        assert preview(client, "x").url.startswith("/admin/login/")
        colleague = django_user_model.objects.create_user("colleague", is_staff=True)
        client.force_login(colleague)
        assert preview(client, "x").status_code == 403
        colleague.user_permissions.set(Permission.objects.filter(codename="add_project"))
        client.force_login(django_user_model.objects.get())
        assert preview(client, "x").status_code == 200

    def test_cannot_be_asked_for_by_another_site(self, admin_user):
        client = Client(enforce_csrf_checks=True)
        client.force_login(admin_user)
        assert preview(client, "x").status_code == 403

    def test_is_not_an_address_to_be_read(self, admin_client):
        response = admin_client.get(PREVIEW)
        assert response.status_code == 405
        assert response["Allow"] == "POST"

    def test_is_offered_at_every_markdown_box_of_a_form_and_its_rows(self, admin_client):
        page = admin_client.get(reverse("admin:projects_project_add")).content.decode()
        buttons = re.findall(r'name="preview" value="([^"]+)" formaction="([^"]+)"', page)
        assert {"need", "description", "releases-__prefix__-notes"} <= {name for name, _ in buttons}
        assert {address for _, address in buttons} == {PREVIEW}
        assert 'aria-label="Preview: Description"' in page


def hints_after(form):
    """Save, and return the warnings of the page that comes then."""
    response = form.send()
    assert response.status_code == 302
    page = form.client.get(response.url).content.decode()
    return [unescape(words) for words in re.findall(r'<li class="warning">(.*?)</li>', page)]


class TestHints:
    def test_follow_a_saving_and_lead_to_the_field(self, admin_form):
        project = make_draft()
        (hint,) = hints_after(admin_form(project).fill(tagline="Runs machines"))
        address = reverse("admin:projects_project_change", args=[project.pk])
        assert hint.startswith(f'<a href="{address}#id_tagline">Tagline</a>: A tagline')
        assert Project.objects.get().tagline == "Runs machines"

    def test_are_about_rows_too(self, admin_form):
        form = admin_form(make_draft())
        form.add_row("links", role="source", label="Code", url="http://example.org/")
        (hint,) = hints_after(form)
        assert '#links-group">Code, Address</a>: See whether “https://example.org/”' in hint

    def test_are_given_once_and_not_with_every_saving(self, admin_form):
        project = make_draft()
        assert hints_after(admin_form(project).fill(tagline="Runs machines"))
        assert hints_after(admin_form(project).fill(need="Machines are needed.")) == []

    def test_escape_what_was_written(self, admin_form):
        text = "```<b>x</b>\ncode\n```"
        response = admin_form(make_draft()).fill(description=text)
        sent = response.send()
        page = response.client.get(sent.url).content.decode()
        assert "&lt;b&gt;x&lt;/b&gt;" in page
        assert "<b>x</b>" not in page

    def test_are_not_shown_with_errors(self, admin_form):
        page = admin_form(make_draft()).fill(tagline="Runs machines", name="").refusal()
        assert "full stop" not in page

    def test_do_not_flood_the_page(self, admin_form):
        form = admin_form(make_draft())
        for number in range(12):
            address = f"http://example.org/{number}"
            form.add_row("links", role="source", label=f"Code {number}", url=address)
        hints = hints_after(form)
        assert len(hints) == 9
        assert hints[-1] == "There are 4 more hints of this kind."


def test_bare_address_is_refused_with_the_whole_one(admin_form):
    form = admin_form(make_draft())
    form.add_row("links", role="source", label="Code", url="github.com/LINBIT/virter")
    assert "“https://github.com/LINBIT/virter”" in form.refusal()


def test_common_name_of_a_licence_is_refused_with_its_identifier(admin_form):
    assert (
        "Perhaps “Apache-2.0” is meant."
        in admin_form(make_draft()).fill(licence="apache 2").refusal()
    )


def test_licences_are_offered_the_most_used_first(admin_client):
    make_project("Virter", licence="GPL-2.0-or-later OR MIT")
    make_project("vmshed", licence="GPL-2.0-or-later OR MIT")
    make_product(licence="Zlib")
    page = admin_client.get(reverse("admin:projects_project_add")).content.decode()
    offers = re.findall(r'<option value="([^"]+)">', page.partition("<datalist")[2])
    used = ["GPL-2.0-or-later OR MIT", "Zlib"]
    assert [offer for offer in offers if offer in {*used, "0BSD"}] == [*used, "0BSD"]
    assert offers.count("Zlib") == 1
    assert 'list="licence-offers"' in page


@pytest.mark.parametrize(
    ("prefix", "is_placed"), [("links", True), ("credits", True), ("releases", False)]
)
def test_rows_that_follow_their_number_can_be_moved(prefix, is_placed, admin_client):
    page = admin_client.get(reverse("admin:projects_project_add")).content.decode()
    (number,) = re.findall(rf'<input [^>]*name="{prefix}-__prefix__-order"[^>]*>', page)
    assert ("data-place" in number) is is_placed


def test_form_that_is_refused_says_so_to_what_keeps_its_text(admin_form):
    form = admin_form(make_draft())
    assert "data-refused" in form.fill(name="").refusal()
    page = form.client.get(form.url).content.decode()
    assert 'data-form="project_form"' in page
    assert "data-refused" not in page
