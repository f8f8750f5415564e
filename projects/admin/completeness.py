"""How complete an entry is, in the list of entries and on the form."""

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.template.loader import render_to_string

from ..quality import COMPLETE, CRITERIA, POINTS, score

NOTHING = "nothing"


class MissingFilter(admin.SimpleListFilter):
    title = "missing"
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        labels = [(criterion.key, criterion.label) for criterion in CRITERIA]
        return [(NOTHING, "nothing: complete"), *labels]

    def queryset(self, request, queryset):
        if self.value() == NOTHING:
            return queryset.filter(COMPLETE)
        met = next((one.met for one in CRITERIA if one.key == self.value()), None)
        return queryset if met is None else queryset.exclude(met)


class CompletenessAdmin(BaseModelAdmin):
    """The score of a `scored` entry as a column, and above its form what is still to do."""

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [("Completeness", {"fields": ["to_do"]}), *fieldsets] if obj else fieldsets

    @admin.display(ordering=POINTS)
    def completeness(self, project):
        return str(score(project))

    @admin.display(description="To do")
    def to_do(self, project):
        context = {"score": score(project)}
        return render_to_string("admin/projects/project/to_do.html", context)
