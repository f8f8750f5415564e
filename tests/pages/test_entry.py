"""The page of an entry: should I use it?"""

from datetime import date

import pytest

from projects.models import (
    Alternative,
    Contribution,
    ContributionStep,
    Credit,
    Link,
    Milestone,
    Project,
    ProjectKind,
    ProjectLanguage,
    Release,
    TaggedProject,
)
from tests.factories import (
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import relate

pytestmark = pytest.mark.django_db

A_DAY = date(2023, 10, 4)


@pytest.fixture
def entry(visit):
    """Open the page of an entry."""
    return lambda project: visit(project.get_absolute_url())


@pytest.fixture
def fact(entry):
    """Read what an entry's page says of one fact."""

    def fact(project, name):
        terms = entry(project).one("aside").all("dt", "dd")
        names = [term.text for term in terms if term.tag == "dt"]
        assert names.count(name) == 1, names
        return terms[[term.text for term in terms].index(name) + 1]

    return fact


# What is there is shown


def test_full_entry_has_every_part_in_an_order_that_helps_to_decide(catalogue, visit):
    assert visit("/projects/virter/").headings == [
        "Virter",
        "Should I use it?",
        "Use it when",
        "Do not use it when",
        "Facts",
        "Links",
        "Tags",
        "What it is",
        "The need",
        "The solution",
        "What it can do",
        "How to get it",
        "What it needs",
        "Upstream",
        "Fix 1",
        "Fix 1",
        "How it fits together",
        "Alternatives, and how this differs",
        "History",
        "Where this comes from",
        "How to help",
    ]


def test_heading_of_a_part_is_its_address(catalogue, visit):
    for part in visit("/projects/virter/").main.all("section"):
        heading = part.one("h2")
        assert heading.one("a", class_="anchor")["href"] == f"#{heading['id']}"


@pytest.mark.parametrize("role", ["source", "discussion", "support"])
def test_entry_says_whom_to_ask(fact, role):
    project = make_project()
    Link.objects.create(project=project, role=role, label="There", url="https://example.org/")
    assert "https://example.org/" in fact(project, "Whom to ask").links().values()


def test_after_the_end_of_a_project_those_behind_its_successor_are_asked(fact):
    project = make_project(status="discontinued", successor=make_project("Next"))
    asked = fact(project, "Whom to ask")
    assert asked.text == "those behind Next"
    assert asked.links() == {"Next": "/projects/next/"}


def test_where_nobody_is_known_nobody_is_to_be_asked(fact):
    assert fact(make_project(), "Whom to ask").text == "nobody is named"


def test_entry_that_has_only_what_it_must_is_still_a_page(entry):
    page = entry(make_project("Bare"))
    assert page.problems == []
    assert page.headings == ["Bare", "Facts", "How to help"]
    facts = page.one("dl", class_="facts").text
    assert "active as of 1 January 2024" in facts
    assert "Licence not known" in facts
    assert "Written in not known" in facts
    assert "Made by nobody is named" in facts
    assert page.one("section", aria_labelledby="help").all("li")


def test_prose_is_rendered_and_lines_are_listed(entry):
    page = entry(
        make_project(
            need="Tests *need* machines.",
            description="It asks `libvirt`.",
            capabilities="Starts machines\nStops <b>machines</b>",
            use_when="You test kernels.",
            avoid_when="You need a cloud.",
            requirements="libvirt",
            how_to_get="```console\n$ apt install virter\n```",
        )
    )
    assert page.section("The need").one("em").text == "need"
    assert page.section("The solution").one("code").text == "libvirt"
    lines = [line.text for line in page.section("What it can do").all("li")]
    assert lines == ["Starts machines", "Stops <b>machines</b>"]
    assert [line.text for line in page.section("Use it when").all("li")] == ["You test kernels."]
    assert page.section("Do not use it when").text.endswith("You need a cloud.")
    assert "apt install virter" in page.section("How to get it").one("pre").text


def test_status_has_its_date_and_its_reason(fact):
    project = make_project(
        status="dormant", status_as_of=A_DAY, status_note="Its author has moved on."
    )
    status = fact(project, "Status")
    assert status.text == "dormant as of 4 October 2023 Its author has moved on."
    assert status.one("time")["datetime"] == "2023-10-04"


@pytest.mark.parametrize("status", Project.Status)
def test_every_status_is_dated_on_the_page_and_on_the_card(fact, visit, status):
    project = make_project(status=status, status_as_of=A_DAY)
    assert fact(project, "Status").text == f"{status.label} as of 4 October 2023"
    assert f"{status.label} as of 4 Oct 2023" in visit("/projects/").one("article").text


@pytest.mark.parametrize(
    ("certainty", "doubt"),
    [
        ("stated", ""),
        ("unclear", " unclear"),
        ("disputed", " sources disagree"),
        ("unverified", " unverified"),
    ],
)
def test_licence_says_how_certain_it_is(fact, visit, certainty, doubt):
    project = make_project(
        licence="MIT", licence_certainty=certainty, licence_note="By Cargo.toml."
    )
    assert fact(project, "Licence").text == f"MIT{doubt} By Cargo.toml."
    on_card = f"MIT ({doubt.strip()})" if doubt else "MIT"
    assert on_card in [fact.text for fact in visit("/projects/").one("article").all("li")]


def test_unknown_licence_is_called_unknown(fact, visit):
    assert fact(make_project(), "Licence").text == "not known"
    assert "licence not known" in visit("/projects/").one("article").text


def test_kinds_and_languages_come_in_the_editors_order(entry, fact):
    project = make_project()
    for order, name in enumerate(["library", "driver"]):
        ProjectKind.objects.create(project=project, kind=make_kind(name), order=order)
    for order, name in ((2, "C"), (1, "Rust")):
        ProjectLanguage.objects.create(project=project, language=make_language(name), order=order)
    assert entry(project).one(class_="entry__kind").text == "library, driver"
    assert fact(project, "Written in").links() == {
        "Rust projects": "/projects/?language=rust",
        "C projects": "/projects/?language=c",
    }


def test_origin_names_the_product_and_how(fact):
    project, linstor = make_project(), make_product()
    relate(project, "spun-out-of", linstor)
    origin = fact(project, "Came from")
    assert origin.text == "spun out of LINSTOR"
    assert origin.links() == {"LINSTOR": "/products/linstor/"}


def test_dates_are_facts_when_they_are_known(fact):
    project = make_project(first_released_on=A_DAY, reviewed_on=date(2024, 1, 1))
    Release.objects.create(project=project, version="v1.0", date=A_DAY)
    Release.objects.create(project=project, version="v1.1", date=date(2023, 12, 1))
    assert fact(project, "First released").text == "4 October 2023"
    assert fact(project, "Newest release as read").text == "v1.1 1 December 2023"
    assert fact(project, "Last checked").text == "1 January 2024"


# People


def test_credit_says_who_did_what_when_and_by_which_account(fact):
    project = make_project()
    Credit.objects.create(
        project=project,
        person=make_person("Moritz Wanzenböck"),
        role="author",
        note="wrote it all",
        started_on=A_DAY,
        ended_on=date(2024, 1, 1),
        basis="history",
    )
    credit = fact(project, "Made by")
    assert credit.text == (
        "Moritz Wanzenböck, author: wrote it all from 4 Oct 2023 to 1 Jan 2024 "
        "(from the commit history)"
    )
    assert credit.links() == {"Moritz Wanzenböck": "/people/moritz-wanzenbock/"}


def test_person_without_a_page_is_named_without_a_link(fact):
    project = make_project()
    Credit.objects.create(project=project, person=make_person("Rui Xu", is_listed=False))
    assert fact(project, "Made by").text == "Rui Xu, author"
    assert fact(project, "Made by").links() == {}


def test_note_stands_for_people_whom_nobody_named(fact):
    project = make_project(credits_note="Several people at *LINBIT*.")
    assert fact(project, "Made by").text == "Several people at LINBIT."


# What it hangs together with


def test_successor_is_named_above_everything_else(entry):
    successor = make_project("New", tagline="Does it better.")
    page = entry(make_project("Old", successor=successor, status="discontinued"))
    notice = page.one("header", class_="entry__header").one(class_="notice")
    assert notice.text == "Use New instead: Does it better."
    assert notice.links() == {"New": "/projects/new/"}


def test_relations_are_told_from_both_ends(entry):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    relate(vmshed, "uses", virter, started_on=A_DAY, evidence_label="go.mod")
    told = entry(vmshed).section("How it fits together")
    assert told.text.startswith("How it fits together Uses Virter, since 4 October 2023 (go.mod)")
    assert told.links() == {"Virter": "/projects/virter/"}
    told_of = entry(virter).section("How it fits together")
    assert "Used by vmshed, since 4 October 2023 (go.mod) So it went." in told_of.text
    assert told_of.links() == {"vmshed": "/projects/vmshed/"}


def test_relation_links_to_its_evidence(entry):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    url = "https://example.org/go.mod"
    relate(vmshed, "uses", virter, evidence_url=url, ended_on=A_DAY)
    told = entry(vmshed).section("How it fits together")
    assert "until 4 October 2023 (evidence)" in told.text
    assert told.links()["evidence"] == url


def test_alternatives_are_linked_where_they_are(entry):
    virter, other = make_project("Virter"), make_project("Other")
    for name, fields in {
        "Vagrant": {"url": "https://example.org/vagrant", "order": 1},
        "Other": {"other": other, "order": 2},
        "By hand": {"order": 3},
    }.items():
        Alternative.objects.create(project=virter, name=name, difference="Smaller.", **fields)
    section = entry(virter).section("Alternatives, and how this differs")
    assert section.links() == {
        "Vagrant": "https://example.org/vagrant",
        "Other": "/projects/other/",
    }
    assert [term.text for term in section.all("dt")] == ["Vagrant", "Other", "By hand"]
    assert [text.text for text in section.all("dd")] == ["Smaller."] * 3


def test_contribution_shows_how_far_it_got_step_by_step(entry):
    project = make_project()
    contribution = Contribution.objects.create(
        project=project,
        upstream=make_upstream(),
        title="Leave out empty unions",
        description="They *broke* bindings.",
        state="shipped",
        state_as_of=A_DAY,
        shipped_in="0.24.7",
        evidence_url="https://example.org/pull/1",
    )
    for day, text in ((9, "Merged."), (2, "Opened.")):
        ContributionStep.objects.create(
            contribution=contribution, date=date(2024, 1, day), text=text
        )
    shown = entry(project).section("Leave out empty unions")
    assert shown.text == (
        "Leave out empty unions To libbpf-rs: shipped in 0.24.7 as of 4 Oct 2023 "
        "(evidence for Leave out empty unions) They broke bindings. "
        "2 January 2024 Opened. 9 January 2024 Merged."
    )
    assert shown.links() == {
        "libbpf-rs": "/upstream/libbpf-rs/",
        "evidence for Leave out empty unions": "https://example.org/pull/1",
    }


def test_history_is_told_from_the_beginning(entry):
    project = make_project()
    Release.objects.create(project=project, version="v2", date=date(2024, 3, 1))
    Release.objects.create(project=project, version="v1-rc", date=A_DAY, is_prerelease=True)
    Milestone.objects.create(project=project, text="First commit.", date=date(2022, 1, 1))
    Milestone.objects.create(project=project, text="A new name.", date=date(2024, 1, 1))
    history = [item.text for item in entry(project).section("History").all("li")]
    assert history == [
        "1 January 2022 First commit.",
        "4 October 2023 Pre-release v1-rc",
        "1 January 2024 A new name.",
        "1 March 2024 Release v2",
    ]


def test_releases_of_one_day_stand_in_the_editors_order(entry):
    project = make_project()
    for order, version in ((1, "v1.9"), (0, "v1.10")):
        Release.objects.create(project=project, version=version, date=A_DAY, order=order)
    history = [item.text for item in entry(project).section("History").all("li")]
    assert history == ["4 October 2023 Release v1.9", "4 October 2023 Release v1.10"]


def test_tags_lead_to_their_pages(entry):
    project = make_project()
    for name in ("Storage", "C++"):
        TaggedProject.objects.create(content_object=project, tag=make_tag(name))
    tags = entry(project).one("aside").one("ul", class_="tags")
    assert tags.links() == {
        "C++ projects": "/tags/c-plus-plus/",
        "Storage projects": "/tags/storage/",
    }


def test_entry_that_does_not_exist_is_not_found(visit):
    assert visit("/projects/nothing/", status=404).one("h1").text
