from urllib.parse import urlencode

from django.urls import reverse

import pytest

from projects.models import Kind
from showcase.governance.models import Merger
from tests.admin.conftest import admin_form

__all__ = ["admin_form"]


def merge_url(*things, **others):
    """Return the address of the page on which some things are merged."""
    meta = things[0]._meta
    asked = [*(("of", thing.pk) for thing in things), *others.items()]
    return f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_merge')}?{urlencode(asked)}"


def with_kind(project):
    """Make an entry as complete as one that an editor published."""
    kind, _ = Kind.objects.get_or_create(name="tool", slug="tool", plural="tools")
    project.kind_items.get_or_create(kind=kind)
    return project


@pytest.fixture
def merge(admin_client):
    """Merge some things into the first one, as an editor does."""

    def merge_things(kept, *gone):
        response = admin_client.post(merge_url(kept, *gone, into=kept.pk))
        assert response.url.startswith("/admin/showcase/merger/"), response.url
        return Merger.objects.latest("pk")

    return merge_things


@pytest.fixture
def take_back(admin_client):
    def undo(merger):
        url = reverse("admin:showcase_merger_change", args=[merger.pk])
        return admin_client.post(url, follow=True).content.decode()

    return undo
