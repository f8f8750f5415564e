"""Whatever is typed, the list page is an ordinary page that says what was ignored."""

from urllib.parse import urlencode

import pytest

from projects.facets import FACETS
from tests.factories import make_project, make_tag

pytestmark = pytest.mark.django_db

ODD_WORDS = [
    "virter AND machines",
    "virter OR nothing",
    "virter NOT machines",
    "NEAR(virter machines, 2)",
    "NEAR(",
    "name:virter",
    "{name body} : virter",
    "^virter",
    "virt*",
    "*",
    "-*",
    "virter & !machines | x <-> y:*",
    "'virter':A",
    '"',
    '""',
    '"""',
    'virter "machines',
    "((virter",
    "virter)))",
    "()",
    "-",
    "--",
    "-virter -virter",
    '-"makes virtual"',
    "'; DROP TABLE projects_project; --",
    "\\",
    "\\'",
    "%",
    "%s %(q)s",
    "_",
    "vir%",
    "\0",
    "vir\0ter",
    "🦀",
    "virter 🦀",
    "👩‍💻",
    "שלום עולם",
    "مرحبا",
    "\u202evirter",
    "日本語",
    "e\u0301" * 50,
    "ﬁ" * 99,
    "x" * 10_000,
    "x " * 10_000,
    '"' * 10_000,
    "-x " * 500,
    "tag:" * 500,
    "tag:x " * 500,
    "+".join("c++" for _ in range(60)),
    "İ" * 199,
    "ß" * 199,
]
# Signs without a word in them, or more than is used.
SAID = {
    "*": "has no word",
    '""': "has no word",
    "--": "has no word",
    "%": "has no word",
    "🦀": "has no word",
    "\0": "Nothing in your words could be read.",
    "x" * 10_000: "up to 200 characters",
    "x " * 10_000: "Only the first 20 words",
}


@pytest.fixture
def page(client, db):
    """Open the list with parameters, as a visitor does."""
    make_project("Virter").tags.add(make_tag("Storage"))

    def page(*parameters):
        response = client.get(f"/projects/?{urlencode(parameters)}")
        assert response.status_code == 200
        return response

    return page


def said(response):
    listing = response.context["listing"]
    unknown = [unknown.sentence for unknown in response.context["narrowing"].unknown]
    return [*listing.ignored, *unknown]


@pytest.mark.parametrize("text", ODD_WORDS, ids=lambda text: ascii(text[:20]))
def test_any_words_are_answered(page, text):
    for sort in ("", "name", "newest"):
        response = page(("q", text), ("sort", sort))
        assert len(response.content) < 200_000
    page(("-tag", "storage"), ("q", text))


@pytest.mark.parametrize("text", ODD_WORDS, ids=lambda text: ascii(text[:20]))
@pytest.mark.parametrize("prefix", ["tag:", "-language:", 'person:"'])
def test_any_words_are_answered_in_a_field(page, text, prefix):
    page(("q", prefix + text))


@pytest.mark.parametrize("text", SAID, ids=lambda text: ascii(text[:20]))
def test_what_is_ignored_is_said(page, text):
    response = page(("q", text))
    [sentence] = said(response)
    assert SAID[text] in sentence
    assert 'class="notice"' in response.text


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "NEAR"])
def test_operators_are_words(page, word):
    make_project("other", description=f"{word.lower()} so on")
    assert [str(row) for row in page(("q", word)).context["projects"]] == ["other"]


@pytest.mark.parametrize("name", [*FACETS, *(f"-{name}" for name in FACETS)])
def test_five_hundred_values_are_cut_and_said(page, name):
    response = page(*((name, f"value-{number}") for number in range(500)))
    assert "one too many" in response.context["listing"].ignored[0]


def test_five_hundred_parameters_nobody_knows_change_nothing(page):
    response = page(*((f"unknown-{number}", "x") for number in range(500)))
    assert [str(row) for row in response.context["projects"]] == ["Virter"]


@pytest.mark.parametrize(
    ("name", "value", "notices"),
    [
        ("q", "virter", ["Of several searches only the last was used."]),
        ("sort", "name", ["Of several orders only the last was used."]),
        ("page", "1", []),
    ],
)
def test_of_repeated_parameters_the_last_counts(page, name, value, notices):
    response = page((name, "zzz"), (name, "\0"), (name, value))
    assert [str(row) for row in response.context["projects"]] == ["Virter"]
    assert said(response) == notices


def test_repeated_values_are_one(page):
    response = page(*[("tag", "storage")] * 500)
    assert [str(row) for row in response.context["projects"]] == ["Virter"]
    assert said(response) == []


@pytest.mark.parametrize("value", ["\0", "🦀", "%", "שלום", "'", '"', "x" * 121, "../..", "null"])
@pytest.mark.parametrize("name", FACETS)
def test_a_value_that_nothing_has_is_named_or_left_out_aloud(page, name, value):
    assert len(said(page((name, value)))) == 1


def test_more_parameters_than_any_page_needs_are_refused_politely(client):
    response = client.get("/projects/?" + "&".join(f"tag=t{number}" for number in range(1_001)))
    assert response.status_code == 400
    assert "<h1" in response.text
