"""The admin of things that may be in the catalogue twice: a warning, and a list of suspects."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from .suspects import look_alikes, suspects, tell_apart

NAMES = {"name", "aliases"}
WARNED_OF = 5
PER_PAGE = 50


class SuspectingAdmin(admin.ModelAdmin):
    """Warns whoever gives a thing a name that looks like another's."""

    change_list_template = "admin/governance/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.suspects_view)
        return [path("suspects/", view, name=self.page_name("suspects")), *super().get_urls()]

    def page_name(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def address(self, page, *args):
        return reverse(f"admin:{self.page_name(page)}", args=args)

    def has_merge_permission(self, request, thing=None):
        return False

    def changelist_view(self, request, extra_context=None):
        may_decide = self.has_change_permission(request)
        extra = {"suspects_url": self.address("suspects") if may_decide else ""}
        return super().changelist_view(request, extra | (extra_context or {}))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        renamed = NAMES.intersection(form.changed_data)
        if renamed or any(rows.prefix in NAMES and rows.has_changed() for rows in formsets):
            self._warn(request, form.instance)

    def suspects_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._tell_apart(request)
        page = Paginator(suspects(self.model), PER_PAGE).get_page(request.GET.get("page"))
        context = {"title": f"Suspects among {self.opts.verbose_name_plural}", "page": page}
        return self.governance_page(request, "admin/governance/suspects.html", context)

    def governance_page(self, request, template, context):
        request.current_app = self.admin_site.name
        shared = {
            "opts": self.opts,
            "can_merge": self.has_merge_permission(request),
            "change_url": f"admin:{self.page_name('change')}",
        }
        context = {**self.admin_site.each_context(request), **shared, **context}
        return TemplateResponse(request, template, context)

    def merge_address(self, *numbers):
        return f"{self.address('merge')}?{urlencode([('of', number) for number in numbers])}"

    def _tell_apart(self, request):
        slugs = request.POST.getlist("slug")
        rows = self.get_queryset(request).filter(
            slug__in=[slug.replace("\0", "") for slug in slugs]
        )
        if len(slugs) != 2 or len(rows) != 2:
            messages.error(
                request, "One of both is gone or has another address now; look at the list again."
            )
        else:
            one, other = rows
            tell_apart(self.model, one.slug, other.slug, request.user)
            messages.success(request, f"“{one}” and “{other}” are not suspected any more.")
        return HttpResponseRedirect(request.get_full_path())

    def _warn(self, request, thing):
        """Name what looks alike, as far as the editor may see it."""
        found = look_alikes(thing)[:WARNED_OF]
        seen = self.get_queryset(request).filter(pk__in=[pair.second.number for pair in found])
        numbers = set(seen.values_list("pk", flat=True))
        lines = [
            (self.address("change", pair.second.number), pair.second.name, pair.why)
            for pair in found
            if pair.second.number in numbers
        ]
        if lines:
            links = format_html_join(" ", '<a href="{}">{}</a> ({})', lines)
            text = "“{}” was saved. Is it there twice? It looks like {}"
            messages.warning(request, format_html(text, thing, links))
