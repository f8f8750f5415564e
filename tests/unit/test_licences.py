"""SPDX expressions: which are taken, and what they name."""

from django.core.exceptions import ValidationError

import pytest

from projects.licences import known_licences, licence_ids, likely_licences, validate_licence


@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        ("", []),
        ("MIT", ["MIT"]),
        ("MIT OR Apache-2.0", ["MIT", "Apache-2.0"]),
        ("(MIT OR GPL-2.0-only) AND BSD-3-Clause", ["MIT", "GPL-2.0-only", "BSD-3-Clause"]),
        (
            "GPL-2.0-only WITH Classpath-exception-2.0",
            ["GPL-2.0-only", "Classpath-exception-2.0"],
        ),
    ],
)
def test_every_identifier_of_an_expression_is_named(expression, ids):
    assert licence_ids(expression) == ids


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "GPL-2.0-or-later",
        "MIT OR Apache-2.0",
        "(MIT OR GPL-2.0-only) AND BSD-3-Clause",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "LicenseRef-LINBIT",
    ],
)
def test_expression_in_its_canonical_spelling_is_taken(expression):
    validate_licence(expression)


@pytest.mark.parametrize(
    ("expression", "canonical"),
    [("mit", "MIT"), ("mit or apache-2.0", "MIT OR Apache-2.0"), ("Mit", "MIT")],
)
def test_other_spelling_is_refused_with_the_canonical_one(expression, canonical):
    with pytest.raises(ValidationError, match=f"“{canonical}”") as refusal:
        validate_licence(expression)
    assert refusal.value.code == "licence_spelling"


@pytest.mark.parametrize(
    "expression",
    [
        "free",
        "MIT OR",
        "OR",
        "(MIT",
        "MIT)",
        "MIT, Apache-2.0",
        "MIT/Apache-2.0",
        "()",
        "GPL",
        "🐧",
        "MIT AND AND MIT",
        "MIT\nOR GPL-2.0-only extra",
        "(" * 99 + "MIT",
    ],
)
def test_what_is_no_expression_is_refused_with_an_example(expression):
    with pytest.raises(ValidationError, match="SPDX"):
        validate_licence(expression)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("apache 2", ["Apache-2.0"]),
        ("Apache License, Version 2.0", ["Apache-2.0"]),
        ("Apache-2.O", ["Apache-2.0"]),
        ("MIT licence", ["MIT"]),
        ("bsd 3", ["BSD-3-Clause"]),
        ("GPL v3", ["GPL-3.0-only", "GPL-3.0-or-later"]),
        ("GPLv2+", ["GPL-2.0-or-later"]),
    ],
)
def test_common_name_of_a_licence_leads_to_its_identifier(name, meant):
    assert likely_licences(name) == meant
    with pytest.raises(ValidationError, match=f"Perhaps “{meant[0]}”"):
        validate_licence(name)


@pytest.mark.parametrize("name", ["GPL", "bsd", "GNU", "free", "MIT/Apache-2.0", "🐧", ""])
def test_name_that_may_mean_many_licences_leads_to_none(name):
    assert likely_licences(name) == []


def test_identifiers_that_are_given_up_are_not_offered():
    assert {"MIT", "GPL-2.0-only"} <= set(known_licences())
    assert "GPL-2.0" not in known_licences()
