"""The words by which projects are found: kinds, languages, tags."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import slugify

from taggit.models import TagBase

from people.fields import (
    LastChangedField,
    LineField,
    LinesField,
    MarkdownField,
    PageSlugField,
    slug_is_given,
    validate_slug_is_a_word,
)
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from ..querysets import TagQuerySet
from .addresses import address

# Signs that carry the meaning of a name, and that a slug would lose.
SPELT_OUT = {"+": " plus ", "#": " sharp ", ".": " dot "}


def slug_from_name(name: str) -> str:
    """Return an ASCII slug that keeps apart what signs keep apart: C++, C# and C; .NET and Net."""
    for sign, word in SPELT_OUT.items():
        name = name.replace(sign, word)
    return slugify(name)


class Kind(NaturalKeyModel):
    """What sort of thing a project is: a library, a command-line tool, a device driver."""

    name = LineField(max_length=60, unique=True, help_text="In the singular: “device driver”.")
    plural = LineField(max_length=60, help_text="For headings: “device drivers”.")
    slug = PageSlugField(help_text="For addresses: “device-driver”.")
    description = LineField(
        max_length=200, blank=True, help_text="One sentence for a visitor who does not know."
    )

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["name"]
        constraints = [slug_is_given]

    def __str__(self):
        return self.name


class Language(NaturalKeyModel):
    """A programming or description language."""

    name = LineField(max_length=60, unique=True, help_text="As its makers write it: “C++”.")
    slug = PageSlugField(help_text="For addresses: “c-plus-plus”.")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["name"]
        constraints = [slug_is_given]

    def __str__(self):
        return self.name


class Tag(TagBase, NaturalKeyModel):
    """A subject, under any of its names."""

    name = LineField(max_length=100, unique=True, help_text="As its users write it: “C++”.")
    slug = PageSlugField(
        max_length=100,
        blank=True,
        help_text="Left empty it is made from the name: “C++” becomes “c-plus-plus”.",
    )
    description = MarkdownField(blank=True, help_text="What belongs under this tag. Markdown.")
    aliases = LinesField(
        blank=True, help_text="Other words for it, one per line: “k8s” for Kubernetes."
    )
    updated_at = LastChangedField()

    objects = NaturalKeyManager.from_queryset(TagQuerySet)()
    # Both bases know natural keys; ours goes by the slug.
    natural_key = NaturalKeyModel.natural_key

    class Meta:
        ordering = ["name"]
        constraints = [
            slug_is_given,
            models.UniqueConstraint(
                Lower("name"),
                name="projects_tag_name_in_any_case",
                violation_error_message="There is a tag of this name already, in other letters.",
            ),
        ]

    def get_absolute_url(self):
        return address("projects:tag", self.slug)

    def clean(self):
        """Make the slug of a new tag, and refuse a name that gives none."""
        if not self.slug:
            self.slug = slug_from_name(self.name)
            try:
                validate_slug_is_a_word(self.slug)
            except ValidationError as error:
                message = f"No address can be made from “{self.name}”. Write a slug yourself."
                raise ValidationError({"slug": message}) from error

    def slugify(self, tag, i=None):
        """Name the tag for taggit, which calls this when it makes one; `i` counts clashes."""
        # A name in another script leaves nothing to make a slug of.
        slug = slug_from_name(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"
