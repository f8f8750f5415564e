"""What the person at the terminal sees of ./run."""

import http.client
import os
import re
import signal
import socket
import stat

import pytest


def output_until_it_runs(launcher):
    output = ""
    for line in launcher.stdout:
        output += line
        if "running at" in line:
            break
    return output


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_help_names_every_command(project):
    done = project.run("--help")
    assert done.returncode == 0
    for command in ("test", "admin", "reset", "--port"):
        assert command in done.stdout


@pytest.mark.parametrize(
    "arguments", [["serve"], *(["--port", text] for text in ("http", "70000", "-1", "²", "٣", ""))]
)
def test_unknown_words_are_refused_with_the_usage(project, arguments):
    done = project.run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ./run")


def test_first_start_makes_the_environment_and_prepares_the_site(project):
    done = project.run("admin")
    steps = [line.split(" with ")[0] for line in done.stdout.splitlines() if line.endswith("...")]
    assert steps == [
        "Making .venv",
        "Installing requirements.txt ...",
        "Preparing the database ...",
        "Loading the catalogue if there is none ...",
        "Collecting static files ...",
    ]
    assert project.calls[:3] == [
        "migrate --noinput",
        "loaddata --if-empty",
        "collectstatic --noinput",
    ]


def test_second_start_installs_nothing(started_project):
    done = started_project.run("admin")
    assert done.stdout.startswith("Preparing the database ...\n")


def test_changed_lock_is_installed(started_project):
    lock = started_project.folder / "requirements.txt"
    lock.write_text("# One comment more.\n")
    assert "Installing requirements.txt ..." in started_project.run("admin").stdout
    assert "Installing" not in started_project.run("admin").stdout


def test_interrupted_installation_begins_afresh(started_project):
    (started_project.folder / "var" / "unfinished").touch()
    assert started_project.run("admin").stdout.startswith("Making .venv with ")
    assert started_project.run("admin").stdout.startswith("Preparing")


