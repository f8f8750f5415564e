"""Texts that editors write, and those that only attackers do."""

import pytest

from tests.factories import make_project

pytestmark = pytest.mark.django_db


def test_umlauts_and_signs_are_shown_as_written(visit):
    make_project("Größe & <Maß>", slug="groesse", tagline="Misst “ß” & Ähnliches.")
    page = visit("/projects/groesse/")
    assert page.problems == []
    assert page.one("h1").text == "Größe & <Maß>"
    assert page.title.startswith("Größe & <Maß>: Misst “ß” & Ähnliches.")
    assert page.meta("description") == "Misst “ß” & Ähnliches."


def test_names_are_never_html(visit):
    attack = "<script>alert(1)</script>\"'>"
    make_project(attack, slug="attack", tagline=attack, status_note=attack, licence_note=attack)
    for address in ("/projects/attack/", "/projects/", "/", "/feeds/", "/projects/attacks/"):
        page = visit(address, status=404 if address.endswith("attacks/") else 200)
        assert page.problems == []
        assert [script.text for script in page.all("script") if script.text] == []
        assert page.main.all("script") == []


def test_lines_end_as_any_editor_ends_them(visit):
    page = visit(make_project(capabilities="One\r\nTwo\rThree\n").get_absolute_url())
    lines = [line.text for line in page.section("What it can do").all("li")]
    assert lines == ["One", "Two", "Three"]


def test_very_long_word_is_shown_whole(visit):
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2
    make_project(word, slug="long", tagline=word, licence_note=word, capabilities=word)
    for address in ("/projects/long/", "/projects/", "/"):
        assert word in visit(address).main.text


def test_markdown_never_adds_a_first_heading_or_an_element_of_its_own(visit):
    text = "# One\n\n## Two\n\n<script>x</script><h1 id=main>Three</h1>\n\n<p>Four\n"
    fields = dict.fromkeys(("need", "description", "how_to_get", "credits_note"), text)
    page = visit(make_project(**fields).get_absolute_url())
    assert page.problems == []
    assert [heading.text for heading in page.all("h1")] == ["Virter"]
    ours = [f"/static/js/{name}.js" for name in ("theme", "transitions", "shortcuts", "copy")]
    assert [script["src"] for script in page.all("script")] == ours
