"""Light, dark or as the system has it, as the visitor chooses."""

import re

import pytest
from playwright.sync_api import expect

SCRIPT = re.compile(r"/js/theme\b")
GROUND = "getComputedStyle(document.body).backgroundColor"
SCHEME = "getComputedStyle(document.documentElement).colorScheme"
# What every frame that has a page in it is painted with.
WATCH_FRAMES = """
window.frames_seen = [];
const note = () => {
  if (document.body) frames_seen.push(getComputedStyle(document.documentElement).colorScheme);
  if (frames_seen.length < 20) requestAnimationFrame(note);
};
requestAnimationFrame(note);
"""


# The first colour whose condition holds is the one that a browser takes.
AROUND = """() => {
  const colours = [...document.querySelectorAll("meta[name=theme-color]")];
  return colours.find((meta) => matchMedia(meta.media).matches).content;
}"""
AS_BYTES = """(colour) => {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data];
}"""


@pytest.fixture
def grounds(open_page):
    """The colour behind the page in each theme of the system."""
    return {
        theme: open_page("/about/", theme=theme).evaluate(GROUND) for theme in ("light", "dark")
    }


def is_one_ground(page):
    """Tell whether a browser draws around the page in the colour of the page."""
    colours = [page.evaluate(AROUND), page.evaluate(GROUND)]
    around, ground = (page.evaluate(AS_BYTES, colour) for colour in colours)
    return all(abs(one - other) <= 1 for one, other in zip(around, ground, strict=True))


def choose(page, name):
    page.get_by_role("group", name="Theme").get_by_label(name).check()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_chosen_theme_holds_whatever_the_system_has(open_page, grounds, system):
    page = open_page("/about/", theme=system)
    for name in ("Dark", "Light"):
        choose(page, name)
        assert page.evaluate(GROUND) == grounds[name.lower()]
    choose(page, "System")
    assert page.evaluate(GROUND) == grounds[system]


def test_chosen_theme_holds_on_the_next_page_and_the_next_day(open_page, grounds):
    page = open_page("/about/")
    choose(page, "Dark")
    page.goto("/projects/virter/")
    assert page.evaluate(GROUND) == grounds["dark"]
    expect(page.get_by_label("Dark")).to_be_checked()
    later = page.context.new_page()
    later.goto("/no-such-page/")
    assert later.evaluate(GROUND) == grounds["dark"]


def test_chosen_theme_reaches_pages_that_are_open_already(open_page, grounds):
    page = open_page("/about/")
    other = page.context.new_page()
    other.goto("/people/")
    choose(page, "Dark")
    expect(other.get_by_label("Dark")).to_be_checked()
    assert other.evaluate(GROUND) == grounds["dark"]


@pytest.mark.parametrize("system", ["light", "dark"])
def test_browser_draws_around_the_page_in_the_chosen_theme(open_page, system):
    page = open_page("/about/", theme=system)
    assert is_one_ground(page)
    for name in ("Dark", "Light", "System"):
        choose(page, name)
        assert is_one_ground(page)
    choose(page, "Dark")
    page.goto("/projects/virter/")
    assert is_one_ground(page)


def test_page_is_never_painted_in_the_other_theme(open_page):
    page = open_page("/about/")
    choose(page, "Dark")
    page.add_init_script(WATCH_FRAMES)
    held = []

    def hold(route):
        held.append(route)

    page.route(SCRIPT, hold)
    with page.expect_request(SCRIPT):
        page.goto("/projects/", wait_until="commit")
    # On a slow line this is when the page would show in the theme of the system.
    page.wait_for_timeout(400)
    held[0].continue_()
    page.wait_for_load_state()
    # The policy of the site lets nothing wait for a condition inside the page.
    page.wait_for_timeout(400)
    assert set(page.evaluate("frames_seen")) == {"dark"}


def test_theme_is_chosen_with_the_keyboard(open_page, grounds):
    page = open_page("/about/")
    page.get_by_label("System").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("Light")).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(GROUND) == grounds["dark"]


def test_theme_can_be_chosen_where_the_browser_keeps_nothing(open_page, grounds):
    page = open_page("/about/")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw 1 } })")
    page.reload()
    choose(page, "Dark")
    assert page.evaluate(GROUND) == grounds["dark"]


def test_without_scripts_the_system_decides_and_no_choice_is_shown(open_page, grounds):
    page = open_page("/about/", theme="dark", scripts=False)
    expect(page.get_by_role("radio")).to_have_count(0)
    assert page.evaluate(GROUND) == grounds["dark"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_paper_is_light_in_every_theme(open_page, theme):
    page = open_page("/projects/virter/", theme=theme)
    choose(page, "Dark")
    page.emulate_media(media="print")
    assert page.evaluate(SCHEME) == "light"
