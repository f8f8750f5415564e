"""What operators do at the terminal."""

import json
from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from showcase.models import Enquiry, Sending
from tests.factories import A_MOMENT, make_project

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().strip()


def make_enquiry(message, days_ago=0, **fields):
    enquiry = Enquiry.objects.create(message=message, consented_at=A_MOMENT, **fields)
    moment = timezone.now() - timedelta(days=days_ago)
    Enquiry.objects.filter(pk=enquiry.pk).update(received_at=moment)


def messages():
    return set(Enquiry.objects.values_list("message", flat=True))


def test_what_has_expired_is_deleted_and_nothing_else(settings):
    settings.ENQUIRY_DAYS = 30
    make_enquiry("Old", days_ago=31, state="new")
    make_enquiry("New", days_ago=29, state="closed")
    Sending.objects.create(sender="x", sent_at=timezone.now() - timedelta(hours=2))
    assert run("purge_enquiries", dry_run=True) == "Would delete 1 enquiry older than 30 days."
    assert messages() == {"Old", "New"}
    assert run("purge_enquiries") == "Deleted 1 enquiry older than 30 days."
    assert messages() == {"New"}
    assert not Sending.objects.exists()
    assert run("purge_enquiries") == "Deleted 0 enquiries older than 30 days."


def test_all_of_a_person_is_written_for_nobody_else_to_read(tmp_path):
    make_enquiry("One", email="zoe@example.org", name="Zoë", project=make_project())
    make_enquiry("Two", email="ZOE@example.org", answer_note="Yes.")
    make_enquiry("Three", email="xzoe@example.org")
    path = tmp_path / "zoe.json"
    run("enquiries_of", "zoe@EXAMPLE.org", export=path)
    records = {record["message"]: record for record in json.loads(path.read_text())}
    assert records.keys() == {"One", "Two"}
    assert (records["One"]["project"], records["One"]["name"]) == ("virter", "Zoë")
    assert records["Two"]["answer_note"] == "Yes."
    assert path.stat().st_mode & 0o777 == 0o600


def test_file_that_is_there_is_left_alone(tmp_path):
    make_enquiry("One", email="zoe@example.org")
    path = tmp_path / "there"
    path.write_text("Mine.")
    with pytest.raises(CommandError, match="is there already"):
        run("enquiries_of", "zoe@example.org", export=path)
    assert path.read_text() == "Mine."
    with pytest.raises(CommandError, match="cannot be written"):
        run("enquiries_of", "zoe@example.org", export=tmp_path / "no" / "folder")


def test_person_is_erased_and_nobody_else(settings):
    settings.ENQUIRIES_TO = ["team@example.org"]
    make_enquiry("One", email="zoe@example.org")
    make_enquiry("Two", email="Zoe@example.org")
    make_enquiry("Three")
    told = run("enquiries_of", "zoe@example.org", erase=True)
    assert told == "Erased: 2. Delete the mails by hand: they went to team@example.org."
    assert messages() == {"Three"}


def test_nothing_is_made_of_what_is_not_there(tmp_path):
    make_enquiry("Anonymous")
    path = tmp_path / "file"
    assert run("enquiries_of", "zoe@example.org", export=path) == "Nothing is kept of this address."
    assert not path.exists()
    with pytest.raises(CommandError, match="is no e-mail address"):
        run("enquiries_of", "", erase=True)
    assert messages() == {"Anonymous"}
