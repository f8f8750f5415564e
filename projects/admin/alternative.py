from django.contrib import admin

from people.editing import EditorAdmin, StackedRows

from ..models import Alternative


class AlternativeRows(StackedRows):
    model = Alternative
    fk_name = "project"
    fields = [("name", "order"), ("other", "url"), "difference"]
    autocomplete_fields = ["other"]


@admin.register(Alternative)
class AlternativeAdmin(EditorAdmin):
    fields = ["project", ("name", "order"), ("other", "url"), "difference"]
    autocomplete_fields = ["project", "other"]
    list_display = ["name", "project", "other", "url"]
    list_select_related = ["project", "other"]
    search_fields = ["name", "project__name", "difference"]
