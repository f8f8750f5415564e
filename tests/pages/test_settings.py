"""What an operator meets: refusals in a sentence, and checks that find nothing."""

import os
import re
import subprocess
import sys

from django.core.management import call_command
from django.templatetags.static import static

import pytest

from tests import ROOT


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


@pytest.fixture(scope="module")
def production():
    """The example of a production environment, with the one value that it cannot have."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert settings["SECRET_KEY"] == ""
    return settings | {"SECRET_KEY": "only for this test, but long enough: 0123456789 abcdefghij"}


def test_server_refuses_the_built_in_key():
    done = run("-c", "import showcase.wsgi", SECRET_KEY=None)
    assert done.returncode != 0
    assert "SECRET_KEY is not set, and a server must not run on the built-in one." in done.stderr


def test_server_takes_a_key_of_its_own():
    done = run("-c", "import showcase.wsgi", SECRET_KEY="my own")
    assert (done.returncode, done.stderr) == (0, "")


def test_example_of_a_production_environment_passes_every_check(production):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **production)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_migrations_say_what_the_models_say():
    done = run("manage.py", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("BASE_URL", "showcase.example.org", "Give the site's own address with its scheme"),
        ("BASE_URL", "https://showcase.example.org/catalogue", "with its scheme and no path"),
        ("BASE_URL", "ftp://showcase.example.org", "Give the site's own address"),
        ("DATABASE_URL", "mysql://user@localhost/name", "an engine that this site does not run on"),
    ],
)
def test_setting_that_makes_no_sense_is_refused_in_a_sentence(variable, value, sentence):
    done = run("manage.py", "check", **{variable: value})
    assert done.returncode != 0
    assert sentence in done.stderr


ANSWERS = """
import django, sys
from django.test import Client
django.setup()
for address in sys.argv[1:]:
    response = Client(raise_request_exception=False).get(address, secure=True)
    print(response.status_code, response.text.strip().splitlines()[0])
    print(*(f"{name}: {response.get(name)}" for name in ["Strict-Transport-Security"]))
"""


def ask(*addresses, **variables):
    return run("-c", ANSWERS, *addresses, DJANGO_SETTINGS_MODULE="showcase.settings", **variables)


@pytest.mark.parametrize("database", ["postgres://localhost:1/none", "sqlite:////nowhere/at/all"])
def test_site_says_that_its_database_is_not_there(database):
    done = ask("/readyz", "/projects/", DATABASE_URL=database, ALLOWED_HOSTS="testserver")
    answers = done.stdout.splitlines()[::2]
    assert answers == ["503 the database does not answer", "500 <!doctype html>"], done.stderr


def test_visitors_of_a_site_behind_tls_are_kept_there(production):
    done = ask("/healthz", **production | {"ALLOWED_HOSTS": "testserver"})
    assert done.stdout.splitlines() == [
        "200 alive",
        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
    ]


def test_collected_files_carry_a_hash_in_their_name(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    url = static("css/base.css")
    assert re.fullmatch(r"/static/css/base\.[0-9a-f]{12}\.css", url)
    assert (tmp_path / url.removeprefix("/static/")).exists()


def test_a_bare_checkout_serves_files_under_their_own_names(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"}
    }
    assert static("css/base.css") == "/static/css/base.css"


def test_a_probe_inside_the_machine_is_answered_on_an_https_site(production):
    asked = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    assert "'127.0.0.1'" in run("manage.py", "shell", "-v0", "-c", asked, **production).stdout
