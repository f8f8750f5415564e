"""What a process knew of an older state of the catalogue is gone as soon as it knows the newer."""

import gc
from weakref import ref

import pytest

from projects.models import Project
from projects.snapshot.keeping import Keeper

from ..catalogue import make_catalogue
from .writes import by_a_new_tag, by_saving, by_update

# Really committed: what follows a write does so when its transaction is over.
pytestmark = pytest.mark.django_db(transaction=True)


def by_deleting():
    Project.objects.get(slug="other-1").delete()


@pytest.fixture
def without_collector():
    """Whatever goes, goes because nothing refers to it."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("write", [by_saving, by_update, by_a_new_tag, by_deleting])
def test_an_older_snapshot_is_not_kept(write, without_collector):
    make_catalogue()
    keeper = Keeper()
    older = ref(keeper.present())
    assert older() is keeper.snapshot
    write()
    keeper.present()
    assert older() is None


def test_a_snapshot_that_follows_shares_what_was_not_written():
    make_catalogue()
    keeper = Keeper()
    older = keeper.present()
    by_saving()
    newer = keeper.present()
    assert newer is not older
    assert newer.facts.columns is older.facts.columns
    assert newer.words.words is older.words.words
