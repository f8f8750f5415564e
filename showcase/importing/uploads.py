"""Keeps uploaded files between their report and the word to import them."""

import io
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ..exchange.reading import Reading, read
from .models import ImportUpload
from .report import Report
from .running import run

KEPT_FOR = timedelta(hours=1)


class ChangedError(Exception):
    """Importing would do something else by now than what was confirmed."""

    def __init__(self, report: Report):
        super().__init__()
        self.report = report


def keep(user: Any, files: Iterable[tuple[str, bytes]], *, as_stated: bool) -> ImportUpload:
    """Return files with the report of what importing them would do. Raises FixtureError."""
    files = list(files)
    report = run(readings(files), as_stated=as_stated, is_dry=True)
    ImportUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR).delete()
    return ImportUpload.objects.create(
        user=user,
        archive=packed(files),
        as_stated=as_stated,
        report=report.as_json(),
        uploaded_at=timezone.now(),
    )


def waiting(user: Any) -> Any:
    """Return the files that a person may still confirm."""
    return ImportUpload.objects.filter(user=user, uploaded_at__gte=timezone.now() - KEPT_FOR)


def confirm(upload: ImportUpload) -> None:
    """Import what was uploaded. Raises ChangedError, with the new report, and FixtureError."""

    def refuse_another(report: Report) -> None:
        if report.as_json() != upload.report:
            raise ChangedError(report)
        upload.delete()

    run(readings(unpacked(bytes(upload.archive))), as_stated=upload.as_stated, judge=refuse_another)


def readings(files: Iterable[tuple[str, bytes]]) -> list[Reading]:
    return [read(name, content) for name, content in files]


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in files:
            kept.writestr(name, content)
    return archive.getvalue()


def unpacked(archive: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as kept:
        return [(name, kept.read(name)) for name in kept.namelist()]
