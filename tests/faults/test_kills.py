"""Whatever writes and is killed, before whichever statement, has happened wholly or not at all."""

import pytest

from showcase.backup.making import UNFINISHED

from ..backup.commands import restore
from .acts import bring, load, make_backup, migrate, rebuild
from .editions import write_edition
from .killing import killed
from .states import differing, faults, state

# Of all statements, those before which somebody is killed. After the last one, nothing is written.
SHARES = (0.3, 0.7, 1)
# What a new index leaves as it was, but for the number of the generation.
NUMBERED_ANEW = {"projects_generation", "projects_searchdocument"}


def of(whole, shares):
    return [round(share * whole.statements) for share in shares]


@pytest.fixture
def act(request, first_edition, tmp_path):
    """What is killed; each takes the site from the first edition to the second."""
    second = write_edition(2, tmp_path)
    return {
        "loaddata": lambda: load(second),
        "load_catalogue": lambda: bring(second),
        "save": first_edition[1].save,
    }[request.param]


@pytest.mark.parametrize("act", ["loaddata", "load_catalogue", "save"], indirect=True)
def test_what_is_killed_has_written_everything_or_nothing(act, first_edition, site_of):
    address = site_of(first_edition[0])
    before, whole = state(), killed(act, address)
    after = state()
    assert before != after
    for moment in of(whole, SHARES):
        address = site_of(first_edition[0])
        killed(act, address, before=moment)
        found = state()
        assert found in (before, after), (differing(found, before), differing(found, after))
        assert list(faults()) == []


def test_visitors_find_the_same_at_any_moment_of_a_new_index(site):
    before, whole = state(), killed(rebuild, site)
    # When nothing is written anew yet, and later.
    for moment in ("INSERT INTO .projects_searchdocument", *of(whole, SHARES[1:])):
        killed(rebuild, site, before=moment)
        assert set(differing(state(), before)) <= NUMBERED_ANEW
        assert list(faults()) == []


def test_migrations_that_are_killed_are_done_to_the_end_next_time(older, site_of):
    whole = killed(migrate, site_of(older))
    after = state()
    # When the tables are made and only the note of it is missing, and at other moments.
    for moment in ("INSERT INTO .django_migrations.*0007_enquiries", *of(whole, SHARES[:2])):
        address = site_of(older)
        killed(migrate, address, before=moment)
        assert list(faults(is_of_this_release=False)) == []
        killed(migrate, address)
        assert state() == after


def test_backups_that_are_killed_leave_whole_ones_or_none(site, tmp_path):
    folder, before = tmp_path / "backups", state()
    whole = killed(lambda: make_backup(folder), site)
    for moment in of(whole, SHARES):
        killed(lambda: make_backup(folder), site, before=moment)
        assert state() == before
    make_backup(folder)
    assert len(list(folder.iterdir())) > 1
    assert not list(folder.glob(f"{UNFINISHED}*"))
    for file in folder.iterdir():
        assert restore(file, check=True).startswith("Verified")
