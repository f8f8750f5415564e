"""Editing the words by which projects are found."""

from django.contrib import admin
from django.db.models import Count

from taggit.admin import Tag as StockTag

from people.editing import EditorAdmin

from ..models import Kind, Language, Tag

# Importing taggit's admin registers its own tags, which this catalogue does not use.
admin.site.unregister(StockTag)


class WordAdmin(EditorAdmin):
    """A word, with the number of projects that carry it, drafts among them."""

    ordering = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(project_count=Count("items"))

    @admin.display(description="projects", ordering="project_count")
    def project_count(self, word):
        return word.project_count


@admin.register(Kind)
class KindAdmin(WordAdmin):
    fields = ["name", "plural", "slug", "description"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "plural", "project_count", "description"]
    search_fields = ["name", "plural"]


@admin.register(Language)
class LanguageAdmin(WordAdmin):
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "slug", "project_count"]
    search_fields = ["name", "slug"]


@admin.register(Tag)
class TagAdmin(WordAdmin):
    fields = ["name", "slug", "description", "aliases"]
    list_display = ["name", "project_count", "has_description", "other_names", "changed_on"]
    search_fields = ["name", "slug", "aliases", "description"]
    public_rows = "used"

    @admin.display(boolean=True, description="description")
    def has_description(self, tag):
        return bool(tag.description)

    @admin.display(description="aliases")
    def other_names(self, tag):
        return ", ".join(tag.aliases.splitlines())
