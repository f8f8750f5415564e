from django.urls import reverse

import pytest

from tests.admin.forms import AdminForm


@pytest.fixture
def admin_form(admin_client):
    """Open the form of a row, or that of a new row of a model."""

    def open_form(target, query=""):
        kind = f"admin:{target._meta.app_label}_{target._meta.model_name}"
        is_new = isinstance(target, type)
        url = reverse(f"{kind}_add") if is_new else reverse(f"{kind}_change", args=[target.pk])
        return AdminForm(admin_client, url + query)

    return open_form
