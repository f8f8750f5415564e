"""The site behind TLS, as its visitors and attackers reach it."""

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

import pytest

from showcase.serving import front
from tests.catalogue import make_catalogue
from tests.serving.asking import Site

from .production import settings_behind_tls


@pytest.fixture
def behind_tls(settings):
    front._is_allowed.cache_clear()
    for name, value in settings_behind_tls().items():
        setattr(settings, name, value)
    yield
    front._is_allowed.cache_clear()


@pytest.fixture
def catalogue():
    with transaction.atomic():
        return make_catalogue()


@pytest.fixture
def site(behind_tls):
    """The layers of the server, made under these settings."""
    # As with Django's own client: the connection is in the transaction of the test.
    signals = request_started, request_finished
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield Site()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def full_site(catalogue, site):
    """The same with something of everything."""
    return site
