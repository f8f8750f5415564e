"""A file that is no backup, or not quite, is refused in a sentence before anything is touched."""

import gzip
import json
import os
import tarfile
from hashlib import sha256
from io import BytesIO

from django.core.management.base import CommandError
from django.db import connection

import pytest

from .commands import backup, restore
from .databases import every_row


class Parts:
    """What is in a backup, to be put together otherwise."""

    def __init__(self, file):
        with tarfile.open(file) as tar:
            self.members = [(member, tar.extractfile(member).read()) for member in tar]
        self.manifest = json.loads(self.members.pop(0)[1])
        self.file = file

    def rewrite(self, name, content):
        """Put other content into a file, with the checksum that it has to have."""
        member = next(member for member, _ in self.members if member.name == name)
        self.members = [pair for pair in self.members if pair[0] is not member]
        self.add(name, content)
        self.manifest["files"][name] = sha256(content).hexdigest()

    def add(self, name, content=b"", **attributes):
        member = tarfile.TarInfo(name)
        member.size = len(content)
        for attribute, value in attributes.items():
            setattr(member, attribute, value)
        self.members.append((member, content))

    def pack(self, manifest=None):
        content = json.dumps(self.manifest).encode() if manifest is None else manifest
        with tarfile.open(self.file, "w") as tar:
            first = tarfile.TarInfo("manifest.json")
            first.size = len(content)
            for member, part in [(first, content), *self.members]:
                tar.addfile(member, BytesIO(part))


@pytest.fixture
def parts(site, folder):
    return Parts(backup(folder))


@pytest.fixture
def portable(site, folder):
    return Parts(backup(folder, portable=True))


def assert_refused(parts, *words):
    before, beside = every_row(), set(parts.file.parent.parent.iterdir())
    with pytest.raises(CommandError) as refusal:
        restore(parts.file, overwrite=True)
    sentence = str(refusal.value)
    assert all(word in sentence for word in words), sentence
    assert "\n" not in sentence
    assert every_row() == before
    assert set(parts.file.parent.parent.iterdir()) == beside


NO_ARCHIVES = {
    "nothing": b"",
    "text": b"Dear restore, please.\n" * 1000,
    "zeros": bytes(100_000),
    "compressed": gzip.compress(bytes(10_000_000)),
}


@pytest.mark.parametrize("content", NO_ARCHIVES.values(), ids=NO_ARCHIVES)
def test_a_file_that_is_no_archive_is_refused(parts, content):
    parts.file.write_bytes(content)
    assert_refused(parts, "is no backup")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused(parts, share):
    os.truncate(parts.file, int(parts.file.stat().st_size * share))
    assert_refused(parts, "backup")


def test_a_missing_file_and_a_folder_are_refused(parts):
    parts.file.unlink()
    assert_refused(parts, f"{parts.file} cannot be used: No such file or directory.")
    parts.file.mkdir()
    assert_refused(parts, f"{parts.file} cannot be used: Is a directory.")


def test_a_changed_byte_is_noticed(parts):
    name = parts.members[0][0].name
    member, content = parts.members[0]
    parts.members[0] = member, content[:-1] + bytes([content[-1] ^ 1])
    parts.pack()
    assert_refused(parts, f"{name} is damaged: its checksum")


STRANGERS = {
    "a way out": {"name": "../evil.sqlite3"},
    "a path from the root": {"name": "/tmp/evil.sqlite3"},  # noqa: S108 (never written)
    "a link": {"name": "evil", "type": tarfile.SYMTYPE, "linkname": "/etc/passwd"},
    "a device": {"name": "evil", "type": tarfile.CHRTYPE},
    "a second manifest": {"name": "manifest.json"},
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS)
def test_a_file_that_does_not_belong_there_is_refused(parts, stranger):
    parts.add(**stranger)
    parts.pack()
    assert_refused(parts, "its manifest does not name")


@pytest.mark.parametrize("type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_only_plain_files_are_taken(parts, type):  # noqa: A002 (as tar calls it)
    member, _ = parts.members.pop(0)
    parts.add(member.name, type=type, linkname="/etc/passwd")
    parts.pack()
    assert_refused(parts, "is no backup")


def test_a_file_twice_is_refused(parts):
    parts.members.append(parts.members[0])
    parts.pack()
    assert_refused(parts, "twice")


def test_a_missing_part_is_named(parts):
    member, _ = parts.members.pop()
    parts.pack()
    assert_refused(parts, f"lacks {member.name}")


MANIFESTS = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "deep lists": b"[" * 200_000,
    "no fields": b'{"format": 1}',
    "a way out": b'{"format": 1, "migrations": [], "rows": {}, "files": {"../x.dump": ""}}',
    "words for numbers": b'{"format": 1, "migrations": [], "rows": {"a": "b"}}',
    "not UTF-8": b"\xff",
}


@pytest.mark.parametrize("content", MANIFESTS.values(), ids=MANIFESTS)
def test_a_manifest_that_is_none_is_refused(parts, content):
    parts.pack(content)
    assert_refused(parts, "manifest.json is not one")


def test_another_format_another_release_and_another_engine_are_told_apart(parts):
    parts.manifest["format"] = 2
    parts.pack()
    assert_refused(parts, "has format 2")
    parts.manifest |= {"format": 1, "kind": "oracle"}
    parts.pack()
    assert_refused(parts, "does not know")
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    parts.manifest |= {"kind": other}
    parts.pack()
    assert_refused(parts, "DATABASE_URL names", "backup --portable")
    parts.manifest |= {"kind": connection.vendor}
    parts.manifest["migrations"].append("showcase.0999_future")
    parts.pack()
    assert_refused(parts, "newer release", "showcase.0999_future")


def test_a_database_that_is_damaged_inside_is_refused(parts):
    [member, content] = parts.members[0]
    parts.rewrite(member.name, content[:100] + bytes(len(content) // 2))
    parts.pack()
    assert_refused(parts)


def test_fewer_rows_than_stated_are_noticed(portable):
    content = next(part for member, part in portable.members if "projects_tag.j" in member.name)
    portable.rewrite("projects_tag.jsonl", content.rsplit(b"\n", 2)[0] + b"\n")
    portable.pack()
    assert_refused(portable, "projects_tag.jsonl has", "another number")


LINES = {
    "no JSON": b"oops\n",
    "a word": b'"oops"\n',
    "too few values": b"[1]\n",
    "not UTF-8": b"\xff\n",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_line_that_is_no_row_is_named(portable, line):
    content = next(part for member, part in portable.members if "projects_tag.j" in member.name)
    portable.rewrite("projects_tag.jsonl", content + line)
    portable.manifest["rows"]["projects_tag"] += 1
    portable.pack()
    assert_refused(portable, "projects_tag.jsonl, line", "is no row of that table")


def test_rows_that_the_database_refuses_change_nothing(portable):
    content = next(part for member, part in portable.members if "projects_tag.j" in member.name)
    portable.rewrite("projects_tag.jsonl", content + content.splitlines(keepends=True)[1])
    portable.manifest["rows"]["projects_tag"] += 1
    portable.pack()
    assert_refused(portable, "projects_tag")
