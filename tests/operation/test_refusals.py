"""An operator whose settings make no sense is told all of it at once, before anything starts."""

from types import SimpleNamespace

import pytest

from showcase import environment, variables
from showcase.contradictions import contradictions
from showcase.settings import variables as known
from showcase.variables import IN_ENVIRONMENT, Refusal, Variables
from tests.pages.test_settings import IMPORT_SERVER, run

KEY = "only for this test, but long enough: 0123456789 abcdefghij"
PRIMARY = "postgres://showcase:secret@db.example.org/showcase"


# The last is how deploy/release asks before it changes anything.
@pytest.mark.parametrize(
    "starts",
    [("manage.py", "check"), ("-c", IMPORT_SERVER), ("-m", "gunicorn", "--check-config")],
)
def test_everything_that_is_wrong_is_told_at_once(starts):
    wrong = {"DEBUG": "maybe", "LOG_FORMAT": "xml", "ENQUIRY_DAYS": "1", "HSTS_PRELOAD": "on"}
    done = run(*starts, **wrong, SECRET_KEY=None, BASE_URL=None)
    lines = done.stderr.splitlines()
    asked = ["DEBUG", "HSTS_PRELOAD", "ENQUIRY_DAYS", "LOG_FORMAT", "SECRET_KEY"]
    # Commands do without a key of their own; a server does not.
    is_server = starts[0] != "manage.py"
    asked = asked if is_server else asked[:-1]
    assert sorted(line.split()[0] for line in lines) == sorted(asked)
    assert done.returncode == (4 if is_server else 1)


@pytest.mark.parametrize("command", ["migrate", "rebuild_search", "clearsessions"])
def test_database_that_does_not_answer_is_told_in_one_sentence(command):
    # Nobody listens at the port of discarding.
    done = run("manage.py", command, DATABASE_URL="postgres://showcase@127.0.0.1:9/showcase")
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("CommandError: The database cannot be used (")


def test_settings_that_may_not_be_read_are_told(read, tmp_path, monkeypatch):
    path = tmp_path / ".env"
    path.touch()

    def refuse(*arguments, **options):
        raise PermissionError

    monkeypatch.setattr(type(path), "read_text", refuse)
    with pytest.raises(Refusal, match=r"\.env may not be read by the user that the site runs as"):
        read(path).refuse_if_wrong()


def test_command_that_is_interrupted_says_so_in_a_line():
    done = run("manage.py", "shell", "--no-imports", "-c", "raise KeyboardInterrupt")
    assert done.stderr == "Stopped before it was done.\n"
    assert done.returncode == 1


@pytest.fixture
def read(monkeypatch):
    """Read some variables as the settings do."""

    def read(path=None, **given):
        monkeypatch.setattr(variables.os, "environ", dict(given))
        found = Variables()
        monkeypatch.setattr(
            variables.environ.Env, "read_env", lambda path: variables.os.environ.update(added(path))
        )
        if path:
            found.add_file(path)
        found.setting("DATABASE_URL", environment.database, None, "where data is")
        found.setting("DEBUG", environment.flag, default=False, about="for developers")
        return found

    return read


