"""PostgreSQL's own programs, which copy a database of any size while it is being used."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction

from ..records import one_line
from .manifest import Contents, Manifest
from .tables import contents, live, public_since, renewal

FILE = "database.dump"

# By CASCADE, so that in one transaction with what follows it does not matter what points where.
EMPTY = """
SET lock_timeout = '60s';
DO $$ DECLARE thing text; BEGIN
    FOR thing IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = current_schema() LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || thing || ' CASCADE';
    END LOOP;
    FOR thing IN SELECT oid::regprocedure FROM pg_proc AS known
        WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend WHERE objid = known.oid AND deptype = 'e') LOOP
        EXECUTE 'DROP ROUTINE IF EXISTS ' || thing || ' CASCADE';
    END LOOP;
END $$;
"""
# What pg_restore writes names every table with its schema, and no schema is searched after it.
SEARCHED_AGAIN = "RESET search_path;\n"


def tables(database: Any) -> list[str]:
    statement = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    return [name for (name,) in database.execute(statement)]


def copy(folder: Path) -> Contents:
    """Dump what is committed at this moment, and count the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        _run_on_database(
            "pg_dump",
            *("--format=custom", "--no-owner", "--no-privileges"),
            *(f"--snapshot={snapshot}", f"--file={folder / FILE}"),
        )
        return contents(live(), tables(live()))


def verify(folder: Path, manifest: Manifest) -> None:
    listed = _run("pg_restore", "--list", str(folder / FILE)).splitlines()
    dumped = {line.split()[-2] for line in listed if " TABLE DATA " in line}
    if missing := set(manifest.rows) - dumped:
        raise CommandError(
            f"The dump in the backup lacks the table {min(missing)}; take another backup."
        )


def put_back(folder: Path, manifest: Manifest) -> None:
    """Replace everything in one transaction, in which the state is renewed too.

    `pg_restore --clean` would drop only what the dump has: a newer release's tables would stay,
    and those that point to older ones would stop it. So it writes a script, and psql runs that
    between ours.
    """
    since = public_since(live(), tables(live()))
    script = folder / "restore.sql"
    _run(
        "pg_restore",
        *("--no-owner", "--no-privileges", f"--file={script}", str(folder / FILE)),
    )
    empty, renew = folder / "empty.sql", folder / "renew.sql"
    empty.write_text(EMPTY)
    renew.write_text(f"{SEARCHED_AGAIN}{renewal(since)};\n")
    _run_on_database(
        "psql",
        *("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
        *(f"--file={path}" for path in (empty, script, renew)),
    )


def _run_on_database(name: str, *arguments: str) -> str:
    """Run a program on the site's database; no list of processes shows the password."""
    known = live().info
    return _run(name, *arguments, f"--dbname={known.dsn}", PGPASSWORD=known.password)


def _run(name: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603 (a program of PostgreSQL's, and no shell)
        [_program(name), *arguments],
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        reason = one_line(done.stderr) or f"status {done.returncode}"
        raise CommandError(f"{name} failed, and nothing was changed ({reason}).")
    return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=_folder_of_programs())
    if not found:
        raise CommandError(
            f"{name} is not installed; install the client programs of PostgreSQL, of the server's "
            "version (Debian: postgresql-client), or put their folder into PATH."
        )
    return found


def _folder_of_programs() -> str:
    """Ask where they are: some systems keep them out of PATH."""
    config = shutil.which("pg_config")
    if not config:
        return ""
    return subprocess.run(  # noqa: S603 (as above)
        [config, "--bindir"], capture_output=True, text=True, check=False
    ).stdout.strip()
