"""One page fades into the next, and whoever is too quick for that hears no complaint."""

# Follows links through the site faster than pages fade, changes its mind before the next page is
# there, and goes back now and then.
HURRY = """
const STEPS = 60, PAUSES = [0, 20, 60, 120, 240], DOUBTS = [5, 10, 15, 20, 30, 40, 60];
addEventListener("pagereveal", (event) => {
  const step = Number(sessionStorage.step ?? 0);
  const faded = Number(sessionStorage.faded ?? 0) + (event.viewTransition ? 1 : 0);
  Object.assign(sessionStorage, { step: step + 1, faded });
  if (step === STEPS) console.info(`faded: ${faded}`);
  else setTimeout(() => hurry(step), PAUSES[step % PAUSES.length]);
});
function hurry(step) {
  const links = document.querySelectorAll(".site-nav a");
  if (!links.length) return setTimeout(() => hurry(step), 10);
  if (step % 7 === 6) history.back();
  else links[(step * 3 + 1) % links.length].click();
  setTimeout(() => links[(step * 3 + 2) % links.length].click(), DOUBTS[step % DOUBTS.length]);
}
"""


def number_of_fades(page):
    """Hurry through the site and return how many pages began to fade in."""
    page.add_init_script(HURRY)
    with page.expect_console_message(lambda message: "faded" in message.text) as last:
        page.reload()
    return int(last.value.text.removeprefix("faded: "))


def test_hurrying_through_pages_that_fade_raises_no_error(open_page):
    assert number_of_fades(open_page("/people/")) > 10


def test_nothing_fades_for_those_who_like_things_to_stand_still(open_page):
    page = open_page("/people/")
    page.emulate_media(reduced_motion="reduce")
    assert number_of_fades(page) == 0
