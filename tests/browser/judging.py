"""Judges HTML in a browser that has no content security policy to protect it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Route
from playwright.sync_api import Error as BrowserError

SITE = "http://cases.test"
ADDRESS = f"{SITE}/"
JUDGE = Path(__file__).parent / "judge.js"
# A class that belongs to the page alone, and what a text could take the place of.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cases</title>
<style>.trap {{ position: fixed; inset: 0 }}</style></head><body>{cases}<form class="landmark"
id="page-form"><input id="page-field" name="q"></form><p class="landmark" id="page-landmark"></p>
</body></html>"""
CASE = '<section class="case">{}</section><hr class="mark">'
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


class Judge:
    """Opens cases in one page, does there what visitors do, and notes what must not happen."""

    def __init__(self, browser: Browser):
        self.html = ""
        self.followed: list[str] = []
        self.found: dict[str, None] = {}
        self.context = browser.new_context()
        self.context.add_init_script(path=JUDGE)
        self.context.route("**/*", self._answer)
        self.context.on("weberror", lambda problem: self._note(f"something ran: {problem.error}"))
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("download", lambda _: self._note("something was saved"))
        self.context.on("page", self._shut)

    def breaches(self, cases: Mapping[str, str]) -> dict[str, list[str]]:
        """Return what the cases do together, and if that is anything, what each does alone."""
        together = self.look(*cases.values())
        if not together:
            return {}
        alone = {name: self.look(html) for name, html in cases.items()}
        return {name: found for name, found in alone.items() if found} or {"together": together}

    def look(self, *cases: str) -> list[str]:
        """Return what happens that must not."""
        self.found, self.followed = {}, []
        self.html = PAGE.format(cases="".join(map(CASE.format, cases)))
        self.page.goto(ADDRESS)
        try:
            for sentence in self._steps(len(cases)):
                self._note(sentence)
        except BrowserError as error:
            self._note(f"the page broke: {error.message}")
        return list(self.found)

    def _steps(self, count: int) -> Iterator[str]:
        yield from self.page.evaluate("count => judge.look(count)", count)
        self.followed = self.page.evaluate("judge.targets()")
        self.page.evaluate("judge.use()")
        yield from self.page.evaluate("judge.readAgain()")
        yield from self.page.evaluate("count => judge.look(count)", count)

    def _note(self, sentence: str) -> None:
        self.found[sentence] = None

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text == "something ran":
            self._note(message.text)

    def _shut(self, page: Page) -> None:
        self._note("another window was opened")
        page.close()

    def _answer(self, route: Route) -> None:
        request = route.request
        is_ours = request.url.startswith(ADDRESS)
        if request.url == ADDRESS and request.method == "GET":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
            return
        leads_away = request.is_navigation_request()
        if not is_ours and not (leads_away and request.url in self.followed):
            self._note(f"asked for {request.url}")
        if is_ours and request.url.endswith(".png"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            # A page stays where it is if nothing comes of following a link.
            route.fulfill(status=204 if leads_away else 404)
