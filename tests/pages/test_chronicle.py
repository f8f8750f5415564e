"""Releases of the projects, and what changed in the catalogue."""

from datetime import date

import pytest

from people.lists import ForgivingListView
from projects.models import ChangelogEntry, Release
from tests.factories import make_draft, make_product, make_project

pytestmark = pytest.mark.django_db

A_DAY = date(2023, 10, 4)


def release(subject, version="v1", day=A_DAY, **fields):
    about = {subject._meta.model_name: subject}
    return Release.objects.create(version=version, date=day, **about, **fields)


def change(title="Virter", day=A_DAY, kind="added", **fields):
    return ChangelogEntry.objects.create(title=title, date=day, kind=kind, **fields)


# Releases


def test_releases_of_all_projects_come_newest_first(visit):
    virter, other = make_project(), make_project("Other")
    release(virter, "v1", url="https://example.org/v1", notes="*Faster.*")
    release(other, "v9-rc", date(2024, 1, 1), is_prerelease=True)
    items = visit("/releases/").main.one("ol", class_="timeline").all("li")
    assert [item.text for item in items] == [
        "1 January 2024 Other v9-rc pre-release",
        "4 October 2023 Virter v1 Faster.",
    ]
    assert items[1].links() == {"Virter": "/projects/virter/", "v1": "https://example.org/v1"}


def test_releases_of_products_and_hidden_entries_are_not_among_them(visit):
    release(make_product())
    release(make_draft())
    assert "No release is known yet." in visit("/releases/").main.text


def test_releases_are_shown_in_pages(visit, monkeypatch):
    monkeypatch.setattr(ForgivingListView, "paginate_by", 2)
    virter = make_project()
    for number in range(1, 4):
        release(virter, f"v{number}", date(2024, 1, number))
    page = visit("/releases/?page=2")
    assert "v1" in page.main.text
    assert "v2" not in page.main.text
    assert page.canonical == "http://localhost:8000/releases/?page=2"
    assert visit("/releases/?page=99").canonical == page.canonical


# Changelog


def test_changes_come_newest_first_with_what_they_concern(visit):
    entry = change(text="Its *text* is new.", url="https://example.org/article")
    entry.projects.add(make_project(), make_draft())
    change("Other", date(2024, 12, 6), "retired")
    page = visit("/changelog/")
    assert page.headings == ["Changelog", "retired Other", "added Virter"]
    item = page.section("added Virter").parent
    assert item.one("time")["datetime"] == "2023-10-04"
    assert item.one("em").text == "text"
    assert "Concerns Virter." in item.text
    assert item.links() == {
        "Read it at its source": "https://example.org/article",
        "Virter": "/projects/virter/",
    }


def test_day_of_several_changes_is_seen_once(visit):
    for title in ("Ada", "Bob", "Eve"):
        change(title, date(2024, 12, 6) if title == "Ada" else A_DAY)
    days = visit("/changelog/").main.one("ol", class_="timeline").all("time")
    assert [day["datetime"] for day in days] == ["2024-12-06", "2023-10-04", "2023-10-04"]
    assert [day.attributes.get("class") for day in days] == [None, None, "visually-hidden"]


def test_each_year_has_a_page(visit):
    change("Old", A_DAY)
    change("New", date(2024, 12, 6))
    page = visit("/changelog/2023/")
    assert page.headings == ["Changelog 2023", "added Old"]
    years = page.one("nav", aria_label="Years")
    assert years.links() == {
        "All": "/changelog/",
        "2024": "/changelog/2024/",
        "2023": "/changelog/2023/",
    }
    assert years.one("a", aria_current="page").text == "2023"


@pytest.mark.parametrize(
    "year", ["2022", "0", "1", "0000", "9999", "10000", "99999", "9" * 40, "02023", "-1", "abc"]
)
def test_year_in_which_nothing_changed_is_not_found(visit, year):
    change()
    visit(f"/changelog/{year}/", status=404)


def test_catalogue_in_which_nothing_changed_yet_says_so(visit):
    page = visit("/changelog/")
    assert "Nothing has changed yet." in page.main.text
    assert page.all("nav", aria_label="Years") == []
