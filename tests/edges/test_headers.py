"""What every answer carries, whoever makes it: Django, the layer in front, or a refusal."""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

from django.conf import settings as site_settings
from django.contrib.staticfiles.finders import find
from django.template.utils import EngineHandler
from django.test import RequestFactory

import pytest

from showcase import context_processors
from showcase.errors import WITHOUT_DATABASE
from showcase.storage import HashedFilesStorage
from tests import ROOT

from .production import BEHIND_TLS, HOST

pytestmark = pytest.mark.django_db

PROTECTION = {
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
}
SCRIPT = re.compile(r"<script\b.*?>")
SCRIPT_WITH_DIGEST = re.compile(
    r'<script( type="module")? src="{% static ("[^"]+") %}"{% integrity \2 %}>'
)


def test_every_answer_is_protected(site):
    page = site.ask("/", **BEHIND_TLS)
    file = site.ask("/static/css/base.css", **BEHIND_TLS)
    answers = [
        page,
        file,
        site.ask("/", **BEHIND_TLS, if_none_match=page.headers["etag"]),
        site.ask("/static/css/base.css", **BEHIND_TLS, if_none_match=file.headers["etag"]),
        site.ask("/", "OPTIONS", **BEHIND_TLS),
        site.ask("/projects", **BEHIND_TLS),
        site.ask("/nothing/", **BEHIND_TLS),
        site.ask("/", **BEHIND_TLS | {"host": "evil.example"}),
    ]
    assert [answer.status for answer in answers] == [200, 200, 304, 304, 405, 301, 404, 400]
    for answer in answers:
        assert answer.headers.keys() >= PROTECTION, answer


@pytest.mark.parametrize(("host", "status"), [(HOST, 301), ("evil.example", 400)])
def test_so_is_what_is_refused_before_tls(host, status, site):
    answer = site.ask("/", host=host)
    assert answer.status == status
    # Over plain HTTP browsers must not believe it.
    assert answer.headers.keys() >= PROTECTION - {"strict-transport-security"}
    assert "strict-transport-security" not in answer.headers


def test_page_that_was_seen_before_is_as_protected_as_a_new_one(site):
    page = site.ask("/", **BEHIND_TLS)
    again = site.ask("/", **BEHIND_TLS, if_none_match=page.headers["etag"])
    assert again.headers == {name: page.headers[name] for name in again.headers}


def test_policy_names_nothing_but_the_site_itself(site):
    for answer in (site.ask("/", **BEHIND_TLS), site.ask("/admin/login/", **BEHIND_TLS)):
        directives = answer.headers["content-security-policy"].split("; ")
        sources = dict(directive.split(" ", 1) for directive in directives)
        assert sources["default-src"] == "'none'"
        assert {*sources.values()} == {"'none'", "'self'"}


def test_nobody_is_told_which_programs_answer(site):
    for address in ("/", "/nothing/", "/admin/login/", "/static/css/base.css"):
        headers = site.ask(address, **BEHIND_TLS).headers
        assert headers.keys().isdisjoint({"server", "x-powered-by", "via"})


def test_every_script_of_ours_has_its_digest():
    for path in (ROOT / "templates").rglob("*.html"):
        for script in SCRIPT.findall(path.read_text()):
            assert SCRIPT_WITH_DIGEST.fullmatch(script), (path, script)


@pytest.fixture
def collected(tmp_path, settings):
    """A script that was collected, as far as its name and content go."""
    name, stored = "js/theme.js", "js/theme.0123456789ab.js"
    (tmp_path / "js").mkdir()
    (tmp_path / stored).write_bytes(Path(find(name)).read_bytes())
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"}
    }
    storage = HashedFilesStorage()
    storage.hashed_files = {name: stored}
    storage.save_manifest()
    return tmp_path / stored


def scripts_of_a_page():
    # Templates remember what they rendered: these are new.
    page = EngineHandler(site_settings.TEMPLATES)["django"].get_template("500.html")
    context = context_processors.site(RequestFactory().get("/")) | WITHOUT_DATABASE
    return {Path(tag.split('"')[1]).name: tag for tag in SCRIPT.findall(page.render(context))}


def test_browser_can_tell_a_script_from_another(collected):
    digest = b64encode(hashlib.sha256(collected.read_bytes()).digest()).decode()
    scripts = scripts_of_a_page()
    assert f'integrity="sha256-{digest}"' in scripts[collected.name]
    # What was not collected may change under a page that is open.
    assert "integrity" not in scripts["transitions.js"]


def test_page_is_shown_though_a_script_was_lost(collected):
    collected.unlink()
    assert "integrity" not in scripts_of_a_page()[collected.name]


def test_while_scripts_are_written_they_have_no_digest(collected, settings):
    settings.DEBUG = True
    assert "integrity" not in scripts_of_a_page()["theme.js"]
