from django.contrib import admin
from django.db.models import Count

from people.editing import EditorAdmin, Rows

from ..models import Collection, CollectionItem


class CollectionItemRows(Rows):
    model = CollectionItem
    verbose_name = "project"
    fields = ["project", "note", "order"]
    autocomplete_fields = ["project"]


@admin.register(Collection)
class CollectionAdmin(EditorAdmin):
    fields = ["name", "slug", "tagline", "introduction", "order"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CollectionItemRows]
    list_display = ["name", "project_count", "has_introduction", "order", "changed_on"]
    ordering = ["order", "name"]
    search_fields = ["name", "tagline", "introduction"]
    public_rows = "public"

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(project_count=Count("items"))

    @admin.display(description="projects", ordering="project_count")
    def project_count(self, collection):
        return collection.project_count

    @admin.display(boolean=True, description="introduction")
    def has_introduction(self, collection):
        return bool(collection.introduction)
