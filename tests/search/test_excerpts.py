"""Each hit shows where it matched, with the words marked."""

import pytest

from people.models import Alias
from projects.cards import with_cards
from projects.models import (
    Alternative,
    Contribution,
    Credit,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
)
from projects.search.excerpts import explained
from projects.search.query import parse
from tests.factories import (
    A_DAY,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)
from tests.pages.document import Document

pytestmark = pytest.mark.django_db


def hit(text, project=None):
    """Return how the one project there is was found."""
    [shown] = explained(with_cards([project or Project.objects.get()]), parse(text))
    return shown


def test_words_are_marked_and_markup_is_escaped():
    make_project("Virter", tagline="Reads <b>", need="Uses <b>cloud</b> images & clones")
    assert hit("clouds") == (
        "Virter",
        "Reads &lt;b&gt;",
        "The need: Uses &lt;b&gt;<mark>cloud</mark>&lt;/b&gt; images &amp; clones",
    )


def test_name_and_tagline_are_marked_where_they_stand():
    make_project("Virter", tagline="Makes machines", description="Machines of all kinds")
    assert hit("machine virt") == ("<mark>Virter</mark>", "Makes <mark>machines</mark>", "")


def test_long_text_is_cut_around_the_first_word():
    make_project(tagline="x", description="before " * 50 + "snapshot" + " after" * 50)
    excerpt = hit("snapshot").excerpt
    assert excerpt.startswith("The solution: … before")
    assert "<mark>snapshot</mark>" in excerpt
    assert excerpt.endswith("after …")
    assert len(excerpt) < 350


@pytest.fixture
def project():
    """A project about which the words of the tests stand only in other rows."""
    project = make_project("agentx", tagline="x")
    project.tags.add(make_tag("monitoring", aliases="surveillance"))
    ProjectKind.objects.create(project=project, kind=make_kind("library"))
    ProjectLanguage.objects.create(project=project, language=make_language("Rust"))
    person = make_person("Ada Lovelace")
    Alias.objects.create(person=person, name="Countess")
    Credit.objects.create(project=project, person=person)
    Alternative.objects.create(project=project, name="net-snmp", difference="It is older.")
    Relation.objects.create(
        subject_project=project, verb="made-for", object_product=make_product("WinDRBD")
    )
    Contribution.objects.create(
        project=project,
        upstream=make_upstream("ReactOS"),
        title="A driver",
        state="merged",
        state_as_of=A_DAY,
    )
    return project


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("surveillance", "Tag: monitoring, <mark>surveillance</mark>"),
        ("library", "Kind: <mark>library</mark>"),
        ("rust", "Language: <mark>Rust</mark>"),
        ("lovelace", "Credited: Ada <mark>Lovelace</mark>"),
        ("countess", ""),
        ("older", "Compared with: net-snmp. It is <mark>older</mark>."),
        ("windrbd", "Made for: <mark>WinDRBD</mark>"),
        ("reactos", "Contributed: A driver, <mark>ReactOS</mark>"),
    ],
)
def test_what_other_rows_say_is_shown_where_no_text_matches(project, text, excerpt):
    assert hit(text, project).excerpt == excerpt


def test_page_marks_the_words(project, client):
    card = Document(client.get("/projects/?q=agentx").text).one("article")
    assert card.one("mark").text == "agentx"
    assert Document(client.get("/projects/").text).all("mark") == []
