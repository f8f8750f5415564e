"""What an operator meets: refusals in a sentence, and checks that find nothing."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
from http.client import HTTPConnection

from django.core.management import call_command
from django.templatetags.static import static

import pytest

from showcase.settings import variables
from tests import ROOT

IMPORT_SERVER = "import showcase.wsgi"


def environment(**variables):
    """Return this environment with some variables set, and without those that are None."""
    both = os.environ | variables
    return {name: value for name, value in both.items() if value is not None}


def run(*arguments, **variables):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def production():
    """The example of a production environment, with the one value that it cannot have."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert settings["SECRET_KEY"] == ""
    return settings | {"SECRET_KEY": "only for this test, but long enough: 0123456789 abcdefghij"}


def test_server_refuses_the_built_in_key():
    done = run("-c", IMPORT_SERVER, SECRET_KEY=None)
    assert done.returncode != 0
    assert "SECRET_KEY is not set, and a server must not run on the built-in one." in done.stderr


def test_server_takes_a_key_of_its_own():
    done = run("-c", IMPORT_SERVER, SECRET_KEY="my own")
    assert (done.returncode, done.stderr) == (0, "")


def test_example_of_a_production_environment_passes_every_check(production):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_site_without_mail_passes_every_check(production):
    without = production | {"EMAIL_URL": ""}
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **without)
    assert (done.returncode, done.stderr) == (0, "")


def test_migrations_say_what_the_models_say():
    done = run("manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("BASE_URL", "showcase.example.org", "Give the site's own address with its scheme"),
        ("BASE_URL", "https://showcase.example.org/catalogue", "with its scheme and no path"),
        ("DATABASE_URL", "mysql://user@localhost/name", "an engine that this site does not run on"),
        ("DATABASE_URL", "postgres://user:se/cret@localhost/name", "percent-encoded"),
        ("DATABASE_REPLICA_URL", "mysql://user@localhost/name", "an engine that this site does"),
        ("DATABASE_REPLICA_URL", "sqlite:////tmp/replica.sqlite3", "SQLite has no replicas"),
        ("EMAIL_URL", "mail.example.org", "Write smtp://"),
        ("DEBUG", "maybe", "Write on, true, yes, y or 1 for yes"),
        ("HSTS_PRELOAD", "soon", "Write on, true, yes, y or 1 for yes"),
        ("LOG_FORMAT", "xml", "Write text or json."),
        ("METRICS_TOKEN", "hush", "Write 24 letters"),
        ("ALLOWED_HOSTS", "https://a.example", "Write names without scheme"),
        ("LOG_LEVEL", "loud", "Write DEBUG, INFO, WARNING, ERROR or CRITICAL."),
        ("SECURITY_CONTACT", "javascript:alert(1)", "Give an https:, mailto: or tel: address"),
        ("ENQUIRIES_TO", "team@example.org, nobody", "Write e-mail addresses"),
        ("ENQUIRY_DAYS", "for ever", "from 7 to 730"),
        ("PROXY_SCHEME_HEADER", "X-Forwarded-Proto: https", "Give the name of a header"),
    ],
)
def test_setting_that_makes_no_sense_is_refused_in_a_sentence(variable, value, sentence):
    done = run("manage.py", "check", **{variable: value})
    assert done.returncode != 0
    assert done.stderr.startswith(f"{variable} ")
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "export_catalogue"],
        ["-c", IMPORT_SERVER],
        ["-m", "gunicorn", "showcase.wsgi", "--bind", "127.0.0.1:0", "--no-control-socket"],
    ],
)
def test_everything_that_starts_refuses_in_the_same_words(command):
    done = run(*command, DEBUG="maybe")
    assert done.returncode != 0
    assert "DEBUG is 'maybe'. Write on" in done.stderr
    assert "Traceback" not in done.stderr


def test_traceback_of_a_refusal_is_shown_to_who_asks_for_it():
    done = run("manage.py", "check", "--traceback", DEBUG="maybe")
    assert done.stderr.startswith("Traceback")


def test_password_in_a_setting_is_not_repeated():
    for variable in (
        "DATABASE_URL",
        "DATABASE_REPLICA_URL",
        "EMAIL_URL",
        "BASE_URL",
        "CACHE_URL",
        "METRICS_TOKEN",
    ):
        assert "secret" not in run("manage.py", "check", **{variable: "x://u:secret/@h:y"}).stderr


SHOW_LIMITS = "import os; print(os.environ.get('PGOPTIONS', ''))"


