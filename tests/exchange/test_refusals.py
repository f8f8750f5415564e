"""What is wrong with a file from elsewhere is said in one sentence."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcase.exchange import read
from showcase.exchange.reading import MAX_SIZE
from showcase.records import FixtureError
from showcase.yaml import CautiousLoader

from .samples import (
    CITATION,
    CODEMETA,
    FILES,
    LANDSCAPE,
    PEOPLE,
    PROJECTS,
    PUBLICCODE,
    TODAY,
    reading_of,
)

TAG = "- model: projects.tag\n  fields: {name: Storage, slug: storage}\n"
BOMB = "a: &a [x]\nb: &b [*a, *a, *a, *a]\nlandscape: [*b, *b, *b]\n"
CIRCLE = "name,tagline,status,successor\nA b,A.,active,b-c\nB c,B.,active,c-d\nC d,C.,active,a-b\n"


def but(text, old, new):
    """Return a sample with one difference."""
    assert text.count(old) == 1, f"{old!r} is not there exactly once"
    return text.replace(old, new)


# The name of the file, its content, and words that the sentence has to contain.
ANY = {
    "nothing that is known": ("notes.txt", "", "nothing is known of files that are called so"),
    "no ending": ("projects", "", "nothing is known"),
    "an archive": ("project.yaml.gz", b"\x1f\x8b", "nothing is known"),
    "a huge file": ("projects.csv", b"x" * (MAX_SIZE + 1), "20 MB is the most", "divide it"),
    "UTF-16": ("people.csv", PEOPLE.encode("utf-16"), "UTF-16", "save it as UTF-8"),
    "Latin-1": ("people.csv", PEOPLE.encode("latin-1"), "line 2: the text is not encoded as UTF-8"),
    "Latin-1 in YAML": ("publiccode.yml", "name: Grüße".encode("latin-1"), "line 1", "UTF-8"),
    "a NUL in a table": ("people.csv", but(PEOPLE, "LINBIT", "\0"), "line 2", "NUL character"),
    "a NUL in YAML": ("landscape.yml", but(LANDSCAPE, "Ansible", "\0"), "line 25", "U+0000"),
    "a NUL in JSON": ("codemeta.json", '{"name": "a\\u0000b"}', "“name”", "NUL"),
    "half a character": ("codemeta.json", '{"name": "a\\ud800"}', "surrogate"),
    "users": (
        "user.yaml",
        "- model: auth.user\n  fields: {username: eve, is_superuser: true}\n",
        "record 1 (auth.user): this is no part of the catalogue",
    ),
}

MARKUP = {
    "aliases that grow": ("landscape.yml", BOMB, "line 1, column 4", "anchors (&) and aliases (*)"),
    "an object": ("publiccode.yml", "name: !!python/name:os.system x\n", "leave out the tag"),
    "deep YAML": ("publiccode.yml", "name: " + "[" * 5_000, "nested too deeply"),
    "deep JSON": ("codemeta.json", '{"name": ' + "[" * 5_000 + "]" * 5_000 + "}", "too deeply"),
    "a deep fixture": ("tag.json", "[" * 5_000 + "]" * 5_000, "too deeply"),
    "deeper JSON": ("codemeta.json", '{"name": ' + "[" * 200_000, "too deeply"),
    "no JSON": ("codemeta.json", '{"name": "A",}', "line 1, column 13: this is no JSON"),
    "a key twice": ("publiccode.yml", "name: A\nname: B\n", "line 2", "after line 1"),
    "nothing": ("CITATION.cff", "", "the file is empty"),
    "a list for a mapping": ("publiccode.yml", "- a\n", "a publiccode.yml is a mapping"),
    "a word for an object": ("codemeta.json", '"A"', "a codemeta.json is one object"),
    "no landscape": ("landscape.yml", "categories: []\n", "begins with “landscape:”"),
    "no name": ("publiccode.yml", "url: https://example.org\n", "“name”: this is missing"),
    "no title": ("CITATION.cff", "cff-version: 1.2.0\n", "“title”: this is missing"),
    "an item without a name": (
        "landscape.yml",
        but(LANDSCAPE, "            name: Airship\n", ""),
        "landscape.yml, line 8, “name”: this is missing",
    ),
    "items that are words": (
        "landscape.yml",
        LANDSCAPE + "          - Terraform\n",
        "line 31, “items”: number 1 of this list has to be a mapping",
    ),
    "a list for a text": ("publiccode.yml", "name: [A]\n", "line 1, “name”: this has to be text"),
    "a text for a mapping": (
        "publiccode.yml",
        "name: A\nlegal: MIT\n",
        "line 2, “legal”: this has to be a mapping",
    ),
    "a text for a list": ("CITATION.cff", "title: A\nkeywords: a\n", "line 2, “keywords”", "list"),
    "no day": (
        "CITATION.cff",
        but(CITATION, "2024-02-03", "2024-02-30"),
        "“date-released”: “2024-02-30” is no day",
    ),
    "a day to come": ("CITATION.cff", but(CITATION, "2024-02-03", "2999-01-01"), "still to come"),
    "a script for an address": (
        "publiccode.yml",
        but(PUBLICCODE, "https://example.com/italia/medusa\n", "javascript:alert(1)\n"),
        "publiccode.yml, record 1",
        "field “url”: Write the full address",
    ),
    "a password in an address": (
        "codemeta.json",
        but(CODEMETA, "https://github.com/codemeta/codemeta-generator/i", "https://a:b@c.org/i"),
        "Remove the part before the @",
    ),
    "an address of this machine": (
        "landscape.yml",
        but(LANDSCAPE, "https://www.ansible.com", "http://localhost/"),
        "landscape.yml, line 24, record 2",
        "numbers and names like localhost will not do",
    ),
    "a name of which no address can be made": (
        "landscape.yml",
        but(LANDSCAPE, "name: Ansible", "name: 阿里云"),
        "landscape.yml, line 24, record 2: no address can be made of “阿里云”",
    ),
    "two items of one name": (
        "landscape.yml",
        but(LANDSCAPE, "name: Ansible", "name: Airship"),
        "line 24, record 2 (projects.project “airship”): this is stated already in",
        "landscape.yml, line 8, record 1; leave one of them",
    ),
    "a name that is too long": (
        "landscape.yml",
        but(LANDSCAPE, "name: Ansible", f"name: {'A' * 121}"),
        "line 24",
        "field “name”",
        "120",
    ),
    "a text that costs too much": (
        "codemeta.json",
        '{"name": "A", "description": "%s"}' % ("x" * 10_001),
        "field “description”: This text has 10,001 characters",
    ),
}

TABLES = {
    "nothing": ("people.csv", "", "the column “name” is missing"),
    "no header": ("projects.csv", "Virter,active\n", "line 1: column 1 is called “virter”"),
    "only a header": ("projects.csv", "name,tagline,status\n", "the table has no rows"),
    "an unknown column": (
        "projects.csv",
        but(PROJECTS, ",licence,", ",license,"),
        "line 1: column 6 is called “license”",
        "perhaps “licence” is meant",
    ),
    "a column without a name": ("people.csv", "name,\nA,b\n", "column 2 is called “”"),
    "a column twice": ("people.csv", "name,slug,Name\nA,a,B\n", "“name” is there twice"),
    "mail addresses": ("people.csv", "name,email\nA,a@example.org\n", "column 2", "“email”"),
    "no tagline": ("projects.csv", "name,status\nA,active\n", "the column “tagline” is missing"),
    "an empty cell": (
        "projects.csv",
        but(PROJECTS, "Writes catalogues.", ""),
        "line 3, record 2: the cell “tagline” is empty",
    ),
    "a cell too many": (
        "people.csv",
        but(PEOPLE, "Developer,", "Developer, really,"),
        "line 2, record 1: this row has 7 cells, and the header has 6",
        "quotes",
    ),
    "a cell too few": ("people.csv", PEOPLE + "Ada\n", "line 4, record 3: this row has 1 cells"),
    "an open quote": ("people.csv", 'name\n"Ada\n', "line 2: this is no CSV", "quotes"),
    "a quote within a cell": ("people.csv", 'name\n"A"da\n', "line 2: this is no CSV"),
    "a very long cell": ("people.csv", f"name\n{'a' * 200_000}\n", "line 2: this is no CSV"),
    "neither yes nor no": (
        "people.csv",
        but(PEOPLE, "TRUE", "perhaps"),
        "line 2, record 1 (people.person “moritz-wanzenbock”)",
        "field “is_listed”: “perhaps” is not true or false",
    ),
    "a day of another country": (
        "projects.csv",
        but(PROJECTS, "2024-01-01", "01.01.2024"),
        "line 2, record 1 (projects.project “virter”), field “status_as_of”",
    ),
    "no status": (
        "projects.csv",
        but(PROJECTS, "finished", "done"),
        "line 3",
        "“done” is no choice; it has to be one of active",
    ),
    "a slug with signs": ("people.csv", "name,slug\nA,../b\n", "line 2", "field “slug”"),
    "one row twice": (
        "people.csv",
        "name\nAda Lovelace\nada  lovelace\n",
        "line 3, record 2",
        "people.csv, line 2, record 1; leave one of them",
    ),
    "a circle of successors": (
        "projects.csv",
        CIRCLE,
        "field “successor”: “a-b”, then “b-c”, then “c-d”, then “a-b”",
        "leave one successor out",
    ),
    "its own successor": (
        "projects.csv",
        "name,tagline,status,successor\nA b,A.,active,a-b\n",
        "“a-b”, then “a-b”",
    ),
}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param(name, content, words, id=f"{group}: {case}")
        for group, cases in {"any": ANY, "markup": MARKUP, "table": TABLES}.items()
        for case, (name, content, *words) in cases.items()
    ],
)
def test_a_file_is_refused_in_one_sentence(name, content, words):
    with pytest.raises(FixtureError) as error:
        reading_of(content, name)
    sentence = str(error.value)
    assert sentence.startswith(name)
    assert sentence.isprintable()
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence


@pytest.mark.parametrize("text", ["landscape: [a, a, a, a]\n", f"{TAG * 4}"])
def test_a_file_of_very_many_values_is_refused(text, monkeypatch):
    monkeypatch.setattr(CautiousLoader, "max_values", 5)
    with pytest.raises(FixtureError, match=r"there are more than 5 values; divide the file"):
        reading_of(text, "some.yaml")


def test_a_table_of_very_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr("showcase.exchange.tables.MAX_VALUES_ELSEWHERE", 10)
    with pytest.raises(FixtureError, match=r"line 2: there are more than 10 cells; divide the"):
        reading_of(PEOPLE, "people.csv")


def test_a_name_of_a_file_is_shown_so_that_a_terminal_can():
    with pytest.raises(FixtureError) as error:
        read("a\x1b[31m.txt", b"")
    assert str(error.value).isprintable()


ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.text(alphabet="[]{}:,;-&*!|>'\"#\n \t=aA0é", max_size=200).map(str.encode),
)


@pytest.mark.parametrize("name", [*FILES, "tag.yaml", "tag.json"])
@given(content=ANYTHING)
def test_nothing_but_a_sentence_comes_of_anything(name, content):
    with suppress(FixtureError):
        read(name, content, TODAY)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_nothing_but_a_sentence_comes_of_what_is_nearly_right(name, data):
    text = FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 30)))
    junk = data.draw(st.text(max_size=10)).encode(errors="ignore")
    with suppress(FixtureError):
        read(name, text[:start].encode() + junk + text[end:].encode(), TODAY)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_any_values_in_the_place_of_others_are_read_or_refused(data):
    content = json.loads(CODEMETA)
    for key in data.draw(st.sets(st.sampled_from(sorted(content)), max_size=4)):
        content[key] = data.draw(JSON)
    with suppress(FixtureError):
        read("codemeta.json", json.dumps(content).encode(), TODAY)
