"""What is suggested while somebody types."""

from urllib.parse import quote

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from projects.models import Collection, Contribution, TaggedProject
from tests.factories import (
    A_DAY,
    make_draft,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import add_more
from .document import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(visit):
    """List the groups that are suggested for a text, each with its names and their addresses."""

    def suggested(text):
        page = visit(f"/suggest/?q={quote(text)}")
        assert page.problems == []
        return {
            group.one(role="presentation").text: {
                option.text: option["href"] for option in group.all(role="option")
            }
            for group in page.all(role="group")
        }

    return suggested


@pytest.fixture
def names(suggested):
    """List the names of everything that is suggested for a text, without what tells of them."""
    told = " Makes virtual machines."

    def names(text):
        return [name.removesuffix(told) for group in suggested(text).values() for name in group]

    return names


def summary(client, text):
    return Document(client.get("/suggest/", {"q": text}).text).one("p").text


# What is suggested


def test_things_of_every_kind_are_suggested_under_their_kind(suggested):
    project = make_project("Linux tools", tagline="Decodes.")
    tag = make_tag("Linux")
    TaggedProject.objects.create(content_object=project, tag=tag)
    make_person("Lina Inverse", headline="")
    make_product("LINSTOR", tagline="Stores.")
    upstream = make_upstream("linkerd", tagline="Connects.")
    Contribution.objects.create(
        project=project, upstream=upstream, title="Fix", state="merged", state_as_of=A_DAY
    )
    group = Collection.objects.create(name="Lines", slug="lines", tagline="Of work.")
    group.items.create(project=project)
    assert suggested("lin") == {
        "Projects": {"Linux tools Decodes.": "/projects/linux-tools/"},
        "Tags": {"Linux": "/tags/linux/"},
        "People": {"Lina Inverse": "/people/lina-inverse/"},
        "Products": {"LINSTOR Stores.": "/products/linstor/"},
        "Upstream": {"linkerd Connects.": "/upstream/linkerd/"},
        "Collections": {"Lines Of work.": "/collections/lines/"},
    }


def test_last_word_may_be_unfinished_and_the_others_count_whole(names):
    make_project("linux-taintinfo")
    make_project("linux-firmware")
    assert names("linux tai") == ["linux-taintinfo"]
    assert names("lin taint") == []


def test_single_letter_is_waited_for(names):
    make_project("agentx")
    assert names("a") == []
    assert names("agentx b") == names("agentx") == ["agentx"]


def test_names_that_begin_with_the_text_come_first(names):
    make_project("Small Reactor", is_featured=True)
    make_project("Reactor tools", is_featured=True)
    make_project("Reactor")
    assert names("reactor") == ["Reactor", "Reactor tools", "Small Reactor"]


def test_names_come_before_taglines_and_the_text_only_where_neither_has_the_word(names):
    make_project("one", need="It takes snapshots", is_featured=True)
    two = make_project("two", is_featured=True)
    two.tags.add(make_tag("Snapshots"))
    assert names("snapsh") == ["two", "Snapshots"]
    two.tags.clear()
    assert names("snapsh") == ["one"]
    make_project("Snapshotter")
    assert names("snapsh") == ["Snapshotter"]


def test_no_more_than_eight_are_suggested_and_half_of_them_may_be_projects(suggested):
    for number in range(9):
        make_person(f"Quentin {number}")
    assert len(suggested("que")["People"]) == 8
    for number in range(9):
        make_project(f"Quench {number}")
    sizes = {label: len(group) for label, group in suggested("que").items()}
    assert sizes == {"Projects": 4, "People": 4}


def test_person_is_suggested_by_another_name_and_without_umlauts(names):
    person = make_person("Moritz Wanzenböck")
    person.aliases.create(name="WanzenBug")
    assert names("wanzenbo") == names("wanzenbu") == ["Moritz Wanzenböck"]


def test_what_was_typed_is_marked_and_everything_is_escaped(client):
    make_project("<b>Virter</b>", slug="virter", tagline='<img src=x> & "virtual" machines')
    text = client.get("/suggest/?q=vir").text
    assert "&lt;b&gt;<mark>Virter</mark>&lt;/b&gt;" in text
    assert "&lt;img src=x&gt; &amp; &quot;<mark>virtual</mark>&quot; machines" in text


def test_number_is_told(client):
    make_project("Virter")
    assert summary(client, "vir") == "1 suggestion"
    make_project("Virtual")
    assert summary(client, "vir") == "2 suggestions"
    assert summary(client, "qqqq") == "No suggestions"


# Typing errors


@pytest.mark.parametrize("text", ["linux-tiantinfo", "linuxtaintinfi", "linux taintimfo"])
def test_nearest_words_are_suggested_where_nothing_fits(client, names, text):
    make_project("linux-taintinfo")
    assert names(text) == ["linux-taintinfo"]
    assert summary(client, text).startswith("1 suggestion near “linux")


def test_nothing_is_corrected_that_fits(client, names):
    make_project("drive")
    make_project("one", need="A driver")
    assert names("driver") == ["one"]
    assert summary(client, "driver") == "1 suggestion"


# What nobody may see


def test_draft_is_never_suggested_nor_anything_known_from_it_alone(names):
    draft = make_draft("Quokka", tagline="Wombat", need="Numbat")
    draft.tags.add(make_tag("Bilby"))
    Collection.objects.create(name="Potoroo", slug="potoroo").items.create(project=draft)
    Contribution.objects.create(
        project=draft,
        upstream=make_upstream("Bandicoot"),
        title="Fix",
        state="merged",
        state_as_of=A_DAY,
    )
    make_person("Wallaby", is_listed=False)
    hidden = ["quokka", "wombat", "numbat", "bilby", "potoroo", "bandicoot", "wallaby"]
    for word in hidden:
        for text in (word, word[:-1], f"{word}s", word.replace("a", "e")):
            assert names(text) == [], text


def test_near_word_of_a_draft_is_not_told(client):
    make_draft("Quokkas")
    assert summary(client, "quokkqs") == "No suggestions"


def test_withdrawn_entry_is_not_suggested_any_more(names):
    project = make_project("Virter")
    assert names("virt") == ["Virter"]
    project.state = "withdrawn"
    project.save()
    assert names("virt") == []


# How it is answered


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q",
        "q=",
        "q=%00",
        "q=%ff",
        "q=%20%20",
        "q=NEAR(",
        "q=%22%22%22",
        "q=-virter",
        "q=tag:",
        "q=tag:storage",
        "q=vir*",
        "q=%25%25",
        "q=%5C%27%3B--",
        "q=%F0%9F%A6%80%F0%9F%A6%80",
        "q=%E2%80%AEriv",
        "q=" + "x" * 10_000,
        "q=" + "+".join(f"wrng{number}" for number in range(300)),
        "q=vir&" + "q=zzzz&" * 500,
    ],
)
def test_any_question_is_answered(client, query):
    make_project("Virter")
    response = client.get(f"/suggest/?{query}")
    assert response.status_code == 200
    assert Document(response.text).problems == []


