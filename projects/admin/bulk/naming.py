"""Form fields for things by their names, which need no script however many things there are."""

from django import forms
from django.db.models import Q

NAME_MAX_LENGTH = 200
NAMES_MAX_LENGTH = 2_000


class NamedField(forms.CharField):
    """One thing, by its name or by the end of its page's address."""

    def __init__(self, queryset, **kwargs):
        self.queryset = queryset
        super().__init__(max_length=NAME_MAX_LENGTH, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        return named(self.queryset, text) if text else None


class NamesField(forms.CharField):
    """Several things, by their names or the ends of their pages' addresses, with commas between."""

    def __init__(self, queryset, **kwargs):
        self.queryset = queryset
        super().__init__(max_length=NAMES_MAX_LENGTH, **kwargs)

    def clean(self, value):
        words = (word.strip() for word in super().clean(value).split(","))
        found = (named(self.queryset, word) for word in words if word)
        return list(dict.fromkeys(found))


def named(queryset, text):
    """Return the thing that an editor means. Raises ValidationError if that is none, or several."""
    kind = queryset.model._meta.verbose_name
    found = list(queryset.filter(Q(slug=text) | Q(name__iexact=text)).order_by("slug")[:2])
    if not found:
        raise forms.ValidationError(f"There is no {kind} “{text}”: look for the name in its list.")
    if len(found) > 1 and found[0].slug != text:
        slugs = " or ".join(f"“{thing.slug}”" for thing in found)
        raise forms.ValidationError(f"More than one {kind} is called “{text}”: write {slugs}.")
    return next((thing for thing in found if thing.slug == text), found[0])
