"""Field types that carry the catalogue's rules about values, for every room.

A rule that sits in the field holds in forms, in the admin and in fixtures alike. The lowest room
keeps them because imports only go down.
"""

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, RegexValidator
from django.db import models

from .validators import (
    validate_happened,
    validate_line,
    validate_markdown,
    validate_plain_text,
    validate_web_url,
)

LINES_MAX_LENGTH = 4_000
ORDER_MAX = 9_999

validate_slug_is_a_word = RegexValidator(
    # Old addresses must never clash with page numbers or years.
    r"^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\Z",
    "Write lower-case letters, digits and single hyphens, with at least one letter, "
    "for example “drbd-reactor”.",
    code="slug",
)

# A slug that may be left empty is made from the name, but only by forms.
slug_is_given = models.CheckConstraint(
    condition=~models.Q(slug=""),
    name="%(app_label)s_%(class)s_has_slug",
    violation_error_message="Write a slug, the end of the page's address.",
)


class PageSlugField(models.SlugField):
    """The last part of a page's address: unique, lower case, never a mere number."""

    default_validators = [validate_slug_is_a_word]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 80)
        kwargs.setdefault("unique", True)
        super().__init__(*args, **kwargs)


class LineField(models.CharField):
    """One line of plain text, never HTML."""

    default_validators = [validate_line]


class LongTextField(models.TextField):
    """Text in which all lines end alike: browsers send them with a carriage return."""

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class LinesField(LongTextField):
    """Several lines of plain text, one item to a line; read it with `.splitlines()`."""

    default_validators = [MaxLengthValidator(LINES_MAX_LENGTH), validate_plain_text]


class MarkdownField(LongTextField):
    """Prose in Markdown, rendered by `showcase.markdown` alone."""

    default_validators = [validate_markdown]


class WebAddressField(models.URLField):
    """An address that is safe to link to: http or https, with a host, without credentials."""

    default_validators = [validate_web_url]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        # The forms' own field completes addresses and objects before our rule can say what to do.
        return super().formfield(
            **{"form_class": forms.CharField, "widget": forms.URLInput, **kwargs}
        )


class OrderField(models.PositiveSmallIntegerField):
    """A place among others that an editor chooses, within what every database can hold."""

    default_validators = [MaxValueValidator(ORDER_MAX)]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", 0)
        kwargs.setdefault("help_text", "Smaller comes first.")
        super().__init__(*args, **kwargs)


class PastDateField(models.DateField):
    """The day of something that happened or was found to be so."""

    default_validators = [validate_happened]


class LastChangedField(models.DateTimeField):
    """The moment of a row's last change, which saving notes by itself."""

    default_validators = [validate_happened]

    def __init__(self, verbose_name="last changed", *args, **kwargs):
        kwargs.setdefault("auto_now", True)
        super().__init__(verbose_name, *args, **kwargs)