def test_of_repeated_words_the_last_count(names):
    make_project("Virter")
    assert names("zzzz&q=virter") == []
    make_project("zzzz")
    assert names("zzzz") == ["zzzz"]


def test_answer_is_checked_before_it_is_shown_again_and_not_for_search_engines(client):
    response = client.get("/suggest/?q=vir")
    # A suggestion must not outlive the entry.
    assert response["Cache-Control"] == "public, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Cookie" not in response.get("Vary", "")


def test_word_of_a_draft_changes_no_suggestion(client):
    make_project("flag", slug="flag", tagline="x")
    before = client.get("/suggest/?q=flagz").content
    assert b"flag" in before
    make_draft("Hidden", description="It has a flagz.")
    assert client.get("/suggest/?q=flagz").content == before


# In earnest what is written is noticed once, and not again by every question.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("text", ["vir", "other", "storage", "Lars E", "virtre", "qqqq", "wzzzt x"])
def test_database_is_asked_a_few_times_however_much_there_is(catalogue, client, text):
    add_more(catalogue, 2)
    client.get("/suggest/", {"q": "qqqq"})
    with CaptureQueriesContext(connection) as captured:
        client.get("/suggest/", {"q": text})
    # PostgreSQL is also told how to look for words.
    assert len([query for query in captured if query["sql"].startswith("SELECT")]) <= 16
