"""Editing the catalogue. Each module has a subject's own forms and its rows in others' forms."""

from . import (
    alternative,
    changelog,
    collection,
    contribution,
    credit,
    evidence,
    history,
    product,
    project,
    relation,
    vocabulary,
)

__all__ = [
    "alternative",
    "changelog",
    "collection",
    "contribution",
    "credit",
    "evidence",
    "history",
    "product",
    "project",
    "relation",
    "vocabulary",
]
