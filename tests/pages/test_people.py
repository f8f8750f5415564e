"""People, and what they are credited for."""

from datetime import date

import pytest

from people.lists import ForgivingListView
from people.models import Alias, Handle, PersonLink
from projects.models import Contribution, Credit
from tests.factories import make_draft, make_person, make_product, make_project, make_upstream

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person("Moritz Wanzenböck", slug="moritz", headline="LINBIT developer")


@pytest.fixture
def page(person, visit):
    """Open the person's page."""
    return lambda: visit("/people/moritz/")


def credit(person, role="author", **fields):
    return Credit.objects.create(person=person, role=role, **fields)


def test_person_is_presented_with_what_they_published(person, page):
    person.bio, person.organisation = "Writes *Go*.", "LINBIT"
    person.save()
    Handle.objects.create(person=person, service="github", name="WanzenBug")
    PersonLink.objects.create(person=person, label="A talk", url="https://example.org/talk")
    shown = page()
    assert shown.one("h1").text == "Moritz Wanzenböck"
    assert shown.title.startswith("Moritz Wanzenböck, LINBIT developer")
    assert "Organisation LINBIT" in shown.one("aside").text
    assert shown.one("aside").links() == {
        "WanzenBug": "https://github.com/WanzenBug",
        "A talk": "https://example.org/talk",
    }
    assert shown.one("a", href="https://github.com/WanzenBug")["rel"] == "noopener me"
    assert shown.section("About").one("em").text == "Go"


def test_person_of_whom_only_the_name_is_known_has_a_page(visit):
    make_person("Rui Xu")
    page = visit("/people/rui-xu/")
    assert page.problems == []
    assert page.headings == ["Rui Xu", "Roles"]
    assert "No credit is recorded yet." in page.main.text


def test_person_who_is_told_of_but_not_credited_lacks_nothing(person, page):
    person.bio = "Wrote the article."
    person.save()
    assert page().headings == ["Moritz Wanzenböck", "About"]


def test_only_aliases_that_are_marked_so_are_shown(person, page):
    Alias.objects.create(person=person, name="WanzenBug", is_shown=True)
    Alias.objects.create(person=person, name="Old Name")
    assert "Also known as WanzenBug" in page().main.text
    assert "Old Name" not in page().main.text


def test_several_roles_in_one_project_show_one_card(person, page):
    project = make_project()
    credit(person, "author", project=project, note="wrote it")
    credit(person, "maintainer", project=project, order=1, basis="history")
    shown = page()
    assert shown.cards == ["Virter"]
    assert [role.text for role in shown.section("Roles").all("li")] == [
        "Author of Virter: wrote it (named by the organisation)",
        "Maintainer of Virter (from the commit history)",
    ]


def test_role_in_a_product_leads_to_the_product(person, page):
    credit(person, "creator", product=make_product())
    shown = page()
    assert shown.cards == []
    assert shown.section("Roles").links() == {"LINSTOR": "/products/linstor/"}


def test_upstream_work_is_listed_once_however_many_the_roles(person, page):
    project = make_project()
    credit(person, "author", project=project)
    credit(person, "maintainer", project=project)
    Contribution.objects.create(
        project=project,
        upstream=make_upstream(),
        title="Leave out empty unions",
        state="merged",
        state_as_of=date(2023, 10, 4),
    )
    work = page().section("Upstream work")
    assert [item.text for item in work.all("li")] == [
        "Leave out empty unions, in libbpf-rs: merged as of 4 Oct 2023"
    ]
    assert work.links() == {
        "Leave out empty unions": "/projects/virter/",
        "libbpf-rs": "/upstream/libbpf-rs/",
    }


def test_credit_for_a_hidden_entry_is_not_told(person, page):
    credit(person, project=make_draft())
    assert "Secret" not in page().html
    assert "No credit is recorded yet." in page().main.text


def test_person_without_a_page_is_neither_listed_nor_found(visit):
    make_person("Rui Xu", is_listed=False)
    assert visit("/people/").cards == []
    assert visit("/people/rui-xu/", status=404)


def test_list_shows_what_each_person_did(person, visit):
    credit(person, project=make_project())
    credit(person, "creator", product=make_product())
    make_person("Rui Xu")
    page = visit("/people/")
    assert page.cards == ["Moritz Wanzenböck", "Rui Xu"]
    did = page.one("ul", aria_label="Credited for")
    assert did.text == "Author: Virter Creator: LINSTOR"
    assert did.links() == {"Virter": "/projects/virter/", "LINSTOR": "/products/linstor/"}


def test_list_names_each_role_once(person, visit):
    credit(person, project=make_project(), order=1)
    credit(person, "maintainer", project=make_project("vmshed"), order=2)
    credit(person, project=make_project("agentx"), order=3)
    did = visit("/people/").one("ul", aria_label="Credited for")
    assert [item.text for item in did.all("li")] == ["Author: Virter, agentx", "Maintainer: vmshed"]


def test_list_of_people_is_shown_in_pages(visit, monkeypatch):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 2)
    for name in ("Ada", "Bob", "Eve"):
        make_person(name)
    page = visit("/people/?page=last")
    assert page.cards == ["Ada", "Bob"]
    following = visit("/people/" + page.one("a", rel="next")["href"])
    assert following.cards == ["Eve"]
    assert following.canonical == "http://localhost:8000/people/?page=2"
    assert following.title != page.title
