"""People who made what the catalogue shows, and what they published about themselves."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from .changes import TellingQuerySet
from .fields import (
    LastChangedField,
    LineField,
    MarkdownField,
    PageSlugField,
    WebAddressField,
    slug_is_given,
)
from .natural_keys import NaturalKeyManager, NaturalKeyModel


class PersonQuerySet(TellingQuerySet):
    def listed(self):
        """Those who have a page of their own."""
        return self.filter(is_listed=True)


class Person(NaturalKeyModel):
    """Somebody who is credited in the catalogue."""

    document_parts = ("aliases", "handles", "links", "credits")

    name = LineField(max_length=120, help_text="As the person writes it: “Moritz Wanzenböck”.")
    slug = PageSlugField(help_text="The end of the page's address: “moritz-wanzenboeck”.")
    headline = LineField(
        max_length=160, blank=True, help_text="What the person does: “LINBIT developer”."
    )
    organisation = LineField(max_length=120, blank=True, help_text="For example “LINBIT”.")
    bio = MarkdownField(
        "biography",
        blank=True,
        help_text="Only what the person or the organisation published. Markdown.",
    )
    is_listed = models.BooleanField(
        "has a page",
        default=True,
        help_text="Without a page, the name is still shown where the person is credited.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        serialize=False,
        related_name="person",
        verbose_name="account",
        help_text="Whoever signs in with it may propose changes to this page and these entries.",
    )
    updated_at = LastChangedField()

    objects = NaturalKeyManager.from_queryset(PersonQuerySet)()

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = "people"
        # Everybody who has a page, in order, with all that is asked of so many at once.
        indexes = [
            models.Index(
                fields=["name", "slug", "id", "updated_at"],
                name="people_person_listed",
                condition=models.Q(is_listed=True),
            )
        ]
        constraints = [slug_is_given]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("people:person", kwargs={"slug": self.slug})


class Alias(NaturalKeyModel):
    """Another name of a person, so that a search for it finds them."""

    natural_key_lookups = ("person__slug", "name")

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases")
    name = LineField(max_length=120, help_text="A name used in commits, or a former name.")
    is_shown = models.BooleanField(
        "shown on the page", default=False, help_text="Otherwise it only helps the search."
    )

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                "person",
                Lower("name"),
                name="people_alias_once",
                violation_error_message="This person already has this alias.",
            )
        ]

    def __str__(self):
        return self.name


class Handle(NaturalKeyModel):
    """The name under which a person works in public on some service."""

    natural_key_lookups = ("person__slug", "service")

    class Service(models.TextChoices):
        GITHUB = "github", "GitHub"
        GITLAB = "gitlab", "GitLab"
        CODEBERG = "codeberg", "Codeberg"
        CRATES_IO = "crates-io", "crates.io"

    PROFILE_URLS = {
        Service.GITHUB: "https://github.com/{name}",
        Service.GITLAB: "https://gitlab.com/{name}",
        Service.CODEBERG: "https://codeberg.org/{name}",
        Service.CRATES_IO: "https://crates.io/users/{name}",
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="handles")
    service = models.CharField(max_length=20, choices=Service, default=Service.GITHUB)
    name = models.SlugField(max_length=60, help_text="Without the @: “rck”.")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["service"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "service"],
                name="people_handle_once",
                violation_error_message="This person already has a handle on this service.",
            )
        ]

    def __str__(self):
        return f"{self.name} on {self.get_service_display()}"

    @property
    def url(self):
        return self.PROFILE_URLS[self.Service(self.service)].format(name=self.name)


class PersonLink(NaturalKeyModel):
    """A page about or by a person: an article, a talk, a home page."""

    natural_key_lookups = ("person__slug", "url")

    person = models.ForeignKey(Person, models.CASCADE, related_name="links")
    label = LineField(max_length=120, help_text="What the visitor finds there.")
    url = WebAddressField("address", help_text="For example https://example.org/talk.")

    objects = NaturalKeyManager()

    class Meta:
        ordering = ["label", "url"]
        verbose_name = "link"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "url"],
                name="people_personlink_once",
                violation_error_message="This person already has this link.",
            )
        ]

    def __str__(self):
        return self.label
