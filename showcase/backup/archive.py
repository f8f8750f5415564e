"""The file of a backup: a plain tar archive, the manifest first."""

import os
import tarfile
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

from . import manifest as manifests
from .manifest import Manifest

MANIFEST = "manifest.json"
MANIFEST_MAX = 1_000_000
AT_ONCE = 1 << 20


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in a folder."""
    found = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            found[path.name] = file_digest(stream, "sha256").hexdigest()
    return found


def pack(archive: Path, folder: Path, manifest: Manifest) -> None:
    """Write the files of a folder and their manifest, for nobody but the owner to read."""
    with archive.open("xb") as stream:
        os.fchmod(stream.fileno(), 0o600)
        # GNU's form of tar takes files of any size.
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar:
            content = manifest.as_json()
            tar.addfile(_member(MANIFEST, len(content)), BytesIO(content))
            for name in manifest.files:
                with (folder / name).open("rb") as part:
                    tar.addfile(_member(name, (folder / name).stat().st_size), part)
        stream.flush()
        os.fsync(stream.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def unpack(archive: Path, folder: Path) -> Manifest:
    """Read a backup into an empty folder, and refuse it unless it is what its manifest says.

    An archive may hold anything. What is written has a name that we know and is never longer than
    the archive: links, devices, holes and compression are refused.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _manifest_of(tar)
            _unpack_files(tar, manifest, folder)
    except OSError as error:
        raise CommandError(
            f"{error.filename or archive} cannot be used: {error.strerror}."
        ) from error
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
        raise CommandError(
            f"{archive} is no backup, or not a whole one; copy it anew or take another."
        ) from error
    return manifest


def _manifest_of(tar: tarfile.TarFile) -> Manifest:
    member = tar.next()
    if member is None or member.name != MANIFEST or member.size > MANIFEST_MAX:
        raise tarfile.ReadError
    return manifests.read(_content(tar, member).read())


def _unpack_files(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    missing = dict(manifest.files)
    while member := tar.next():
        if member.name not in missing:
            raise CommandError(
                f"The backup has a file {member.name!r:.80} that its manifest does not name, or "
                "has it twice; take another backup."
            )
        if _written(_content(tar, member), folder / member.name) != missing.pop(member.name):
            raise CommandError(
                f"The backup's {member.name} is damaged: its checksum is another one than the "
                "manifest's. Copy the backup anew or take another."
            )
    if missing:
        raise CommandError(f"The backup lacks {min(missing)}; copy it anew or take another.")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    # Links and devices have no content; what has holes may be longer than any disk.
    content = tar.extractfile(member) if member.type == tarfile.REGTYPE else None
    if content is None or member.issparse():
        raise tarfile.ReadError
    return content


def _written(content: IO[bytes], path: Path) -> str:
    digest = sha256()
    with path.open("xb") as stream:
        while block := content.read(AT_ONCE):
            digest.update(block)
            stream.write(block)
    return digest.hexdigest()
