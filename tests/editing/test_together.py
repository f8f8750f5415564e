"""Two people edit the same thing: whoever saves second sees the other's change."""

from html import unescape

import pytest

from people.documents.revisions import versions_of
from projects.models import Project
from tests.admin.forms import AdminForm
from tests.factories import make_kind, make_project, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def virter():
    project = make_project("Virter", description="Starts machines.", need="Tests need machines.")
    project.kind_items.create(kind=make_kind())
    project.links.create(role="source", label="Source", url="https://example.org/virter")
    return project


class MergePage(AdminForm):
    """The page that shows both changes; everything on it is sent back as it is."""

    def __init__(self, client, url, response):
        assert response.status_code == 200
        self.client, self.url = client, url
        self.text = unescape(response.content.decode())
        self.values = {
            name: self.text.split(f'name="{name}" value="')[1].split('"')[0]
            for name in ("_merged", "_base", "_mine", "_reason")
        }


def merge(form, **values):
    return MergePage(form.client, form.url, form.send(**values))


def test_both_changes_are_shown_and_both_are_saved(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.send(description="Starts virtual machines.")
    page = merge(second, need="Tests need many machines.")
    assert "Somebody else changed “Virter” meanwhile" in page.text
    assert "Starts<ins> virtual</ins> machines." in page.text
    assert "<ins>many </ins>" in page.text
    assert Project.objects.get().need == "Tests need machines."
    assert page.send().status_code == 302
    virter.refresh_from_db()
    assert virter.description == "Starts virtual machines."
    assert virter.need == "Tests need many machines."


@pytest.mark.parametrize(("whose", "kept"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_what_both_changed_is_decided(admin_form, virter, whose, kept):
    first, second = admin_form(virter), admin_form(virter)
    first.send(description="Theirs.")
    page = merge(second, description="Mine.")
    name = f"projects.project:{virter.pk}:description"
    assert f'name="{name}"' in page.text
    page.send(**{name: whose})
    virter.refresh_from_db()
    assert virter.description == kept


def test_rows_that_either_added_are_both_there(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.add_row("links", role="home", label="Theirs", url="https://example.org/1").send()
    second.add_row("links", role="talk", label="Mine", url="https://example.org/2")
    second.add_row("tag_items", tag=make_tag("Rust").pk)
    merge(second).send()
    assert {link.label for link in virter.links.all()} == {"Source", "Theirs", "Mine"}
    assert [item.tag.name for item in virter.tag_items.all()] == ["Rust"]


def test_row_that_one_changed_and_the_other_took_out_stays(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.change_row("links", 0, DELETE="on").send()
    assert not virter.links.exists()
    merge(second.change_row("links", 0, label="Code")).send()
    assert [link.label for link in virter.links.all()] == ["Code"]


def test_third_change_while_merging_is_merged_too(admin_form, virter):
    first, second, third = (admin_form(virter) for _ in range(3))
    first.send(description="One.")
    page = merge(second, need="Two.")
    merge(third, tagline="Three.").send()
    MergePage(page.client, page.url, page.send()).send()
    virter.refresh_from_db()
    assert (virter.description, virter.need, virter.tagline) == ("One.", "Two.", "Three.")


def test_form_with_errors_still_merges_when_it_is_corrected(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.send(description="One.")
    assert "Please correct the error" in second.fill(tagline="", need="Two.").refusal()
    merge(second, tagline="Makes machines.").send()
    virter.refresh_from_db()
    assert (virter.description, virter.need) == ("One.", "Two.")


def test_merge_that_breaks_a_rule_says_so_and_loses_nothing(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.add_row("links", role="home", label="A", url="https://example.org/same").send()
    second.add_row("links", role="talk", label="B", url="https://example.org/same")
    page = merge(second)
    again = MergePage(page.client, page.url, page.send())
    assert "This address is already linked." in again.text
    assert virter.links.count() == 2


def test_form_of_a_single_row_is_merged_too(admin_form, virter):
    first, second = admin_form(virter.links.get()), admin_form(virter.links.get())
    first.send(label="Source code")
    page = merge(second, url="https://example.org/other")
    assert "Source<ins> code</ins>" in page.text
    page.send()
    link = virter.links.get()
    assert (link.label, link.url) == ("Source code", "https://example.org/other")
    assert versions_of(Project, virter.pk).count() == 3


def test_merge_page_that_somebody_forged_changes_nothing(admin_form, virter):
    first, second = admin_form(virter), admin_form(virter)
    first.send(description="One.")
    page = merge(second, need="Two.")
    response = page.client.post(page.url, page.values | {"_mine": "forged"}, follow=True)
    assert "nothing was saved" in unescape(response.content.decode())
    virter.refresh_from_db()
    assert virter.need == "Tests need machines."


def test_unchanged_thing_is_saved_at_once(admin_form, virter):
    assert admin_form(virter).send(need="Two.").status_code == 302
    assert versions_of(Project, virter.pk).count() == 2
