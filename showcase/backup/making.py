"""Makes a backup: whole under its name, or not there at all."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import CommandError

from ..serving import release
from .archive import digests, pack
from .kinds import KINDS, own
from .manifest import Manifest

OURS = re.compile(r"showcase-\d{8}T\d{6}\.\d{6}Z-(?P<kind>[a-z]+)\.tar")
UNFINISHED = ".unfinished-backup-"


def make(output: Path, *, is_portable: bool = False) -> Path:
    """Make a backup in a folder and return its file."""
    kind = "portable" if is_portable else own()
    with _alone_in(output), TemporaryDirectory(prefix=UNFINISHED, dir=output) as name:
        parts, unfinished = Path(name, "parts"), Path(name, "whole.tar")
        parts.mkdir()
        moment = datetime.now(UTC)
        contents = KINDS[kind].copy(parts)
        manifest = Manifest(
            **asdict(contents),
            kind=kind,
            engine=own(),
            made_at=moment.isoformat(),
            release=release.present().token,
            files=digests(parts),
        )
        pack(unfinished, parts, manifest)
        whole = output / f"showcase-{moment:%Y%m%dT%H%M%S.%fZ}-{kind}.tar"
        unfinished.replace(whole)
        _settle(output)
    return whole


def thin_out(newest: Path, number: int) -> list[Path]:
    """Remove the older backups of the newest one's kind, all but so many; return which."""
    kind = OURS.fullmatch(newest.name)
    of_kind = [
        path
        for path in sorted(newest.parent.iterdir())
        if kind and (found := OURS.fullmatch(path.name)) and found["kind"] == kind["kind"]
    ]
    older = of_kind[:-number]
    for path in older:
        path.unlink()
    return older


@contextmanager
def _alone_in(output: Path) -> Iterator[None]:
    """Let nobody else make a backup there, and clear away what one left that was interrupted."""
    output.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(output, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in output.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield
    except BlockingIOError as error:
        raise CommandError(
            f"Another backup is being made in {output}; wait until it has finished."
        ) from error
    finally:
        os.close(folder)


def _settle(folder: Path) -> None:
    """Let the new name survive a power cut, as its content does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
