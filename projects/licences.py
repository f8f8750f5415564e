"""Licence expressions by SPDX (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/)."""

import re
from difflib import get_close_matches
from functools import cache, lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

# The list has no public name yet. The version is pinned, and a test misses it.
from packaging.licenses._spdx import LICENSES

OPERATORS = {"AND", "OR", "WITH"}

# Words and numbers of a name: “GPLv3+” has gpl, 3 and +.
WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)*|\+")
NOISE = {"a", "gnu", "licence", "license", "public", "the", "v", "version"}
SPELT_OUT = {"+": ["or", "later"], "gplv": ["gpl"], "lgplv": ["lgpl"], "agplv": ["agpl"]}


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


@cache
def known_licences() -> tuple[str, ...]:
    """Return the identifiers of SPDX that are still to be used."""
    rows = sorted(LICENSES.values(), key=lambda row: row["id"].lower())
    return tuple(row["id"] for row in rows if not row["deprecated"])


def likely_licences(name: str) -> list[str]:
    """Return the one or two identifiers that are perhaps meant by a name that is none."""
    words = _words(name)
    fitting = [known for known in known_licences() if words and _begins(_words(known), words)]
    if not fitting:
        by_key = {known.lower(): known for known in known_licences()}
        return [by_key[key] for key in get_close_matches(name.lower(), by_key, n=1, cutoff=0.9)]
    fewest = min(len(_words(known)) for known in fitting)
    nearest = [known for known in fitting if len(_words(known)) == fewest]
    if len(nearest) > 1:
        return []
    later = nearest[0].removesuffix("-only") + "-or-later"
    return nearest + [known for known in fitting if known == later]


def _words(name: str) -> list[str]:
    words = WORD.findall(name.lower()[:100])
    spelt = [part for word in words for part in SPELT_OUT.get(word, [word])]
    return [word.removesuffix(".0") for word in spelt if word not in NOISE]


def _begins(words: list[str], beginning: list[str]) -> bool:
    """Tell whether some words come in this order, the first at the beginning."""
    rest = iter(words)
    return words[:1] == beginning[:1] and all(word in rest for word in beginning)


def _advice(expression: str) -> str:
    if guesses := likely_licences(expression):
        return f"Perhaps {' or '.join(f'“{guess}”' for guess in guesses)} is meant."
    return "Write for example “MIT”, “GPL-2.0-or-later” or “MIT OR Apache-2.0”."


def validate_licence(expression: str) -> None:
    """Refuse what is not an SPDX expression in its canonical spelling.

    Raises ValidationError, with the canonical spelling where there is one.
    """
    try:
        canonical = canonicalize_license_expression(expression)
    except InvalidLicenseExpression as error:
        raise ValidationError(
            "“%(expression)s” is not an SPDX licence expression (%(reason)s). %(advice)s",
            code="licence",
            params={"expression": expression, "reason": error, "advice": _advice(expression)},
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
