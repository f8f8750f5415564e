"""What can be asked of a comparison: odd questions, adding, one address, nothing hidden."""

from datetime import timedelta
from urllib.parse import parse_qsl

from django.db import connection
from django.db.models import query
from django.db.models.fetch_modes import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects.models import Alternative, Collection, CollectionItem, TaggedProject
from tests.factories import A_MOMENT, make_draft, make_project, make_tag

from ..catalogue import add_more, make_catalogue
from .comparisons import PAIR, columns, notices, removal

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"
HIDDEN = [
    {},
    {"state": "in-review"},
    {"state": "withdrawn", "published_at": A_MOMENT},
    {"state": "published", "published_at": timezone.now() + timedelta(days=1)},
]

# fmt: off
ODD_VALUES = [
    "%00", "%ff", "%ed%a0%80", "%E2%80%AE", "%F0%9F%90%A7", "%D7%A9%D7%9C%D7%95%D7%9D", "%", "'",
    "-", "--", "*", "NEAR(", "<script>alert(1)</script>", "%22%3E<img+src=x>", "x" * 10_000,
]
# fmt: on


# What is not there, and what is too much


def test_nothing_explains_how_to_begin(compare):
    page = compare()
    assert "Follow “Compare” on any card or entry" in page.main.text
    assert page.main.links()["Choose from the list of all projects"] == "/projects/"
    assert page.all("meta", name="robots") == []


def test_one_entry_is_told_to_be_the_first_and_similar_ones_are_offered(pair, compare):
    storage = make_tag("Storage")
    for project in pair:
        TaggedProject.objects.create(content_object=project, tag=storage)
    page = compare("project=virter")
    assert "Virter is the first." in page.main.text
    offers = page.section("Similar to Virter")
    assert offers.links()["Add vmshed"] == f"/compare/?{PAIR}"
    assert "1 shared tag: Storage." in offers.text
    assert page.all("table") == []


def test_unknown_entry_is_named_and_the_nearest_one_offered_in_its_place(pair, compare):
    page = compare("project=virtr&project=vmshed&only=differences")
    assert notices(page) == ["Nothing here is called “virtr”; did you mean Virter?"]
    assert page.one("p", class_="notice").links()["Virter"] == f"/compare/?{PAIR}&only=differences"
    assert "vmshed is the first." in page.main.text


def test_unknown_entry_with_nothing_near_is_named(pair, compare):
    page = compare(f"{PAIR}&project=qqqqq")
    assert notices(page) == ["Nothing here is called “qqqqq”."]
    assert columns(page) == ["Virter", "vmshed"]
    assert "qqqqq" not in removal(page, "Virter")


def test_only_the_first_five_are_compared(compare):
    for number in range(7):
        make_project(f"Number {number}")
    page = compare("&".join(f"project=number-{number}" for number in range(7)))
    assert columns(page) == [f"Number {number}" for number in range(5)]
    assert notices(page) == ["Only the first 5 entries are compared; 2 left out."]
    assert page.all("form") == []
    assert "Remove one to add another." in page.main.text


def test_entry_that_is_asked_for_twice_has_one_column(pair, compare):
    assert columns(compare(f"{PAIR}&project=virter&project=VIRTER")) == ["Virter", "vmshed"]


@pytest.mark.parametrize("name", ["project", "alternative", "only", "add"])
@pytest.mark.parametrize(
    "value",
    ODD_VALUES,
)
def test_what_cannot_be_used_is_said_and_the_rest_compared(pair, compare, name, value):
    page = compare(f"{PAIR}&{name}={value}")
    assert columns(page) == ["Virter", "vmshed"]
    assert page.main.all("script", "img") == []
    ours = [f"/static/js/{name}.js" for name in ("theme", "transitions", "shortcuts")]
    assert [script["src"] for script in page.all("script")] == ours
    if name != "add":
        assert len(notices(page)) == 1


@pytest.mark.parametrize("name", ["project", "alternative", "only", "add", "unknown"])
def test_five_hundred_parameters_are_answered(pair, compare, name):
    page = compare("&".join([PAIR, *(f"{name}=x{number}" for number in range(500))]))
    assert columns(page) == ["Virter", "vmshed"]


