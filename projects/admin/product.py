"""Editing where work comes from and where it goes."""

from django.contrib import admin

from ..models import Product, Upstream
from .contribution import ReceivedContributionRows
from .credit import CreditRows
from .evidence import LinkRows, SourceRows
from .history import MilestoneRows, ReleaseRows
from .licence import WithLicence
from .relation import InverseRelationRows, RelationRows


@admin.register(Product)
class ProductAdmin(WithLicence):
    fieldsets = [
        (None, {"fields": ["name", "slug", "tagline", "description", "origin", "languages"]}),
        ("Licence", {"fields": [("licence", "licence_certainty"), "licence_note"]}),
        ("Publication", {"fields": ["order"]}),
    ]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["languages"]
    inlines = [
        CreditRows,
        LinkRows,
        RelationRows,
        InverseRelationRows,
        ReleaseRows,
        MilestoneRows,
        SourceRows,
    ]
    list_display = ["name", "tagline", "has_licence", "order", "changed_on"]
    search_fields = ["name", "tagline", "description"]


@admin.register(Upstream)
class UpstreamAdmin(WithLicence):
    fieldsets = [
        (None, {"fields": ["name", "slug", "tagline", "description"]}),
        ("Addresses", {"fields": ["home_url", "repository_url"]}),
        ("Licence", {"fields": ["licence", "licence_note"]}),
    ]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [
        ReceivedContributionRows,
        LinkRows,
        RelationRows,
        InverseRelationRows,
        ReleaseRows,
        MilestoneRows,
        SourceRows,
    ]
    list_display = ["name", "tagline", "has_licence", "repository_url", "changed_on"]
    search_fields = ["name", "tagline", "description"]
    public_rows = "public"
