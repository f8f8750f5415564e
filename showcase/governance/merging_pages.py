"""The admin of things that can be merged: choose them, see what happens, do it."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.urls import path, reverse

from people.autocomplete import can_be_key

from .merging import merge, preview
from .suspecting import SuspectingAdmin
from .suspects import look_alikes

AT_ONCE = 20
FOUND_MAX = 20


class MergingAdmin(SuspectingAdmin):
    change_form_template = "admin/governance/change_form.html"
    actions = ["merge_selected"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=self.page_name("merge")), *super().get_urls()]

    def has_merge_permission(self, request, thing=None):
        """Merging changes the one that stays and deletes the others."""
        may_change = self.has_change_permission(request, thing)
        return may_change and self.has_delete_permission(request, thing)

    @admin.action(description="Merge into …", permissions=["merge"])
    def merge_selected(self, request, queryset):
        numbers = queryset.order_by("pk").values_list("pk", flat=True)
        return HttpResponseRedirect(self.merge_address(*numbers[: AT_ONCE + 1]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self.has_merge_permission(request, obj):
            context["merge_url"] = self.merge_address(obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request):
        things = self._chosen(request)
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if not all(self.has_merge_permission(request, thing) for thing in things):
            raise PermissionDenied
        if not things or len(things) > AT_ONCE:
            messages.error(request, f"Choose up to {AT_ONCE} {self.opts.verbose_name_plural}.")
            return HttpResponseRedirect(self.address("changelist"))
        if len(things) == 1:
            return self._look_for_another(request, things[0])
        kept = next((thing for thing in things if str(thing.pk) == request.GET.get("into")), None)
        if kept is None:
            return self._choose(request, things)
        gone = [thing for thing in things if thing is not kept]
        try:
            if request.method == "POST":
                return self._merge_things(request, kept, gone)
            return self._preview(request, kept, gone)
        except (ValidationError, ProtectedError, ObjectDoesNotExist) as error:
            for sentence in sentences(error):
                messages.error(request, f"Nothing was merged. {sentence}")
            return HttpResponseRedirect(self.address("changelist"))

    def _chosen(self, request):
        """Return the things that the address names, as far as they are there."""
        numbers = [text for text in request.GET.getlist("of") if can_be_key(text, self.model)]
        return list(self.get_queryset(request).filter(pk__in=numbers[: AT_ONCE + 1]))

    def _look_for_another(self, request, thing):
        text = request.GET.get("q", "").strip()
        context = {
            "title": f"Merge “{thing}” with …",
            "original": thing,
            "suspects": look_alikes(thing)[:FOUND_MAX],
            "text": text,
            "found": self._found(request, text).exclude(pk=thing.pk)[:FOUND_MAX],
            "of": self.merge_address(thing.pk),
        }
        return self.governance_page(request, "admin/governance/look_for_another.html", context)

    def _found(self, request, text):
        rows = self.get_queryset(request)
        if not text:
            return rows.none()
        rows, may_have_duplicates = self.get_search_results(request, rows, text)
        return rows.distinct() if may_have_duplicates else rows

    def _choose(self, request, things):
        context = {"title": "Merge: which one stays?", "things": things}
        return self.governance_page(request, "admin/governance/choose.html", context)

    def _preview(self, request, kept, gone):
        context = {
            "title": f"Merge into “{kept}”",
            "original": kept,
            "gone": [str(thing) for thing in gone],
            "outcome": preview(kept, gone),
        }
        return self.governance_page(request, "admin/governance/preview.html", context)

    def _merge_things(self, request, kept, gone):
        merger = merge(kept, gone, request.user)
        log = LogEntry.objects.log_actions
        log(request.user.pk, [kept], CHANGE, f"Merged {merger}.")
        log(request.user.pk, gone, DELETION, f"Merged into “{kept}”.")
        messages.success(request, f"{merger}: merged. If that was wrong, take it back here.")
        return HttpResponseRedirect(reverse("admin:showcase_merger_change", args=[merger.pk]))


def sentences(error):
    match error:
        case ValidationError():
            return error.messages
        case ProtectedError():
            return ["Something else still needs one of those that would go."]
    return ["One of them is gone: somebody deleted or merged it meanwhile."]
