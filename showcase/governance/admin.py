"""Tags, people and entries as the site edits them: it knows where a page went, too."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse

from people.editing import ForgivingList
from people.models import Person
from projects.admin.credit import CreditedPersonAdmin
from projects.admin.project import ProjectAdmin
from projects.admin.vocabulary import TagAdmin
from projects.models import Project, Tag

from .merging_pages import MergingAdmin
from .models import Distinct, Merger
from .suspecting import SuspectingAdmin
from .undoing import undo

admin.site.unregister([Tag, Person, Project])


@admin.register(Tag)
class GovernedTagAdmin(MergingAdmin, TagAdmin):
    pass


@admin.register(Person)
class GovernedPersonAdmin(MergingAdmin, CreditedPersonAdmin):
    pass


@admin.register(Project)
class GovernedProjectAdmin(SuspectingAdmin, ProjectAdmin):
    pass


class NotedAdmin(ForgivingList):
    """What the site notes of decisions: nobody writes it."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Distinct)
class DistinctAdmin(NotedAdmin):
    readonly_fields = ["model", "first", "second", "decided_by", "decided_at"]
    list_display = ["__str__", "model", "decided_by", "decided_at"]
    list_filter = ["model"]
    list_select_related = ["decided_by"]
    search_fields = ["first", "second"]


@admin.register(Merger)
class MergerAdmin(NotedAdmin):
    fields = ["kept_name"]
    list_display = ["__str__", "kind", "who", "when", "undone_at"]
    list_filter = ["kind", ("undone_at", admin.EmptyFieldListFilter)]
    list_select_related = ["revision__user"]
    search_fields = ["kept_name"]

    @admin.display(description="who")
    def who(self, merger):
        return merger.revision.user

    @admin.display(description="when", ordering="revision__date_created")
    def when(self, merger):
        return merger.revision.date_created

    def has_delete_permission(self, request, obj=None):
        """It is the only way back."""
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a merge, and take it back when told to."""
        merger = self.get_object(request, unquote(object_id))
        if merger is None:
            raise Http404
        if not self.has_view_permission(request, merger):
            raise PermissionDenied
        may_undo = self._may_undo(request, merger)
        if request.method == "POST":
            if not may_undo:
                raise PermissionDenied
            return self._undo(request, merger)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Merge of {merger}",
            "merger": merger,
            "may_undo": may_undo,
        }
        return TemplateResponse(request, "admin/governance/merger.html", context)

    def _may_undo(self, request, merger):
        """Whoever may merge such things may take it back."""
        model_admin: Any = self.admin_site.get_model_admin(merger.model_class)
        return model_admin.has_merge_permission(request)

    def _undo(self, request, merger):
        try:
            disputes = undo(merger, request.user)
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, f"Nothing was taken back. {sentence}")
            return HttpResponseRedirect(request.path)
        messages.success(request, f"{merger.gone_names}: back, as before the merge.")
        for dispute in disputes:
            field = dispute.key.model_class._meta.get_field(dispute.name)
            row = dispute.key.model_class._meta.verbose_name
            text = f"The {field.verbose_name} of a {row} was changed since, and stays as it is."
            messages.warning(request, text)
        return HttpResponseRedirect(request.path)
