"""Editing credits: on their own, with what was made, and with who made it."""

from django.contrib import admin
from django.db.models import Count

from people.admin import PersonAdmin
from people.editing import EditorAdmin, StackedRows
from people.models import Person

from ..models import Credit
from .proposing import ProposingAdmin

PART = (("role", "basis"), "note", ("started_on", "ended_on", "order"))


class CreditRows(StackedRows):
    """Who made a project or a product."""

    model = Credit
    fields = ["person", *PART]
    autocomplete_fields = ["person"]


class PersonCreditRows(StackedRows):
    """What a person made."""

    model = Credit
    fields = [("project", "product"), *PART]
    autocomplete_fields = ["project", "product"]


@admin.register(Credit)
class CreditAdmin(EditorAdmin):
    fields = ["person", ("project", "product"), *PART]
    autocomplete_fields = ["person", "project", "product"]
    list_display = ["person", "role", "subject", "basis"]
    list_filter = ["role", "basis"]
    list_select_related = ["person", "project", "product"]
    search_fields = ["person__name", "project__name", "product__name", "note"]


admin.site.unregister(Person)


@admin.register(Person)
class CreditedPersonAdmin(ProposingAdmin, PersonAdmin):
    """The form of a person, with credits: people know nothing of the catalogue."""

    inlines = [*PersonAdmin.inlines, PersonCreditRows]
    list_display = [*PersonAdmin.list_display, "credit_count"]
    ordering = ["name"]

    def get_readonly_fields(self, request, obj=None):
        return () if request.user.has_perm("auth.view_user") else ("user",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(credit_count=Count("credits"))

    @admin.display(description="credits", ordering="credit_count")
    def credit_count(self, person):
        return person.credit_count
