"""Every place is known where the catalogue states an address, and where an editor mends it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from people.models import Handle, PersonLink
from projects.models import Alternative, ChangelogEntry, Contribution, ContributionStep, Project
from showcase.links.statements import addresses, uses
from tests.factories import (
    A_DAY,
    make_draft,
    make_page,
    make_person,
    make_project,
    make_tag,
    make_upstream,
)

from ..admin.forms import AdminForm
from ..catalogue import add_more, make_catalogue

pytestmark = pytest.mark.django_db

URL = "https://example.org/page"


def link(**fields):
    project = make_project()
    return project.links.create(role="home", label="Home", **{"url": URL} | fields)


def only_use(url=URL):
    [use] = uses([url])[url]
    return use


def test_an_empty_catalogue_states_nothing():
    assert addresses() == set()
    assert uses([URL]) == {}


def test_an_address_is_known_by_what_is_sent():
    link(url="HTTPS://EXAMPLE.org:443/ä#there")
    assert addresses() == {"https://example.org/%C3%A4"}
    assert str(only_use("https://example.org/%C3%A4")) == "Virter, link “Home”: address"


def test_the_same_address_is_checked_once_and_mended_everywhere():
    row = link()
    row.project.sources.create(supports="Licence", title="Its file", url=URL, confidence="stated")
    Project.objects.update(need=f"See [this]({URL}#a), [that]({URL}#b) and <{URL}>.")
    assert addresses() == {URL}
    assert [str(use) for use in uses([URL])[URL]] == [
        "Virter, need",
        "Virter, link “Home”: address",
        "Virter, source “Licence: Its file”: address",
    ]


def test_a_text_states_its_links_and_nothing_else():
    body = (
        "[A](https://a.example/) `https://b.example/` [c][] <https://d.example/>\n\n"
        "![e](https://e.example/) [f](/projects/) [g](mailto:g@example.org) "
        "[h](http://localhost/) [i](//i.example/)\n\n"
        "```\n[j](https://j.example/)\n```\n\n[c]: https://c.example/"
    )
    make_page(body=body)
    found = addresses()
    assert {f"https://{letter}.example/" for letter in "acdi"} <= found
    assert not {f"https://{letter}.example/" for letter in "bj"} & found
    assert not [url for url in found if "localhost" in url or "mailto" in url]


def make_everything():
    """State an address in every kind of row."""
    project, person = make_project(need=f"<{URL}/need>"), make_person(bio=f"<{URL}/bio>")
    upstream = make_upstream(home_url=f"{URL}/home", repository_url=f"{URL}/repository")
    project.links.create(role="home", label="Home", url=f"{URL}/link")
    project.sources.create(supports="A", title="B", url=f"{URL}/source", confidence="stated")
    project.releases.create(version="v1", date=A_DAY, url=f"{URL}/v1", notes=f"<{URL}/notes>")
    project.milestones.create(text="Began.", date=A_DAY, evidence_url=f"{URL}/milestone")
    Alternative.objects.create(project=project, name="C", url=f"{URL}/other", difference="D")
    work = Contribution.objects.create(
        project=project,
        upstream=upstream,
        title="Fix",
        state="merged",
        state_as_of=A_DAY,
        evidence_url=f"{URL}/work",
    )
    ContributionStep.objects.create(
        contribution=work, date=A_DAY, text="Merged.", evidence_url=f"{URL}/step"
    )
    PersonLink.objects.create(person=person, label="Talk", url=f"{URL}/talk")
    Handle.objects.create(person=person, service="github", name="rck")
    ChangelogEntry.objects.create(title="New", date=A_DAY, kind="added", url=f"{URL}/new")
    make_tag(description=f"<{URL}/tag>")
    make_page(body=f"<{URL}/body>")


def test_an_address_is_found_in_every_kind_of_row():
    make_everything()
    parts = "need bio home repository link source v1 notes milestone other work step talk new tag "
    stated = {f"{URL}/{part}" for part in (parts + "body").split()}
    assert addresses() == stated | {"https://github.com/rck"}


def test_each_use_leads_to_a_form_with_its_field(admin_client):
    make_everything()
    for url, found in uses(addresses()).items():
        for use in found:
            form_url, _, anchor = use.form_url.partition("#")
            page = admin_client.get(form_url).content.decode()
            assert f'id="{anchor}"' in page, url
            assert AdminForm(admin_client, form_url).values


def test_an_address_of_a_row_without_a_form_is_mended_with_its_owner():
    person = make_person()
    Handle.objects.create(person=person, service="github", name="rck")
    use = only_use("https://github.com/rck")
    assert str(use) == "Roland Kammerer, handle “rck on GitHub”: name"
    assert use.form_url == f"/admin/people/person/{person.pk}/change/#handles-group"


def test_a_name_in_other_letters_is_found_by_what_is_sent():
    link(url="https://bücher.example/")
    assert only_use("https://xn--bcher-kva.example/").subject == "Virter"


def test_addresses_of_many_hosts_are_looked_up_too():
    row = link()
    urls = [f"https://site{number}.example/" for number in range(60)]
    for url in urls:
        row.project.links.create(role="home", label=url, url=url)
    assert uses([URL, *urls]).keys() == {URL, *urls}


def test_a_draft_is_checked_before_anybody_reads_it_and_what_is_withdrawn_is_not():
    make_draft(need=f"<{URL}/draft>")
    withdrawn = make_project(state="withdrawn", need=f"<{URL}/withdrawn>")
    withdrawn.links.create(role="home", label="Home", url=f"{URL}/link")
    assert addresses() == {f"{URL}/draft"}


def test_twice_the_uses_need_no_more_queries():
    def queries():
        with CaptureQueriesContext(connection) as captured:
            uses([URL])
        return len(captured)

    catalogue = make_catalogue()
    add_more(catalogue, 2)
    few = queries()
    add_more(catalogue, 3)
    add_more(catalogue, 4)
    assert queries() == few
