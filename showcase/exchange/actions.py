"""Offers in the admin to take a choice of rows along, as a fixture or as a table."""

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from .. import catalogue
from .columns import COLUMNS
from .writing import as_csv, as_yaml


def offer_exports(site: AdminSite) -> None:
    """Give the admin of everything that belongs to the catalogue the ways to take it along."""
    for model in catalogue.MODELS:
        if site.is_registered(model):
            ways = [export_as_yaml, export_as_csv] if model in COLUMNS else [export_as_yaml]
            of_model = site.get_model_admin(model)
            of_model.actions = [*(of_model.actions or ()), *ways]


@admin.action(description="Export as YAML", permissions=["change"])
def export_as_yaml(model_admin, request, chosen):
    return download(chosen, as_yaml(whole(chosen)), "application/yaml", "yaml")


@admin.action(description="Export as CSV", permissions=["change"])
def export_as_csv(model_admin, request, chosen):
    return download(chosen, as_csv(whole(chosen)), "text/csv; charset=utf-8", "csv")


def whole(chosen):
    """Return the chosen rows without what a list adds to them."""
    return chosen.model._default_manager.filter(pk__in=chosen.order_by().values("pk"))


def download(chosen, content, content_type, ending):
    name = f"{slugify(chosen.model._meta.verbose_name_plural)}.{ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=content_type, headers=headers)
