"""What the database keeps by itself, whoever writes to it."""

from django.db import IntegrityError

import pytest

from people.models import Person
from projects.models import Collection, Kind, Language, Product, Project, Tag, Upstream
from showcase.models import Page

from ..factories import make_project, make_tag

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model", [Person, Kind, Language, Tag, Product, Upstream, Project, Collection, Page]
)
def test_nothing_with_an_address_lacks_its_slug(model):
    names = {constraint.name for constraint in model._meta.constraints}
    assert f"{model._meta.app_label}_{model._meta.model_name}_has_slug" in names


def test_the_database_refuses_an_empty_slug():
    tag = make_tag()
    with pytest.raises(IntegrityError, match="projects_tag_has_slug"):
        Tag.objects.filter(pk=tag.pk).update(slug="")


def test_a_tag_that_is_made_from_signs_alone_has_a_slug_all_the_same():
    project = make_project()
    project.tags.add("日本語", "中文")
    assert {tag.slug for tag in project.tags.all()} == {"tag", "tag-1"}
