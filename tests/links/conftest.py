import pytest

from .sites import serving


@pytest.fixture
def site():
    with serving() as site:
        yield site
