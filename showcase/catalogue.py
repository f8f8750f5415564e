"""What belongs to the catalogue: these rows come from fixtures and go back into them.

Users, sessions and enquiries do not: they are the site's and its visitors' own.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models

from people.models import Alias, Handle, Person, PersonLink
from projects.models import (
    Alternative,
    ChangelogEntry,
    Collection,
    CollectionItem,
    Contribution,
    ContributionStep,
    Credit,
    Kind,
    Language,
    Link,
    Milestone,
    Product,
    Project,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
    Tag,
    TaggedProject,
    Upstream,
)

from .models import Page, Redirect

# Each stands below those that it points to, so that in this order every row finds its others.
MODELS: list[type[Any]] = [
    Person,
    Alias,
    Handle,
    PersonLink,
    Kind,
    Language,
    Tag,
    Product,
    Upstream,
    Project,
    ProjectKind,
    ProjectLanguage,
    TaggedProject,
    Credit,
    Relation,
    Contribution,
    ContributionStep,
    Alternative,
    Link,
    Source,
    Release,
    Milestone,
    Collection,
    CollectionItem,
    ChangelogEntry,
    Page,
    Redirect,
]

# One row of these, and somebody has begun to fill the catalogue.
BEGINNINGS: list[type[Any]] = [Project, Product, Person, Tag, Page]


def folder() -> Path:
    """Return where the catalogue is kept as fixtures."""
    return Path(settings.FIXTURE_DIRS[0])


def file_name(model: type[models.Model], ending: str = "yaml") -> str:
    """Return the name of a model's fixture: `project_kind.yaml` for ProjectKind."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower() + f".{ending}"


def is_empty(using: str = DEFAULT_DB_ALIAS) -> bool:
    return not any(model._default_manager.using(using).exists() for model in BEGINNINGS)


def rows(model: type[Any]) -> list[Any]:
    """Return a model's rows by natural key, in the same order on every database."""
    return in_order(model._default_manager.all())


def in_order(chosen: models.QuerySet[Any]) -> list[Any]:
    """Return some rows of one model by natural key."""
    found = chosen.fetch_mode(models.FETCH_PEERS)
    return sorted(found, key=lambda row: [str(part) for part in row.natural_key()])


def shown(path: str | Path) -> str:
    """Return a path as a person at the terminal would write it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return str(path)
