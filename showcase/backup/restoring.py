"""Brings a backup back: all of it is verified first, then everything is replaced or nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from projects.search import checks, index

from .archive import unpack
from .kinds import KINDS, NAMES, inhabited_table, own
from .manifest import Manifest
from .tables import of_this_release


def restore(archive: Path, *, may_overwrite: bool, is_check: bool = False) -> Manifest:
    """Verify a backup and, unless that was all, put it in place of what is in the database."""
    with TemporaryDirectory(prefix="showcase-restore-") as name:
        folder = Path(name)
        manifest = unpack(archive, folder)
        refuse_foreign(manifest)
        KINDS[manifest.kind].verify(folder, manifest)
        if is_check:
            return manifest
        if not may_overwrite and (table := inhabited_table()):
            raise CommandError(
                f"The database has rows already, in {table} for one; add --overwrite to lose "
                "everything in it, and back it up before."
            )
        KINDS[manifest.kind].put_back(folder, manifest)
    return manifest


def refuse_foreign(manifest: Manifest) -> None:
    """Refuse what this engine or this release of the code cannot read."""
    if manifest.kind not in KINDS:
        raise CommandError("The backup is of a kind that this release does not know.")
    if manifest.kind not in {own(), "portable"}:
        raise CommandError(
            f"The backup is of {NAMES[manifest.kind]}, and DATABASE_URL names {NAMES[own()]}; "
            "make one there that fits both, by “manage.py backup --portable”."
        )
    if unknown := set(manifest.migrations).difference(of_this_release()):
        raise CommandError(
            f"The backup is of a newer release of the site, which has {min(unknown)}; install "
            "that release first."
        )


def lacks_migrations() -> bool:
    """Tell whether what was restored is of an older release than the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def mended_search() -> bool:
    """Bring the search up to what was restored; tell whether it had to be made anew."""
    index.refresh_if_stale()
    is_wrong = any(True for _ in checks.faults())
    if is_wrong:
        for _ in index.rebuild():
            pass
    with connection.cursor() as cursor:
        # No copy brings along what the database knows of itself, by which it chooses its indexes.
        cursor.execute("ANALYZE")
    return is_wrong
