"""What writes, and is killed: each takes the site from the first edition to the second."""

from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from projects.models import Project

from ..admin.forms import AdminForm
from ..backup.commands import backup, restore
from .editions import write_edition

# Before the newest tables and indexes. What visitors read is the same ever since, so that the
# present code can serve them before, between and after.
OLDER = {"showcase": "0006", "projects": "0010", "people": "0002"}
HOST = {"host": "localhost"}


def load(file: Path) -> None:
    call_command("loaddata", str(file), verbosity=0)


def bring(file: Path) -> None:
    call_command("load_catalogue", file, verbosity=0)


def rebuild() -> None:
    call_command("rebuild_search", verbosity=0)


def migrate() -> None:
    call_command("migrate", verbosity=0)


def migrate_back() -> None:
    for app, name in OLDER.items():
        call_command("migrate", app, name, verbosity=0)


def put_back(file: Path) -> None:
    restore(file, overwrite=True)


def make_backup(folder: Path, *, is_portable: bool = False) -> None:
    backup(folder, portable=is_portable)


class Form:
    """The form of an entry with the second edition written into it, by somebody signed in."""

    def __init__(self) -> None:
        user, _ = User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)
        client = Client(headers=HOST)
        client.force_login(user)
        entry = Project.objects.get(slug="entry-1")
        self.url = reverse("admin:projects_project_change", args=[entry.pk])
        form = AdminForm(client, self.url)
        form.fill(tagline="This is edition 2.", need="Tests of edition 2.")
        form.change_row("links", label="Home of edition 2")
        form.change_row("releases", notes="Notes of edition 2.")
        form.change_row("credits", note="Of edition 2.")
        form.add_row("links", role="source", label="Code of edition 2", url="https://example.org/")
        self.sent: dict[str, Any] = {
            name: value for name, value in form.values.items() if "__prefix__" not in name
        }
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def save(self) -> None:
        client = Client(headers=HOST)
        client.cookies.load(self.cookies)
        assert client.post(self.url, self.sent).status_code == 302


def commands(folder: Path) -> dict[str, Any]:
    """Return what is done by commands, by name; `folder` has what they need."""
    second = write_edition(2, folder)
    return {
        "loaddata": partial(load, second),
        "load_catalogue": partial(bring, second),
        "rebuild_search": rebuild,
        "migrate": migrate,
        "backup": partial(make_backup, folder / "backups"),
    }
