"""Who edits."""

import pytest

from tests.admin.conftest import admin_form

from .accounts import make_user, signed_in

__all__ = ["admin_form"]


@pytest.fixture
def contributor():
    return signed_in(make_user("ida", "contributor"))


@pytest.fixture
def editor():
    return signed_in(make_user("otto", "editor"))
