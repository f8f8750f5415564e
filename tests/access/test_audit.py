"""The log tells who came and what they changed: a line each, and no secret in any."""

import json
import logging

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.db import transaction

import pytest
from reversion.models import Revision

from people.changes import rehearsal
from people.documents.revisions import keep, revision
from projects.models import Project
from showcase.access import audit
from showcase.operation.logs import AUDIT, JsonFormatter, TextFormatter
from tests.admin.forms import AdminForm
from tests.factories import make_page, make_project

from .conftest import NAME, PASSWORD

pytestmark = pytest.mark.django_db

FORGED = "a\nCRITICAL root: all is lost\u2028\x1b[2J"


@pytest.fixture
def lines(caplog):
    """Return what was logged since this was asked last."""
    caplog.set_level(logging.INFO, AUDIT)

    def lines():
        said = [told(record) for record in caplog.records if record.name == AUDIT]
        caplog.clear()
        return said

    return lines


def told(record):
    """Return what a line says after what every line has."""
    return TextFormatter().format(record).partition(f"{AUDIT} ")[2]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_each_way_in_and_out_is_a_line(editor, try_in, client, lines):
    try_in(password="slip")
    assert lines() == ["sign-in refused account=editor"]
    try_in()
    assert lines() == ["signed in account=editor"]
    client.post("/admin/logout/")
    assert lines() == ["signed out account=editor"]


def test_lockout_is_a_line_of_its_own(editor, try_in, lines, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        try_in(password="slip")
    assert lines().count("locked out account=editor") == 1


def test_what_may_be_a_password_in_the_wrong_box_is_not_told(editor, try_in, lines):
    try_in(name=PASSWORD, password=NAME)
    assert lines() == ["sign-in refused account=nobody's name"]


def test_no_name_ends_a_line(editor, client, lines, django_user_model, committed):
    client.force_login(django_user_model.objects.create(username=FORGED))
    (line,) = lines()
    assert line == "signed in account=a\\nCRITICAL root: all is lost\\u2028\\x1b[2J"
    with committed():
        audit.note_if_kept("edit", thing=FORGED)
    assert all(line.isprintable() for line in lines())


def test_line_carries_its_words_for_programs(editor, try_in, caplog):
    caplog.set_level(logging.INFO, AUDIT)
    try_in()
    (record,) = (record for record in caplog.records if record.name == AUDIT)
    said = json.loads(JsonFormatter().format(record))
    assert (said["message"], said["account"]) == ("signed in", NAME)


def test_edit_in_the_admin_is_a_line(admin_client, lines, committed):
    form = AdminForm(admin_client, f"/admin/showcase/page/{make_page().pk}/change/")
    lines()
    with committed():
        form.send(summary="Another.")
    assert lines() == ["edit: change account=admin kind=Site | page thing=Giving back"]


def test_act_on_several_things_is_one_line(editor, lines, committed):
    things = [make_project("One"), make_project("Two")]
    with committed(), revision(editor, "Why", *things):
        keep(*things)
    number = Revision.objects.get(user=editor).pk
    assert lines() == [f"edit: several account=editor things=2 revision={number}"]


def test_what_is_only_tried_or_taken_back_is_no_line(editor, lines, committed):
    project = make_project()
    with committed():
        for block in (rehearsal, taken_back):
            with block():
                LogEntry.objects.log_actions(editor.pk, [project], CHANGE, "Tried.")
    assert lines() == []


class taken_back:  # noqa: N801 (reads like `rehearsal`)
    def __enter__(self):
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, *exception):
        transaction.set_rollback(True)
        self.block.__exit__(*exception)


def test_accounts_and_rights_that_change_are_lines(lines, committed, django_user_model):
    with committed():
        user = django_user_model.objects.create_user("new", password=PASSWORD)
    assert lines() == ["account made account=new"]
    with committed():
        user.set_password("wombat-wombat")
        user.is_superuser = True
        user.save()
        user.groups.add(Group.objects.get(name="editor"))
        user.groups.clear()
        user.delete()
    first, added, cleared, deleted = lines()
    assert first == "account changed account=new fields=password, is_superuser"
    assert added.startswith("rights: add of=new kind=groups keys=")
    assert cleared.startswith("rights: clear of=new kind=groups")
    assert deleted == "account deleted account=new"


def test_no_password_is_told(editor, try_in, lines, committed, client):
    try_in(password="slip-slip-slip")
    try_in()
    words = {
        "old_password": PASSWORD,
        "new_password1": "wombat-wombat",
        "new_password2": "wombat-wombat",
    }
    with committed():
        client.post("/admin/password_change/", words)
    said = " ".join(lines())
    assert "account changed account=editor fields=password" in said
    editor.refresh_from_db()
    for secret in (PASSWORD, "slip-slip-slip", "wombat-wombat", editor.password):
        assert secret not in said


def test_entry_that_is_saved_by_a_command_is_nobody_s_edit(lines, committed):
    with committed():
        Project.objects.filter(pk=make_project().pk).update(tagline="Else.")
    assert lines() == []
