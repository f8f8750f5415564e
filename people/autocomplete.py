"""Boxes that find the row a field points to, and bear whatever an address or a form puts there.

Django hands it to the database as it came, and fails where the database cannot compare it.
"""

from django import forms
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)


def can_be_key(text, model):
    """Tell whether a row of a model could have this key at all."""
    try:
        model._meta.pk.clean(text, None)
    except forms.ValidationError:
        return False
    return True


class ForgivingBox(AutocompleteMixin):
    """A box that stays empty when no row can have the value."""

    def optgroups(self, name, value, attr=None):
        model = self.field.remote_field.model
        return super().optgroups(name, [key for key in value if can_be_key(key, model)], attr)


class OneBox(ForgivingBox, AutocompleteSelect):
    pass


class SeveralBox(ForgivingBox, AutocompleteSelectMultiple):
    pass


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows, where a key beyond what the database counts is refused like any other."""

    def clean(self, value):
        model = self.queryset.model  # type: ignore[union-attr] # the stubs allow None
        for key in value or ():
            if not can_be_key(key, model):
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"],
                    code="invalid_pk_value",
                    params={"pk": key},
                )
        return super().clean(value)
