"""Two editors save the same at once: the checks of both pass, and the database refuses one."""

import pytest

from projects.models import Language, Project
from tests.factories import make_kind, make_language, make_project

from .test_saving import ENTRY

pytestmark = pytest.mark.django_db
SENTENCE = "This was not saved, because somebody else changed the catalogue at the same moment."


@pytest.fixture
def checked_too_early(monkeypatch):
    """Checks that see nothing of what somebody else is saving."""
    monkeypatch.setattr("django.db.models.Model._perform_unique_checks", lambda *_: {})


@pytest.mark.usefixtures("checked_too_early")
def test_the_second_of_two_same_words_is_not_saved_nor_lost(admin_form):
    make_language("Rust")
    form = admin_form(Language).fill(name="Rust", slug="rust-again")
    page = form.refusal()
    assert SENTENCE in page
    assert 'value="rust-again"' in page
    assert Language.objects.count() == 1


@pytest.mark.usefixtures("checked_too_early")
def test_the_second_of_two_same_entries_keeps_its_rows(admin_form):
    make_project("vmshed")
    form = admin_form(Project).fill(**ENTRY).add_row("kind_items", kind=make_kind().pk)
    form.add_row("milestones", date="2023-01-01", text="First commit.")
    page = form.refusal()
    assert SENTENCE in page
    assert "First commit." in page
    assert Project.objects.count() == 1


def test_the_second_is_told_what_clashes_once_that_can_be_seen(admin_form, monkeypatch):
    make_language("Rust")
    check, too_early = Language._perform_unique_checks, [{}]

    def late(language, unique_checks):
        return too_early.pop() if too_early else check(language, unique_checks)

    monkeypatch.setattr(Language, "_perform_unique_checks", late)
    page = admin_form(Language).fill(name="Rust", slug="rust-again").refusal()
    assert SENTENCE in page
    assert "Language with this Name already exists." in page
