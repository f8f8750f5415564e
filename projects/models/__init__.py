"""The catalogue. Read `project` first; every other module hangs something on it."""

from . import history, relation
from .alternative import Alternative
from .changelog import ChangelogEntry
from .collection import Collection, CollectionItem
from .contribution import Contribution, ContributionStep
from .credit import Credit
from .evidence import Link, Source
from .generation import Generation
from .history import Milestone, Release
from .product import Product, Upstream
from .project import Project, ProjectKind, ProjectLanguage, TaggedProject
from .relation import Relation
from .search import SearchDocument, SearchWord
from .vocabulary import Kind, Language, Tag
from .working_copy import WorkingCopy

__all__ = [
    "Alternative",
    "ChangelogEntry",
    "Collection",
    "CollectionItem",
    "Contribution",
    "ContributionStep",
    "Credit",
    "Generation",
    "Kind",
    "Language",
    "Link",
    "Milestone",
    "Product",
    "Project",
    "ProjectKind",
    "ProjectLanguage",
    "Relation",
    "Release",
    "SearchDocument",
    "SearchWord",
    "Source",
    "Tag",
    "TaggedProject",
    "Upstream",
    "WorkingCopy",
    "history",
    "relation",
]
