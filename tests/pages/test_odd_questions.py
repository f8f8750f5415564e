"""Questions to the list that have no answer, or that nobody asks by hand."""

from urllib.parse import quote

import pytest

pytestmark = pytest.mark.django_db

REMOVE = "\N{MULTIPLICATION SIGN} (chosen, remove)"


@pytest.mark.parametrize("value", ["MIT", "mit", "Mit"])
def test_case_of_a_value_does_not_matter(projects, visit, value):
    page = visit(f"/projects/?licence={value}")
    assert page.cards == ["agentx"]
    assert page.all(class_="notice") == []
    assert page.main.one("a", aria_current="true").text == f"MIT {REMOVE}"


@pytest.mark.parametrize("value", ["OR", "or", "MIT OR Apache-2.0", "2.0", "Apache", "(MIT)", "%"])
def test_only_a_whole_licence_is_a_value(projects, visit, value):
    page = visit(f"/projects/?licence={quote(value)}")
    assert page.cards == []
    assert f"“Licence: {value}”".lower() in page.one(class_="notice").text.lower()


# Values that nothing has


@pytest.mark.parametrize(
    ("query", "sentence", "nearest"),
    [
        ("tag=storrage", "under “Tag: storrage”. Did you mean Storage?", "?tag=storage"),
        ("language=rusty", "under “Language: rusty”. Did you mean Rust?", "?language=rust"),
        ("licence=MIT-0", "under “Licence: mit-0”. Did you mean MIT?", "?licence=mit"),
        ("status=finish", "under “Status: finish”. Did you mean finished?", "?status=finished"),
        (
            "person=roland+kamerer",
            "under “Made by: roland kamerer”. Did you mean Roland Kammerer?",
            "?person=roland-kammerer",
        ),
    ],
)
def test_unknown_value_shows_an_empty_list_and_the_nearest_one(
    projects, visit, query, sentence, nearest
):
    page = visit(f"/projects/?{query}")
    notice = page.one(class_="notice")
    assert page.cards == []
    assert sentence in notice.text
    assert notice.one("a")["href"] == nearest
    assert visit(f"/projects/{nearest}").cards != []


def test_unknown_value_with_nothing_near_can_be_left_out(projects, visit):
    page = visit("/projects/?tag=qqqq&language=go")
    notice = page.one(class_="notice")
    assert page.cards == []
    assert notice.text == "Nothing is listed under “Tag: qqqq”. Look without it."
    assert sorted(visit(f"/projects/{notice.one('a')['href']}").cards) == ["LINSTOR GUI", "Virter"]


def test_only_unknown_value_can_be_left_out_too(projects, visit):
    link = visit("/projects/?tag=qqqq").one(class_="notice").one("a")
    assert link["href"] == "."


def test_value_that_only_the_other_choices_lack_is_not_called_unknown(projects, visit):
    page = visit("/projects/?language=rust&tag=storage&tag=testing")
    assert page.cards == []
    assert page.all(class_="notice") == []
    assert "No project fits all of this." in page.main.text


def test_value_is_shown_as_text_and_never_as_html(projects, visit):
    page = visit(f"/projects/?tag={quote('<script>alert(1)</script>')}&q={quote('"><img src=x>')}")
    assert page.problems == []
    assert page.main.all("script", "img") == []
    assert [script["src"] for script in page.all("script")] == [
        "/static/js/theme.js",
        "/static/js/transitions.js",
        "/static/js/shortcuts.js",
        "/static/js/suggestions.js",
    ]


def test_right_to_left_override_is_taken_out(projects, visit):
    page = visit(f"/projects/?tag={quote('stor\u202eega')}")
    assert "\u202e" not in page.html


# What nobody asks by hand


@pytest.mark.parametrize(
    "query",
    [
        "tag=%00",
        "q=%00",
        "tag=%E2%80%AE",
        "sort=%00",
        "tag=" + "x" * 10_000,
        "q=" + "x" * 10_000,
        "q=" + "+".join("abcdefghij" * 10),
        "&".join(f"tag=t{number}" for number in range(500)),
        "&".join(f"-licence=l{number}" for number in range(500)),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said_so_once(projects, visit, query):
    notices = [notice.text for notice in visit(f"/projects/?{query}").all("p", class_="notice")]
    said = [text for text in notices if not text.startswith("Nothing is listed")]
    assert len(said) == 1


@pytest.mark.parametrize(
    "value",
    [
        "%ff",
        "%ed%a0%80",
        "%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB",
        "%D7%A9%D7%9C%D7%95%D7%9D",
        "%",
        "%27",
        "%22",
        "%5C",
        "%3B--",
        "%2A",
        "%28",
        "NULL",
        "../..",
        "x%0ay",
        "x%00y",
        "1" * 120,
    ],
)
@pytest.mark.parametrize("name", ["tag", "licence", "status", "-tag", "-licence", "person"])
def test_any_value_is_answered_and_never_widens_the_list(projects, visit, name, value):
    page = visit(f"/projects/?{name}={value}")
    assert len(page.cards) == (4 if name.startswith("-") else 0)
    assert len(page.all("p", class_="notice")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "=",
        "&&&",
        "q",
        "tag",
        "page=2&page=abc",
        "q=libvirt&q=",
        "a=1&" * 900,
        "%ff=%ff",
        "%00=%00",
    ],
)
def test_any_query_is_answered(projects, visit, query):
    assert visit(f"/projects/?{query}").problems == []


def test_of_repeated_words_and_orders_the_last_counts(projects, shown, visit):
    assert shown("q=libvirt&q=disks") == ["WinDRBD"]
    page = visit("/projects/?q=libvirt&q=disks&sort=name&sort=newest")
    assert "Of several searches only the last was used." in page.text
    assert "Of several orders only the last was used." in page.text


def test_many_unknown_values_are_not_many_notices(projects, visit):
    page = visit("/projects/?" + "&".join(f"tag=unknown-{number}" for number in range(20)))
    assert len(page.all("p", class_="notice")) == 6
    assert "Nothing is listed under 15 other values either." in page.text


def test_more_parameters_than_any_browser_sends_are_refused_clearly(visit):
    page = visit("/projects/?" + "a=1&" * 1001, status=400)
    assert page.one("h1").text == "The request could not be read"
    assert "too many parameters: 1000 is the most" in page.text


@pytest.mark.parametrize("page", ["9999", "0", "abc", "-1"])
def test_page_that_is_not_there_says_which_one_is_shown(projects, visit, page):
    assert f"There is no page “{page}”; this is page 1." in visit(f"/projects/?page={page}").text
