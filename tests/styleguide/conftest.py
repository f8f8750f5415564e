from importlib import reload

from django.urls import clear_url_caches

import pytest

from showcase import urls


@pytest.fixture
def development(settings):
    """The addresses that a developer has; no test here has a database."""
    settings.DEBUG = True
    reload(urls)
    clear_url_caches()
    yield
    settings.DEBUG = False
    reload(urls)
    clear_url_caches()
