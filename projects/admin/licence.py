"""Editing licences: what may be written is offered while it is written."""

from collections import Counter

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.html import format_html, format_html_join

from people.editing import EditorAdmin

from ..licences import LicenceField, known_licences
from ..models import Product, Project, Upstream


class LicenceBox(AdminTextInputWidget):
    """A box that offers the identifiers of SPDX, those first that the catalogue uses most."""

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {**(attrs or {}), "list": f"{name}-offers", "autocomplete": "off"}
        return format_html(
            '{}<datalist id="{}">{}</datalist>',
            super().render(name, value, attrs, renderer),
            attrs["list"],
            format_html_join("", '<option value="{}">', ((offer,) for offer in offers())),
        )


def offers():
    """Return expressions of the catalogue by how often they are used, then all identifiers."""
    used: Counter[str] = Counter()
    for model in (Project, Product, Upstream):
        used.update(model.objects.exclude(licence="").values_list("licence", flat=True))
    return dict.fromkeys([*(licence for licence, _ in used.most_common()), *known_licences()])


class WithLicence(EditorAdmin):
    """The admin of a model with a licence."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, LicenceField):
            kwargs["widget"] = LicenceBox
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(boolean=True, description="licence", ordering="licence")
    def has_licence(self, subject):
        return bool(subject.licence)