def test_it_starts_through_a_link_from_anywhere(started_project, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(started_project.folder / "run")
    started_project.command = lambda *arguments: [str(link), *arguments]
    assert started_project.run("admin").returncode == 0
    del started_project.command


def test_secret_key_is_made_once_and_kept_to_its_owner(started_project):
    key = started_project.folder / "var" / "secret-key"
    before = key.read_text()
    started_project.run("admin")
    assert key.read_text() == before
    assert len(before) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_failing_step_is_told_in_a_sentence(started_project):
    done = started_project.run(FAILING="migrate")
    assert done.returncode == 1
    assert done.stderr == "KeyError: 'what'\nThis failed: Preparing the database.\n"


def test_administrator_gets_a_password_of_their_own(started_project):
    first, second = started_project.run("admin", "ada"), started_project.run("admin", "ada")
    assert "createsuperuser --noinput --username ada --email " in started_project.calls
    assert "User name: ada\n" in first.stdout
    passwords = [re.search(r"Password: +(\S{16})\n", done.stdout)[1] for done in (first, second)]
    assert len(set(passwords)) == 2


def test_administrator_who_is_there_already_is_told_what_to_do(started_project):
    done = started_project.run("admin", "taken")
    assert done.returncode == 1
    assert done.stderr == (
        "There is an account taken already: set a new password for it with "
        ".venv/bin/python manage.py changepassword taken, or put another name after ./run admin.\n"
    )


def test_it_serves_where_it_says_and_stops_when_asked(started_project):
    for number in (signal.SIGINT, signal.SIGTERM):
        with started_project.start("--port", "0") as launcher:
            last_line = output_until_it_runs(launcher).splitlines()[-1]
            running = re.fullmatch(
                r"Showcase is running at http://127\.0\.0\.1:(\d+)/ \(stop it with Ctrl\+C\)",
                last_line,
            )
            connection = http.client.HTTPConnection("127.0.0.1", int(running[1]))
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
            connection.close()
            launcher.send_signal(number)
            assert launcher.stdout.read() == "\nStopped.\n"
        assert launcher.returncode == 0


def test_taken_port_is_told_and_the_next_one_used(started_project, taken_port):
    with started_project.start("--port", str(taken_port)) as launcher:
        output = output_until_it_runs(launcher)
        launcher.terminate()
        launcher.communicate()
    assert f"Port {taken_port} is taken, trying the next.\n" in output
    assert f"http://127.0.0.1:{taken_port}/" not in output


def test_port_may_come_from_the_environment(started_project, taken_port):
    with started_project.start(PORT=str(taken_port)) as launcher:
        output = output_until_it_runs(launcher)
        launcher.terminate()
        launcher.communicate()
    assert f"Port {taken_port} is taken" in output


@pytest.mark.parametrize("text", ["xx", "²", "70000", "80 80"])
def test_port_that_is_none_is_refused_in_a_sentence(started_project, text):
    done = started_project.run(PORT=text)
    assert done.returncode == 1
    assert done.stderr == f"PORT is {text!r}: give a number from 0 to 65535.\n"
    assert done.stdout == ""


def test_port_does_not_matter_to_what_serves_nothing(started_project):
    for arguments in (["admin"], ["reset", "--yes"]):
        assert started_project.run(*arguments, PORT="xx").returncode == 0


def test_server_that_does_not_start_is_told_in_a_sentence(started_project):
    server = started_project.folder / "gunicorn.py"
    server_text = server.read_text()
    server.write_text("raise SystemExit(3)")
    done = started_project.run("--port", "0")
    server.write_text(server_text)
    assert done.returncode == 1
    assert done.stderr == "The server did not start: what it said is above.\n"


def test_reset_deletes_the_database_and_nothing_else(project):
    var = project.folder / "var"
    var.mkdir()
    for name in ("showcase.sqlite3", "showcase.sqlite3-wal", "showcase.sqlite3.backup"):
        (var / name).touch()
    assert project.run("reset", "--yes").returncode == 0
    assert sorted(path.name for path in var.glob("*sqlite3*")) == ["showcase.sqlite3.backup"]


def test_reset_without_a_database_says_so(project):
    assert project.run("reset").stdout == "There is no database to delete.\n"


def test_reset_deletes_nothing_when_nobody_can_be_asked(project):
    database = project.folder / "var" / "showcase.sqlite3"
    database.parent.mkdir()
    database.touch()
    done = project.run("reset")
    assert done.returncode == 1
    assert "--yes" in done.stderr
    assert database.exists()


def test_reset_keeps_away_from_another_database(project):
    done = project.run("reset", "--yes", DATABASE_URL="postgres://localhost/showcase")
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL is set")


def test_reset_keeps_away_from_a_running_site(started_project):
    database = started_project.folder / "var" / "showcase.sqlite3"
    database.touch()
    with started_project.start("--port", "0") as launcher:
        output_until_it_runs(launcher)
        done = started_project.run("reset", "--yes")
        launcher.terminate()
        launcher.communicate()
    assert done.stderr == "The site is running: stop it first.\n"
    assert database.exists()


def test_reset_keeps_away_from_a_server_that_lost_its_launcher(started_project):
    database = started_project.folder / "var" / "showcase.sqlite3"
    database.touch()
    with started_project.start("--port", "0") as launcher:
        output_until_it_runs(launcher)
        launcher.kill()
        launcher.wait()
        done = started_project.run("reset", "--yes")
        os.kill(started_project.server_pid, signal.SIGKILL)
        # Its end of the pipe closes with the server.
        launcher.stdout.read()
    assert done.stderr == "The site is running: stop it first.\n"
    assert database.exists()
    assert started_project.run("reset", "--yes").returncode == 0
    assert not database.exists()


def test_reset_looks_at_the_environment_before_the_file_as_the_site_does(project):
    (project.folder / ".env").write_text("DATABASE_URL=postgres://localhost/showcase\n")
    assert project.run("reset", "--yes").stderr.startswith("DATABASE_URL is set")
    assert project.run("reset", "--yes", DATABASE_URL="").returncode == 0
