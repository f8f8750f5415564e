from django.contrib.auth.models import Permission

import pytest

from ..admin.conftest import admin_form

__all__ = ["admin_form", "colleague"]


@pytest.fixture
def colleague(client, django_user_model):
    """Sign in somebody who may do this and nothing else."""

    def sign_in(*codenames):
        user = django_user_model.objects.create_user("colleague", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return sign_in