def test_pages_wait_for_the_database_no_longer_than_visitors_do():
    done = run("-c", f"{IMPORT_SERVER}; {SHOW_LIMITS}", SECRET_KEY="my own", PGOPTIONS=None)
    assert "-c statement_timeout=15s" in done.stdout
    assert "-c lock_timeout=10s" in done.stdout


def test_operator_may_set_other_limits():
    own = "-c statement_timeout=1min"
    done = run("-c", f"{IMPORT_SERVER}; {SHOW_LIMITS}", SECRET_KEY="my own", PGOPTIONS=own)
    assert done.stdout.strip() == own


def test_commands_take_as_long_as_they_take():
    done = run("manage.py", "shell", "-v0", "-c", SHOW_LIMITS, PGOPTIONS=None)
    assert done.stdout.strip() == ""


def test_empty_variable_is_not_set():
    done = run("manage.py", "check", **dict.fromkeys(variables.known, ""))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("value", ["debug", "Debug", "DEBUG"])
def test_level_of_the_log_may_be_written_in_any_case(value):
    asked = "import logging; print(logging.getLogger().level)"
    done = run("manage.py", "shell", "-v0", "-c", asked, LOG_LEVEL=value)
    assert done.stdout.splitlines()[-1] == "10"


ANSWERS = """
import django, json, sys
from django.test import Client
django.setup()
scheme, *addresses = sys.argv[1:]
client = Client(raise_request_exception=False)
for address in addresses:
    response = client.get(address, secure=scheme == "https")
    first_line = response.text.strip().partition("\\n")[0]
    print(json.dumps([response.status_code, first_line, dict(response.headers)]))
"""


def ask(*addresses, scheme="https", **variables):
    """Return status, first line and headers of the site's answers under other settings."""
    settings = variables | {
        "ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "showcase.settings",
    }
    done = run("-c", ANSWERS, scheme, *addresses, **settings)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("database", ["postgres://localhost:1/none", "sqlite:////proc/none"])
def test_site_says_that_its_database_is_not_there(database):
    answers = ask("/readyz", "/projects/", DATABASE_URL=database)
    assert [answer[:2] for answer in answers] == [
        [503, "the database does not answer"],
        [503, "<!doctype html>"],
    ]


def test_visitors_of_a_site_behind_tls_are_kept_there(production):
    del production["HSTS_PRELOAD"]
    [[status, text, headers]] = ask("/healthz", **production)
    assert (status, text) == (200, "alive")
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_only_who_asks_for_it_allows_browsers_to_list_the_domain(production):
    [[_, _, headers]] = ask("/healthz", **production | {"HSTS_PRELOAD": "on"})
    assert headers["Strict-Transport-Security"].endswith("; preload")


def test_redirect_to_tls_carries_the_headers_of_every_answer(production):
    [[status, _, redirect]] = ask("/projects/", scheme="http", **production)
    [[_, _, probe]] = ask("/healthz", scheme="http", **production)
    assert (status, redirect["Location"]) == (301, "https://testserver/projects/")
    shared = {
        "Content-Security-Policy",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }
    assert shared <= probe.keys()
    assert shared <= redirect.keys()


def test_collected_files_carry_a_hash_in_their_name(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    url = static("css/base.css")
    assert re.fullmatch(r"/static/css/base\.[0-9a-f]{12}\.css", url)
    assert (tmp_path / url.removeprefix("/static/")).exists()
    # After an update, until files are collected again.
    assert static("css/new.css") == "/static/css/new.css"


def test_a_bare_checkout_serves_files_under_their_own_names(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"}
    }
    assert static("css/base.css") == "/static/css/base.css"


def test_a_probe_inside_the_machine_is_answered_on_an_https_site(production):
    asked = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    assert "'127.0.0.1'" in run("manage.py", "shell", "-v0", "-c", asked, **production).stdout


@pytest.fixture
def deployed():
    """The port of a server that was started as its unit starts it."""
    unit = (ROOT / "deploy/systemd/showcase-web.service").read_text()
    line = re.search(r"^ExecStart=\S+/\.venv/bin/(gunicorn.*)$", unit, re.MULTILINE)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-m", *line[1].split(), "--bind", f"fd://{listener.fileno()}"]
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(SECRET_KEY="my own"),
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,
        ) as server:
            yield listener.getsockname()[1]
            server.terminate()


def test_server_leaves_long_questions_to_the_site(deployed):
    for query in ("q=" + "x" * 10_000, "a=%C3%A4&" * 1_500):
        connection = HTTPConnection("127.0.0.1", deployed, timeout=30)
        with contextlib.closing(connection):
            connection.request("GET", f"/opensearch.xml?{query}")
            assert connection.getresponse().status == 200
