"""Licence expressions by SPDX (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/)."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

OPERATORS = {"AND", "OR", "WITH"}


def licence_ids(expression: str) -> list[str]:
    """Return the licence identifiers in an SPDX expression, in order and without operators."""
    words = expression.replace("(", " ").replace(")", " ").split()
    return [word for word in words if word not in OPERATORS]


@lru_cache(maxsize=1024)
def spell_licence(licence: str) -> str:
    """Return a licence identifier in its SPDX spelling, or as it is if it is none."""
    try:
        return canonicalize_license_expression(licence)
    except InvalidLicenseExpression:
        return licence


def validate_licence(expression: str) -> None:
    """Refuse what is not an SPDX expression in its canonical spelling.

    Raises ValidationError, with the canonical spelling where there is one.
    """
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression as error:
        raise ValidationError(
            "“%(expression)s” is not an SPDX licence expression (%(reason)s). "
            "Write for example “MIT”, “GPL-2.0-or-later” or “MIT OR Apache-2.0”.",
            code="licence",
            params={"expression": expression, "reason": error},
        ) from error
    if canonical != expression:
        raise ValidationError(
            "Write the licence as “%(canonical)s”, its SPDX spelling.",
            code="licence_spelling",
            params={"canonical": canonical},
        )


class LicenceField(models.CharField):
    """An SPDX licence expression in canonical spelling, or nothing where it is not known."""

    default_validators = [validate_licence]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class Certainty(models.TextChoices):
    """How sure the catalogue is of a licence."""

    STATED = "stated", _("stated")
    UNCLEAR = "unclear", _("unclear")
    DISPUTED = "disputed", _("sources disagree")
    UNVERIFIED = "unverified", _("unverified")


class Group(models.TextChoices):
    """What a licence asks of those who pass the work on, in the order of how much."""

    PERMISSIVE = "permissive", _("permissive")
    WEAK = "weak-copyleft", _("weak copyleft")
    STRONG = "strong-copyleft", _("strong copyleft")
    UNCLEAR = "unclear", _("unclear or unknown")


# How the identifiers of the families begin (https://spdx.org/licenses/).
STRONG = ("GPL-", "AGPL-", "SSPL-", "OSL-", "EUPL-", "CECILL-2", "CC-BY-SA-")
WEAK = ("LGPL-", "MPL-", "EPL-", "CDDL-", "CPL-", "CECILL-C", "MS-RL", "APSL-")
PERMISSIVE = (
    *("0BSD", "AFL-", "Apache-", "Artistic-2", "BlueOak-", "BSD-", "BSL-", "CC-BY-", "CC0-"),
    *("CECILL-B", "ISC", "MIT", "MS-PL", "NCSA", "OpenSSL", "PHP-", "PostgreSQL", "PSF-"),
    *("Python-", "Unlicense", "UPL-", "WTFPL", "X11", "Zlib"),
)


def group_of(licence: str) -> Group:
    """Return the group of a licence identifier; one that is in no known family is unclear."""
    for group, beginnings in ((Group.STRONG, STRONG), (Group.WEAK, WEAK)):
        if licence.startswith(beginnings):
            return group
    return Group.PERMISSIVE if licence.startswith(PERMISSIVE) else Group.UNCLEAR