@pytest.mark.parametrize("query", ["=", "&&&", "project", "project=", "%ff=%ff", "%00=%00"])
def test_query_of_nothing_is_answered_like_none(compare, query):
    assert "Two to five entries side by side." in compare(query).main.text


# Adding


def test_form_looks_for_words_and_keeps_what_is_compared(tools, compare):
    make_project("Taintinfo", tagline="Explains taint flags.")
    form = compare(f"{PAIR}&alternative=virsh&only=differences").one("form")
    hidden = [(field["name"], field["value"]) for field in form.all("input", type="hidden")]
    assert form["action"] == "/compare/"
    assert hidden == parse_qsl(f"{PAIR}&alternative=virsh&only=differences")
    page = compare(f"{PAIR}&add=taint+flags")
    assert page.one("input", name="add")["value"] == "taint flags"
    assert page.main.links()["Add Taintinfo"] == f"/compare/?{PAIR}&project=taintinfo"


def test_what_is_compared_already_is_not_found_again(pair, compare):
    page = compare("project=virter&add=virter")
    assert "Nothing else fits “virter”." in page.main.text
    assert "Add Virter" not in page.main.links()


def test_list_is_where_more_are_chosen(pair, compare):
    link = compare(f"{PAIR}&only=differences").main.links()["Add more from the list"]
    assert link == "/projects/?compare=virter&compare=vmshed"


# For search engines


@pytest.mark.parametrize("query", [PAIR, "project=virter", "project=nothing"])
def test_comparison_is_not_for_search_engines(pair, compare, query):
    assert compare(query).meta("robots") == "noindex, nofollow"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("project=vmshed&project=virter", "?project=vmshed&project=virter"),
        ("only=differences&project=virter&project=virter", "?project=virter&only=differences"),
        ("project=virter&project=nothing&add=x&a=b", "?project=virter"),
        ("project=virter&alternative=Nothing", "?project=virter"),
        ("project=nothing", ""),
    ],
)
def test_comparison_has_one_address(pair, compare, query, canonical):
    assert compare(query).canonical == f"{BASE_URL}/compare/{canonical}"


# What is hidden


@pytest.mark.parametrize("fields", HIDDEN)
def test_hidden_entry_is_compared_like_one_that_does_not_exist(pair, client, fields):
    queries = [
        "project=zanzibar",
        f"{PAIR}&project=zanzibar",
        f"{PAIR}&project=zanzibars",
        f"{PAIR}&alternative=Zanzibar",
        f"{PAIR}&alternative=Secret+tool",
        f"{PAIR}&add=zanzibar",
        "add=zanzibar",
        "project=virter",
    ]
    addresses = [f"/compare/?{query}" for query in queries]
    addresses += ["/projects/?compare=zanzibar", "/projects/?compare=virter&compare=zanzibar"]
    virter, storage = pair[0], make_tag("Storage")
    TaggedProject.objects.create(content_object=virter, tag=storage)
    before = [client.get(address).content for address in addresses]
    secret = make_draft("Zanzibar", **fields)
    TaggedProject.objects.create(content_object=secret, tag=storage)
    Alternative.objects.create(project=virter, other=secret, name="Zanzibar", difference=".")
    Alternative.objects.create(project=secret, name="Secret tool", difference=".")
    assert [client.get(address).content for address in addresses] == before


# What it costs


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_comparison_costs_as_many_queries_for_much_as_for_little(client, monkeypatch):
    monkeypatch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
    catalogue = make_catalogue()
    make_project("Old", successor=catalogue.project)
    collection = Collection.objects.create(name="All", slug="all", tagline="So.")
    CollectionItem.objects.create(project=catalogue.project, collection=collection)
    two = "/compare/?project=virter&project=other-1&alternative=Vagrant+1&only=differences"
    one = "/compare/?project=virter"
    before = [queries(client, two), queries(client, one)]
    # Filling a second column takes none, nor does a third with its successor.
    assert queries(client, f"{two}&project=old") == before[0]
    add_more(catalogue, 2)
    assert [queries(client, two), queries(client, one)] == before