def added(path):
    pairs = (line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {name: text for name, text in pairs if name not in variables.os.environ}


def test_refusal_says_where_the_setting_is(read, tmp_path):
    path = tmp_path / ".env"
    path.write_text("DEBUG=maybe\nDATABASE_URL=sqlite:///ignored\n")
    found = read(path, DATABASE_URL="mysql://h/n")
    with pytest.raises(Refusal) as refusal:
        found.refuse_if_wrong()
    first, second = refusal.value.faults
    assert first.startswith("DATABASE_URL names an engine")
    assert first.endswith(f"(It is set in {IN_ENVIRONMENT}.)")
    assert second.startswith("DEBUG is 'maybe'")
    assert second.endswith("(It is set in .env.)")


@pytest.mark.parametrize("name", ["DATABASE_URI", "DATABASEURL", "Debug", "DEBUGG"])
def test_name_that_is_misspelt_is_told(read, tmp_path, name):
    path = tmp_path / ".env"
    path.write_text(f"{name}=on\n")
    with pytest.raises(Refusal, match=rf"^{name} in .env is read by nothing. Write D"):
        read(path).refuse_if_wrong()


def test_name_that_is_for_somebody_else_is_let_be(read, tmp_path):
    path = tmp_path / ".env"
    path.write_text("# DEBUGG=on\nWEB_CONCURRENCY=2\nexport TEST_DATABASE_URL=\n")
    found = read(path)
    found.refuse_if_wrong()
    assert found.unknown() == ["WEB_CONCURRENCY", "TEST_DATABASE_URL"]


def values(**given):
    """Return the values of all variables: those given here, and what the others say unset."""
    found = Variables()
    found.values = dict.fromkeys(known.known, "") | {"BASE_URL": "http://localhost:8000"}
    return found.values | given


@pytest.mark.parametrize(
    ("given", "first", "hint"),
    [
        ({"HSTS_PRELOAD": True}, "HSTS_PRELOAD is on", "or leave HSTS_PRELOAD out"),
        ({"BASE_URL": "https://a.example", "DEBUG": True}, "DEBUG is on", "Leave DEBUG out"),
        (
            {"BASE_URL": "https://a.example", "SECRET_KEY": "short"},
            "SECRET_KEY has fewer",
            "long random text",
        ),
        ({"PROXY_SCHEME_HEADER": "HTTP_X"}, "PROXY_SCHEME_HEADER says", "X-Forwarded-For"),
        ({"ERRORS_TO": ["a@b.org"]}, "ERRORS_TO says who", "or leave ERRORS_TO out"),
        ({"ENQUIRIES_TO": ["a@b.org"]}, "ENQUIRIES_TO says who", "or leave ENQUIRIES_TO out"),
    ],
)
def test_settings_that_do_not_go_together_are_told_with_what_to_do(given, first, hint):
    (sentence,) = contradictions(values(**given))
    assert sentence.startswith(first)
    assert hint in sentence
    assert "short" not in sentence


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"BASE_URL": "https://a.example", "HSTS_PRELOAD": True, "SECRET_KEY": KEY},
        {"SECRET_KEY": "short"},
        {"PROXY_SCHEME_HEADER": "HTTP_X", "PROXY_ADDRESS_HEADER": "HTTP_Y"},
        {"ERRORS_TO": ["a@b.org"], "EMAIL_URL": {"BACKEND": "smtp"}},
        {"ENQUIRIES_TO": ["a@b.org"], "DEBUG": True},
    ],
)
def test_settings_that_go_together_are_taken(given):
    assert list(contradictions(values(**given))) == []


def test_what_makes_no_sense_by_itself_is_not_a_contradiction_too(read):
    found = read(DEBUG="maybe")
    with pytest.raises(Refusal) as refusal:
        found.refuse_if_wrong(["A needs DEBUG.", "A needs B."])
    assert [fault.split(" ", 2)[:2] for fault in refusal.value.faults] == [
        ["DEBUG", "is"],
        ["A", "needs"],
    ]


@pytest.mark.parametrize(
    ("primary", "copy", "reason"),
    [
        (PRIMARY, PRIMARY.replace("showcase:", "visitor:").replace("org/", "org:5432/"), "names"),
        ("sqlite:///a", PRIMARY, "needs PostgreSQL"),
        (PRIMARY, "sqlite:///a", "needs PostgreSQL"),
    ],
)
def test_replica_is_one_of_the_primary(primary, copy, reason):
    given = SimpleNamespace(primary=environment.database(primary), copy=environment.database(copy))
    (sentence,) = contradictions(
        values(DATABASE_URL=given.primary, DATABASE_REPLICA_URL=given.copy)
    )
    assert sentence.startswith(f"DATABASE_REPLICA_URL {reason}")
    assert "secret" not in sentence
