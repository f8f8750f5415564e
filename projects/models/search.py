"""What the search looks at: words made from the catalogue, kept by `projects.search` alone."""

from django.db import models

from ..search.words import WORD_MAX_LENGTH
from .subject import exactly_one

FOUND = ("project", "product", "upstream", "person", "collection", "tag")


def _one(model):
    return models.OneToOneField(
        model, models.CASCADE, null=True, blank=True, related_name="search_document"
    )


class SearchDocument(models.Model):
    """The words of one thing that can be found, by how much they weigh.

    The full-text index is made from these columns by the database itself.
    """

    project = _one("projects.Project")
    product = _one("projects.Product")
    upstream = _one("projects.Upstream")
    person = _one("people.Person")
    collection = _one("projects.Collection")
    tag = _one("projects.Tag")
    name = models.TextField(blank=True)
    head = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # Words of their own for what a list of projects can be narrowed by.
    facets = models.TextField(blank=True)
    is_stale = models.BooleanField(default=True)
    # In which generation of the catalogue something of the thing was written last.
    generation = models.PositiveBigIntegerField(default=0, db_index=True)

    class Meta:
        constraints = [
            exactly_one(
                FOUND,
                constraint="projects_searchdocument_of_one",
                message="A document belongs to exactly one thing.",
            )
        ]
        indexes = [
            models.Index(
                fields=["id"],
                name="projects_searchdocument_stale",
                condition=models.Q(is_stale=True),
            )
        ]

    def __str__(self):
        return f"words of {next(name for name in FOUND if getattr(self, f'{name}_id'))}"


class SearchWord(models.Model):
    """A word that occurs in the catalogue, or once did; for finding the nearest one."""

    word = models.CharField(max_length=WORD_MAX_LENGTH, unique=True)
    # A whole name is a word too, for whoever leaves out its spaces; this is how it is written.
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["word"]

    def __str__(self):
        return self.word
