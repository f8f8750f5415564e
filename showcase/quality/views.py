"""The page of next fixes, in the admin."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse

from .finding import FINDERS, fixes

PER_PAGE = 50


def visible_rows(request):
    """Return the rows about which somebody may be told, by their model."""
    visible = {}
    for model in FINDERS:
        model_admin = admin.site.get_model_admin(model)
        if model_admin.has_view_permission(request):
            visible[model] = model_admin.get_queryset(request).order_by()
    return visible


def next_fixes(request):
    if not (visible := visible_rows(request)):
        raise PermissionDenied
    page = Paginator(fixes(visible), PER_PAGE).get_page(request.GET.get("page"))
    context = {**admin.site.each_context(request), "title": "Next fixes", "page": page}
    return TemplateResponse(request, "admin/next_fixes.html", context)
