"""Every number beside a value is the length of the list behind it: the real catalogue is walked."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from django.core.management import call_command
from django.http import QueryDict

import pytest

from projects.facets import FACETS
from projects.filters import ProjectFilters
from projects.listing import Listing
from projects.narrowing import Choice, Narrowing
from projects.snapshot import Snapshot, present

pytestmark = pytest.mark.django_db

LIST = "/projects/"
# How many choices deep each of these lists is walked.
STARTS = {
    "": 2,
    "?q=linux": 1,
    "?q=go+-windows": 1,
    "?-kind=library": 1,
    "?-status=active&-licence=permissive": 1,
    "?q=storage&-language=go": 1,
}


@pytest.fixture
def fixtures(db):
    call_command("loaddata", verbosity=0)


def listing(address, snapshot):
    query = QueryDict(address.partition("?")[2])
    return Listing(ProjectFilters.from_query(query), snapshot)


def choices(address: str, snapshot: Snapshot) -> Iterator[Choice]:
    narrowing = Narrowing(listing(address, snapshot), LIST)
    for facet in FACETS.values():
        yield from narrowing.choices(facet)


def walk(start: str, depth: int, snapshot: Snapshot) -> Iterator[tuple[str, Choice]]:
    """Yield each choice of every list within reach, with the list on which it is offered."""
    seen: set[str] = set()
    level = [urljoin(LIST, start)]
    for step in range(depth + 1):
        ahead: dict[str, bool] = {}
        for address in level:
            for choice in choices(address, snapshot):
                yield address, choice
                if not choice.is_chosen:
                    ahead[choice.url] = True
        seen.update(level)
        level = [address for address in ahead if address not in seen] if step < depth else []


def test_each_choice_counts_the_list_that_it_leads_to(fixtures):
    snapshot = present()
    lengths = {}

    def length(address):
        if address not in lengths:
            lengths[address] = len(listing(address, snapshot))
        return lengths[address]

    walked = 0
    for start, depth in STARTS.items():
        for address, choice in walk(start, depth, snapshot):
            walked += 1
            assert choice.count == length(choice.url) > 0, (address, choice)
            assert choice.exclude_count == length(choice.exclude_url), (address, choice)
    assert walked > 10_000


def test_pages_show_these_counts_and_lead_to_these_lists(fixtures, visit):
    followed = 0
    for start in STARTS:
        for link in counted(urljoin(LIST, start), visit):
            followed += 1
            behind = visit(urljoin(LIST, link["href"])).one("h2", id="count").text
            assert re.match(r"\d+", behind)[0] == link.one(class_="facet__count").text, link.text
    assert followed > 40


def counted(address, visit):
    """Return some of the links with a number: beside the list, and where all tags are offered."""
    query = address.removeprefix(LIST)
    parts = [visit(address).one("nav", id="narrow"), visit(f"{LIST}narrow/tag/{query}").main]
    links = [link for part in parts for link in part.all("a") if link.all(class_="facet__count")]
    return links[:: max(1, len(links) // 9)]


@pytest.mark.parametrize("address", ["", "?q=linux", "?tag=storage", "?language=go&-tag=csi"])
def test_foremost_of_many_values_are_those_of_all(fixtures, monkeypatch, address):
    snapshot = present()
    whole = Narrowing(listing(LIST + address, snapshot), LIST).groups
    monkeypatch.setattr("projects.narrowing.MANY", 0)
    foremost = Narrowing(listing(LIST + address, snapshot), LIST).groups
    assert [group.choices for group in foremost] == [group.choices for group in whole]
    assert None in [group.others for group in foremost]
    assert None not in [group.others for group in whole]
