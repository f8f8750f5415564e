from django.contrib import admin

from people.editing import EditorAdmin

from ..models import ChangelogEntry


@admin.register(ChangelogEntry)
class ChangelogEntryAdmin(EditorAdmin):
    fields = [("date", "kind"), "title", "text", "url", "projects"]
    autocomplete_fields = ["projects"]
    date_hierarchy = "date"
    list_display = ["title", "date", "kind"]
    list_filter = ["kind"]
    search_fields = ["title", "text", "projects__name"]
