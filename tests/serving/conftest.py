"""A catalogue, and the site in front of it."""

from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction

import pytest

from tests.catalogue import make_catalogue

from .asking import Site


@pytest.fixture
def catalogue():
    with transaction.atomic():
        return make_catalogue()


@pytest.fixture
def site(catalogue):
    return Site()


@pytest.fixture
def shared():
    """A memory that processes share."""
    cache = LocMemCache("pages", {})
    cache.clear()
    return cache
