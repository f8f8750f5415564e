"""The site as it is deployed, a Chromium to look at it, and two strict critics.

A browser test opens pages with `open_page`, which fails the test afterwards when the console showed
an error (a breach of the content security policy is one) or another host was asked for anything.
"""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests import ROOT

from . import programs

SCREENSHOTS = ROOT / "var" / "screenshots"
CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


class Administrator(NamedTuple):
    name: str
    password: str


@pytest.fixture(scope="session", autouse=True)
def _programs() -> None:
    if sentence := programs.missing():
        pytest.exit(sentence, returncode=1)


# The site


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    database = tmp_path_factory.mktemp("site") / "showcase.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DEBUG": "0"}
    environment.pop("BASE_URL", None)
    return environment


@pytest.fixture(scope="session")
def site(site_environment: dict[str, str]) -> Iterator[str]:
    """The address of the site with all fixtures, started as ./run starts it for anybody."""
    with served(site_environment) as address:
        yield address


@contextlib.contextmanager
def served(environment: dict[str, str]) -> Iterator[str]:
    with launch("--port", "0", environment=environment) as launcher:
        output = ""
        for line in launcher.stdout or ():
            output += line
            if running := re.search(r"running at (\S+)/ ", line):
                break
        else:
            pytest.fail(f"The site did not start:\n{output}")
        yield running[1]
        launcher.terminate()
        launcher.communicate()


@pytest.fixture(scope="session")
def administrator(site_environment: dict[str, str]) -> Administrator:
    with launch("admin", environment=site_environment) as launcher:
        output, _ = launcher.communicate()
    return Administrator(*re.findall(r"^(?:User name|Password): +(\S+)$", output, re.MULTILINE))


def launch(*arguments: str, environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "run"), *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


# The browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=programs.chromium(), args=CHROMIUM_ARGUMENTS
        )


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """A function that opens a path of the site the way a certain visitor would."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        path: str,
        *,
        theme: Literal["light", "dark"] = "light",
        width: int = 1280,
        scripts: bool = True,
        status: int = 200,
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            color_scheme=theme,
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
        )
        contexts.append(context)
        watch(context, site, complaints)
        page = context.new_page()
        response = page.goto(path)
        assert response is not None
        assert response.status == status
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def watch(context: BrowserContext, site: str, complaints: list[str]) -> None:
    """Note whatever a page must not do."""

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not is_status_of_the_page(message):
            complaints.append(f"{message.location['url']}: {message.text}")

    def note_request(url: str) -> None:
        if not url.startswith(f"{site}/"):
            complaints.append(f"asked for {url}")

    context.on("console", note_console)
    context.on("weberror", lambda problem: complaints.append(str(problem.error)))
    context.on("request", lambda request: note_request(request.url))


def is_status_of_the_page(message: ConsoleMessage) -> bool:
    """The console also calls it an error that a page which is not there answers 404."""
    is_status = "the server responded with a status of" in message.text
    return is_status and message.page is not None and message.location["url"] == message.page.url


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """A function that keeps a picture of the whole page in var/screenshots/."""

    def screenshot(page: Page, name: str) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return screenshot


# The critics


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """A function that lists what breaks WCAG 2.2 AA or a best practice, with the elements."""
    checker = Axe()
    # The one rule of WCAG 2.2 that axe leaves out unless it is asked for.
    options = {"rules": {"target-size": {"enabled": True}}}

    def violations(page: Page) -> list[str]:
        return [
            f"{rule['id']} ({rule['impact']}): {node['html']}"
            for rule in checker.run(page, options=options).response["violations"]
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def assert_valid_html(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], None]]:
    """A function that has the Nu HTML checker find no error and no warning in a document."""
    port = free_port()
    log = tmp_path_factory.mktemp("checker") / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(checker_command(port), stdout=output, stderr=output) as checker,
    ):
        while not answers(port):
            assert checker.poll() is None, log.read_text()
            time.sleep(0.2)

        def assert_valid_html(html: str) -> None:
            assert objections(html, port) == []

        yield assert_valid_html
        checker.terminate()


def checker_command(port: int) -> list[str]:
    return [
        str(programs.java()),
        "-Dnu.validator.servlet.bind-address=127.0.0.1",
        "-cp",
        str(programs.html_checker()),
        "nu.validator.servlet.Main",
        str(port),
    ]


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def objections(html: str, port: int) -> list[str]:
    # The checker turns away whoever does not say who they are.
    headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("POST", "/?out=json", body=html.encode(), headers=headers)
        with connection.getresponse() as response:
            messages = json.load(response)["messages"]
    return [
        f"line {message.get('lastLine')}: {message['message']} {message.get('extract', '')}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
