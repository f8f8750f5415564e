"""Entries side by side: the table, its rows and its columns."""

from datetime import date

import pytest

from projects.models import (
    Alternative,
    Contribution,
    Credit,
    Project,
    ProjectKind,
    ProjectLanguage,
    Release,
    TaggedProject,
)
from tests.factories import (
    A_DAY,
    make_draft,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import relate
from .comparisons import PAIR, columns, notices, removal, rows

pytestmark = pytest.mark.django_db


# The table


def test_entries_stand_in_the_order_of_the_address(pair, compare):
    assert columns(compare(PAIR)) == ["Virter", "vmshed"]
    assert columns(compare("project=vmshed&project=virter")) == ["vmshed", "Virter"]


def test_every_row_tells_what_the_entry_tells(compare):
    upstream, successor = make_upstream(), make_project("Successor")
    full = make_project(
        "Full",
        status="dormant",
        status_note="Nobody has time.",
        licence="GPL-2.0-only",
        licence_certainty="disputed",
        licence_note="Two files differ.",
        use_when="You test.\nYou like it.",
        avoid_when="You do not.",
        capabilities="Starts\nStops",
        requirements="libvirt",
        first_released_on=date(2020, 2, 1),
        reviewed_on=date(2024, 3, 1),
    )
    ProjectKind.objects.create(project=full, kind=make_kind("library"))
    ProjectLanguage.objects.create(project=full, language=make_language("Rust"))
    TaggedProject.objects.create(content_object=full, tag=make_tag("Storage"))
    relate(full, "spun-out-of", make_product("LINSTOR"))
    relate(full, "uses", make_product("DRBD"))
    for role in ("author", "packaging"):
        Credit.objects.create(project=full, person=make_person(f"Ada {role}"), role=role)
    Credit.objects.create(
        project=full, person=make_person("Rui Xu", is_listed=False), role="author"
    )
    Contribution.objects.create(
        project=full,
        upstream=upstream,
        title="Fix",
        state="shipped",
        shipped_in="0.24.7",
        state_as_of=A_DAY,
    )
    for version, day in (("v1", 1), ("v3", 3), ("v2", 2)):
        Release.objects.create(project=full, version=version, date=date(2023, 1, day))
    Alternative.objects.create(project=full, name="Vagrant", difference="It is smaller.")
    Alternative.objects.create(project=full, name="S", other=successor, difference="Older.")
    page = compare("project=full&project=successor")
    assert {label: cells[0] for label, cells in rows(page).items()} == {
        "What it does": "Makes virtual machines.",
        "Kind": "library",
        "Status": "dormant as of 1 Jan 2024 Nobody has time.",
        "Licence": "GPL-2.0-only (sources disagree) Two files differ.",
        "Written in": "Rust",
        "Came from": "spun out of LINSTOR",
        "Made by": "Ada author Ada packaging Rui Xu",
        "Use it when": "You test. You like it.",
        "Do not use it when": "You do not.",
        "What it can do": "Starts Stops",
        "What it needs": "libvirt",
        "Newest release as read": "v3 3 Jan 2023",
        "First released": "1 Feb 2020",
        "Upstream": "libbpf-rs: shipped in 0.24.7 as of 1 Jan 2024",
        "Alternatives": "S Vagrant",
        "Tags": "Storage",
        "Last checked": "1 Mar 2024",
    }
    assert rows(page)["Tags"][1] == "not recorded"
    assert rows(page)["Licence"][1] == "not known"
    links = page.one("tbody").links()
    assert links["spun out of LINSTOR"] == "/products/linstor/"
    assert links["Rust"] == "/projects/?language=rust"
    assert links["Storage"] == "/tags/storage/"
    assert links["S"] == "/projects/successor/"
    assert links["Ada author"] == "/people/ada-author/"
    assert "Rui Xu" not in links


def test_row_of_which_nothing_is_recorded_is_left_out(pair, compare):
    assert list(rows(compare(PAIR))) == [
        "What it does",
        "Status",
        "Licence",
        "Use it when",
        "Last checked",
    ]


def test_makers_who_are_told_in_prose_are_told_on_the_page(pair, compare):
    Project.objects.filter(slug="virter").update(credits_note="Several people.")
    page = compare(PAIR)
    assert rows(page)["Made by"] == ["told on its page", "not recorded"]
    assert page.one("tbody").links()["told on its page"] == "/projects/virter/"


def test_name_leads_to_the_entry_and_remove_to_the_rest(pair, compare):
    make_project("Third")
    page = compare(f"{PAIR}&project=third&only=differences")
    assert page.one("thead").links()["Virter"] == "/projects/virter/"
    assert removal(page, "Virter") == "/compare/?project=vmshed&project=third&only=differences"


def test_last_entry_but_one_can_be_removed_and_the_last(pair, compare):
    page = compare(removal(compare(PAIR), "Virter").partition("?")[2])
    link = page.main.links()["Take vmshed away"]
    assert link == "/compare/"


def test_table_scrolls_by_keyboard_under_a_name(pair, compare):
    region = compare(PAIR).one("div", role="region")
    assert region["tabindex"] == "0"
    assert (
        region.one("caption", id=region["aria-labelledby"]).text == "Virter and vmshed side by side"
    )


def test_headings_say_what_they_are_heading_for(pair, compare):
    table = compare(PAIR).one("table")
    assert {head["scope"] for head in table.one("thead").all("th")} == {"col"}
    assert {head["scope"] for head in table.one("tbody").all("th")} == {"row"}


def test_page_names_what_is_compared(pair, compare):
    make_project("Third")
    assert compare(PAIR).title.startswith("Compare Virter and vmshed ·")
    assert compare(f"{PAIR}&project=third").title.startswith("Compare Virter, vmshed and Third ·")
    assert compare("project=virter").title.startswith("Compare Virter ·")
    assert compare().title.startswith("Compare projects ·")


# Only differences


def test_only_differences_leaves_out_what_all_agree_on(pair, compare):
    page = compare(f"{PAIR}&only=differences")
    assert list(rows(page)) == ["What it does", "Use it when", "Last checked"]
    assert "2 rows in which both are the same left out" in page.main.text


def test_switch_leads_there_and_back(pair, compare):
    there = compare(PAIR).main.links()["Show only differences"]
    assert there == f"/compare/?{PAIR}&only=differences"
    assert compare(there.partition("?")[2]).main.links()["Show all rows"] == f"/compare/?{PAIR}"


def test_day_of_a_status_and_notes_make_no_difference_but_certainty_does(compare):
    fields = {"licence": "MIT", "status_note": "One.", "licence_note": "One."}
    make_project("One", status_as_of=A_DAY, **fields)
    make_project("Two", status_as_of=date(2025, 1, 1), licence="MIT", licence_note="Two.")
    page = compare("project=one&project=two&only=differences")
    assert page.one("tbody").text == "They differ in nothing that is recorded here."
    Project.objects.filter(slug="two").update(licence_certainty="disputed")
    assert list(rows(compare("project=one&project=two&only=differences"))) == ["Licence"]


def test_one_of_three_that_differs_is_a_difference(pair, compare):
    make_project("Third", licence="MIT")
    assert "Licence" in rows(compare(f"{PAIR}&project=third&only=differences"))


# Other tools


def test_other_tool_has_a_column_with_what_the_entries_say_of_it(tools, compare):
    page = compare(f"{PAIR}&alternative=VAGRANT")
    assert columns(page) == ["Virter", "vmshed", "Vagrant not in this catalogue"]
    assert page.one("thead").links()["Vagrant"] == "https://example.org/vagrant"
    table = rows(page)
    assert next(iter(table)) == "How the entries differ from it"
    assert table.pop("How the entries differ from it") == [
        "",
        "",
        "Virter: Sits closer to Linux. vmshed: Runs many at once.",
    ]
    assert {cells[2] for cells in table.values()} == {"not known here"}


def test_other_tools_are_offered_and_each_leads_to_its_column(tools, compare):
    page = compare(f"{PAIR}&alternative=virsh")
    offers = page.section("Tools outside this catalogue").links()
    assert offers["Add Vagrant"] == f"/compare/?{PAIR}&alternative=virsh&alternative=Vagrant"
    assert "Add virsh" not in offers
    assert removal(page, "virsh") == f"/compare/?{PAIR}"


def test_one_entry_beside_another_tool_is_a_comparison(tools, compare):
    page = compare("project=virter&alternative=virsh&only=differences")
    assert columns(page) == ["Virter", "virsh not in this catalogue"]
    assert "What it does" in rows(page)
    assert "Show all rows" not in page.main.links()


def test_other_tool_goes_with_the_last_entry_that_speaks_of_it(tools, compare):
    page = compare(f"{PAIR}&alternative=virsh&alternative=Vagrant")
    assert removal(page, "Virter") == "/compare/?project=vmshed&alternative=Vagrant"
    assert notices(compare(removal(page, "Virter").partition("?")[2])) == []


def test_unknown_tool_is_named(tools, compare):
    page = compare(f"{PAIR}&alternative=Docker")
    assert notices(page) == ["None of these names an alternative called “Docker”."]
    assert columns(page) == ["Virter", "vmshed"]


def test_tool_with_an_entry_is_compared_as_that_entry(pair, compare):
    virter, vmshed = pair
    Alternative.objects.create(project=virter, other=vmshed, name="vmshed", difference=".")
    page = compare("project=virter&alternative=vmshed")
    assert notices(page) == ["None of these names an alternative called “vmshed”."]
    assert "Tools outside this catalogue" not in page.headings


def test_more_other_tools_than_fit_are_not_offered(pair, compare):
    for number in range(6):
        Alternative.objects.create(project=pair[0], name=f"T{number}", difference=".")
    query = "&".join(f"alternative=T{number}" for number in range(6))
    page = compare(f"{PAIR}&{query}")
    assert len(columns(page)) == 7
    assert notices(page) == ["Only the first 5 other tools are compared; 1 left out."]
    assert "Tools outside this catalogue" not in page.headings


# Retired entries


def test_successor_is_pointed_to_first_and_can_take_the_place(pair, compare):
    new = make_project("New")
    make_project("Old", successor=new, status="discontinued")
    page = compare("project=old&project=virter&only=differences")
    notice = page.one("p", class_="notice")
    assert notice.text == "Old is discontinued. Use New instead: put it in the place of Old."
    assert notice.links() == {
        "New": "/projects/new/",
        "put it in the place of Old": ("/compare/?project=new&project=virter&only=differences"),
    }


def test_successor_that_is_there_already_stays_where_it_is(compare):
    make_project("Old", successor=make_project("New"), status="discontinued")
    make_project("Virter")
    notice = compare("project=virter&project=new&project=old").one("p", class_="notice")
    assert notice.links()["compare without Old"] == "/compare/?project=virter&project=new"


def test_hidden_successor_is_not_pointed_to(pair, compare):
    make_project("Old", successor=make_draft("Zanzibar"), status="discontinued")
    page = compare("project=old&project=virter")
    assert notices(page) == []
    assert "zanzibar" not in page.html.lower()
