"""Ends of addresses: which are taken, and which are made from names."""

from django.core.exceptions import ValidationError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.fields import validate_slug_is_a_word
from projects.models import Tag
from projects.models.vocabulary import slug_from_name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("F#", "f-sharp"),
        (".NET", "dot-net"),
        ("Node.js", "node-dot-js"),
        ("Zoë", "zoe"),
        ("Größe", "groe"),
        ("TCP/IP", "tcpip"),
        ("High availability", "high-availability"),
        ("  spaces  ", "spaces"),
        ("日本語", ""),
    ],
)
def test_signs_that_carry_the_meaning_of_a_name_are_spelt_out(name, slug):
    assert slug_from_name(name) == slug


@given(st.text())
def test_slug_of_any_name_is_ascii_and_stays_as_it_is(name):
    slug = slug_from_name(name)
    assert slug.isascii()
    assert slug_from_name(slug) == slug


@pytest.mark.parametrize("slug", ["virter", "drbd-reactor", "a", "9p", "2fa-key", "c-plus-plus"])
def test_word_in_lower_case_is_taken(slug):
    validate_slug_is_a_word(slug)


@pytest.mark.parametrize(
    "slug",
    ["", "2024", "1-2", "Virter", "a_b", "a--b", "-a", "a-", "ä", "a b", "a\n", "a/b", "a.b", "٣a"],
)
def test_what_would_make_an_odd_address_is_refused(slug):
    with pytest.raises(ValidationError, match="lower-case letters"):
        validate_slug_is_a_word(slug)


@pytest.mark.django_db
def test_tags_with_similar_names_get_slugs_of_their_own():
    slugs = [Tag.objects.create(name=name).slug for name in ("C", "C++", "C#", "C +")]
    assert slugs == ["c", "c-plus-plus", "c-sharp", "c-plus"]


@pytest.mark.django_db
def test_clashing_slugs_are_counted():
    slugs = [Tag.objects.create(name=name).slug for name in ("Café", "Cafe")]
    assert slugs == ["cafe", "cafe-1"]
