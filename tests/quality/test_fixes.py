"""Next fixes: what is found, in which order, and who is told."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from people.models import Alias
from projects.models import Project, Tag
from projects.search import index
from showcase.governance.suspects import tell_apart
from showcase.models import LinkCheck, MissedSearch
from showcase.quality.finding import fixes
from tests.factories import A_DAY, make_draft, make_person, make_product, make_project, make_tag

from ..catalogue import add_more, make_catalogue
from .entries import make_complete

pytestmark = pytest.mark.django_db

PAGE = "/admin/next-fixes/"


def told():
    return [(fix.thing.name, fix.to_do) for fix in fixes()]


def only_fix():
    (fix,) = fixes()
    return fix


def test_nothing_is_to_be_fixed_about_a_complete_entry():
    make_complete()
    assert told() == []


def test_what_an_entry_lacks_leads_to_its_field():
    project = make_complete()
    Project.objects.update(need="")
    fix = only_fix()
    assert (fix.thing.name, fix.to_do) == ("Virter", "Tell what problem led to it.")
    assert fix.url == f"/admin/projects/project/{project.pk}/change/#id_need"


def test_what_is_public_comes_before_drafts_and_then_what_has_most_effect():
    for name in ("Highlighted", "Public", "Draft"):
        make_complete(name)
    Project.objects.update(need="", avoid_when="")
    Project.objects.filter(name="Highlighted").update(is_featured=True)
    Project.objects.filter(name="Draft").update(state="draft")
    assert [(fix.thing.name, fix.anchor, fix.effect) for fix in fixes()] == [
        ("Highlighted", "id_need", 36),
        ("Public", "id_need", 24),
        ("Highlighted", "id_avoid_when", 18),
        ("Public", "id_avoid_when", 12),
        ("Draft", "id_need", 12),
        ("Draft", "id_avoid_when", 6),
    ]


def test_a_withdrawn_entry_is_left_alone():
    make_project(state="withdrawn")
    assert told() == []


@pytest.mark.parametrize(
    ("status", "is_told"),
    [("active", True), ("dormant", True), ("finished", False), ("merged", False)],
)
def test_a_status_that_may_have_changed_is_looked_at_after_a_year(status, is_told):
    make_complete()
    Project.objects.update(status=status, status_as_of=A_DAY)
    assert told() == is_told * [
        ("Virter", "Look whether its status of 1 Jan 2024 is still true."),
    ]


def test_what_is_discontinued_wants_a_successor():
    make_complete()
    Project.objects.update(status="discontinued")
    assert told() == [("Virter", "Name what to use instead of what is discontinued.")]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_a_successor_that_visitors_cannot_see_is_told(state):
    make_complete(status="discontinued", successor=make_complete("vmshed"))
    assert told() == []
    Project.objects.filter(name="vmshed").update(state=state)
    ((name, to_do),) = told()
    assert (name, to_do.startswith("Name a successor that visitors can see")) == ("Virter", True)


@pytest.mark.parametrize(
    ("fields", "to_do"),
    [
        ({"confidence": "unverified"}, "Verify “Origin”, which is unverified."),
        ({"confidence": "disputed"}, "Verify “Origin”, which is disputed."),
        (
            {"confidence": "verified", "as_of": A_DAY},
            "Look whether “Origin” is still so as on 1 Jan 2024.",
        ),
    ],
)
@pytest.mark.parametrize("make", [make_complete, make_product])
def test_a_shaky_statement_leads_to_its_sources(fields, to_do, make):
    make("LINSTOR").sources.create(supports="Origin", title="A talk", **fields)
    fix = only_fix()
    assert (fix.thing.name, fix.to_do, fix.anchor) == ("LINSTOR", to_do, "sources-group")


def test_a_verified_statement_of_today_is_no_fix():
    make_product().sources.create(
        supports="Origin", title="A talk", confidence="verified", as_of=timezone.localdate()
    )
    assert told() == []


def test_entries_of_nearly_the_same_name_are_told():
    make_complete("drbd-reactor")
    make_complete("vmshed", aliases="DRBD Reactors")
    assert told() == [("vmshed", "Look whether it is the same as drbd-reactor.")]


def test_people_and_tags_of_nearly_the_same_name_are_told():
    make_person("Moritz Wanzenböck")
    make_person("Moritz Wanzenboeck")
    Alias.objects.create(person=make_person("Joel Colledge"), name="joelc")
    make_person("joelc")
    make_tag("Kubernetes", aliases="k8s")
    make_tag("kubernets")
    assert {name for name, _ in told()} == {"Moritz Wanzenboeck", "joelc", "kubernets"}


def test_what_was_told_apart_is_told_no_more():
    make_tag("Kubernetes")
    make_tag("kubernets")
    tell_apart(Tag, "kubernetes", "kubernets", None)
    assert told() == []


def test_a_broken_link_leads_to_the_links():
    url = "https://example.org/gone"
    make_product().links.create(role="home", label="Home page", url=url)
    check = {"url": url, "checked_at": timezone.now(), "first_failed_at": timezone.now()}
    LinkCheck.objects.create(state="broken", failures=2, **check)
    fix = only_fix()
    assert (fix.to_do, fix.anchor) == ("Mend the link “Home page”.", "links-group")


def search(words, count):
    today = timezone.localdate()
    return MissedSearch.objects.create(words=words, count=count, first_on=today, last_on=today)


def test_what_is_looked_for_often_and_not_found_is_told():
    search("quokka", 7)
    search("once", 1)
    fix = only_fix()
    assert (fix.thing.name, fix.points, fix.anchor) == ("quokka", 7, "id_project")
    MissedSearch.objects.update(count=1_000_000)
    assert max(fix.points for fix in fixes()) == 12


def test_twice_the_rows_need_no_more_queries(admin_client):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(address)
        return len(captured)

    catalogue = make_catalogue()
    queries("/admin/")
    before = [queries(address) for address in (PAGE, "/admin/")]
    add_more(catalogue, 2)
    add_more(catalogue, 3)
    assert [queries(address) for address in (PAGE, "/admin/")] == before


# The page


def test_the_page_has_fifty_fixes_and_leads_on(admin_client):
    for number in range(5):
        make_project(f"Project {number}")
    page = admin_client.get(PAGE)
    assert page.text.count('<th scope="row">') == 50
    assert "Page 1 of 2, 75 fixes" in page.text
    last = admin_client.get(PAGE, {"page": 2})
    assert last.text.count('<th scope="row">') == 25
    assert "Page 2 of 2" in admin_client.get(PAGE, {"page": "999"}).text
    assert "Page 1 of 2" in admin_client.get(PAGE, {"page": "abc\0"}).text


def test_names_on_the_page_are_text(admin_client):
    make_project("<b>bold</b>")
    assert "&lt;b&gt;bold&lt;/b&gt;" in admin_client.get(PAGE).text


def test_an_empty_catalogue_has_nothing_to_fix(admin_client):
    assert "Nothing is left to fix." in admin_client.get(PAGE).text


def test_visitors_are_asked_to_log_in(client):
    assert client.get(PAGE).url.startswith("/admin/login/")


def test_who_may_see_nothing_of_it_is_refused(colleague):
    assert colleague("view_enquiry").get(PAGE).status_code == 403


def test_one_is_only_told_of_what_one_may_see(colleague):
    make_draft()
    make_tag("Kubernetes")
    make_tag("kubernets")
    page = colleague("view_tag").get(PAGE).text
    assert "kubernets" in page
    assert "Secret" not in page


# The command


def test_the_command_lists_fixes_when_asked_and_calls_nothing_wrong(capsys, settings):
    project = make_project()
    project.kind_items.create(kind=make_complete("vmshed").kinds.first())
    index.refresh()
    call_command("check_catalogue")
    assert capsys.readouterr().out == "Nothing is wrong with the catalogue.\n"
    call_command("check_catalogue", "--fixes")
    first, *_, last = capsys.readouterr().out.splitlines()
    url = f"{settings.BASE_URL}/admin/projects/project/{project.pk}/change/#id_licence"
    assert first.startswith("Virter: State the licence, as the project itself does. (12 ")
    assert first.endswith(f" 2 = 24) {url}")
    assert last == "Nothing is wrong with the catalogue."
