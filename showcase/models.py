"""What belongs to the site and not to the catalogue: prose, moved addresses, and its rooms'."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from people.changes import TellingQuerySet
from people.fields import (
    LastChangedField,
    LineField,
    MarkdownField,
    OrderField,
    PageSlugField,
    slug_is_given,
)
from people.natural_keys import NaturalKeyManager, NaturalKeyModel

from .enquiries.models import Enquiry, Sending
from .governance.models import Distinct, Merger
from .importing.models import ImportConflict, ImportedRow, ImportUpload
from .links.models import LinkCheck

__all__ = [
    "Distinct",
    "Enquiry",
    "ImportConflict",
    "ImportUpload",
    "ImportedRow",
    "LinkCheck",
    "Merger",
    "MissedSearch",
    "Page",
    "Redirect",
    "Sending",
    "validate_path",
]

validate_path = RegexValidator(
    r"^/(?!/)[^\s?#\\]*\Z",
    "Write a path of this site that begins with a single slash, for example /projects/virter/.",
    code="path",
)


class PageQuerySet(TellingQuerySet):
    def below_about(self):
        """The pages that are read for their own sake; the home page only carries its text."""
        return self.exclude(slug=Page.HOME)


class Page(NaturalKeyModel):
    """Prose of the site itself."""

    HOME, ABOUT = "home", "about"
    # Each of these has an address of its own, whose name is the slug.
    OWN_ADDRESS = (HOME, ABOUT)

    slug = PageSlugField(help_text="The end of the page's address: “giving-back”.")
    title = LineField(max_length=120)
    summary = LineField(max_length=300, help_text="For search engines and previews.")
    body = MarkdownField(help_text="Markdown; “##” begins a section.")
    order = OrderField()
    updated_at = LastChangedField()

    objects = NaturalKeyManager.from_queryset(PageQuerySet)()

    class Meta:
        ordering = ["order", "title", "slug"]
        constraints = [slug_is_given]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        if self.slug in self.OWN_ADDRESS:
            return reverse(f"showcase:{self.slug}")
        return reverse("showcase:page", kwargs={"slug": self.slug})


class Redirect(NaturalKeyModel):
    """Where a page has gone that was once at another address."""

    natural_key_lookups = ("old_path",)

    old_path = models.CharField(
        max_length=200,
        unique=True,
        validators=[validate_path],
        help_text="The former address without host: /projects/old-name/.",
    )
    new_path = models.CharField(
        max_length=200,
        validators=[validate_path],
        help_text="The present address without host: /projects/new-name/.",
    )

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_path=models.F("new_path")),
                name="showcase_redirect_elsewhere",
                violation_error_message="An address cannot lead to itself.",
            )
        ]

    def __str__(self):
        return f"{self.old_path} → {self.new_path}"


class MissedSearch(models.Model):
    """Words that visitors looked for and that found nothing; of who looked, nothing is kept."""

    WORDS_MAX_LENGTH = 80

    words = LineField(max_length=WORDS_MAX_LENGTH, unique=True)
    count = models.PositiveIntegerField("times", default=1)
    first_on = models.DateField("first looked for")
    last_on = models.DateField("last looked for")

    class Meta:
        ordering = ["-count", "-last_on", "words"]
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"
        indexes = [models.Index(fields=["first_on"], name="showcase_missed_first")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="showcase_missed_has_words",
                violation_error_message="A search has words.",
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="showcase_missed_happened",
                violation_error_message="A search was made at least once.",
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="showcase_missed_in_order",
                violation_error_message="The last time cannot be before the first.",
            ),
        ]

    def __str__(self):
        return self.words
