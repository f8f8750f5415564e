"""Editing people. What they are credited with is added by the catalogue, which knows of it."""

from django.contrib import admin

from .editing import EditorAdmin, Rows
from .models import Alias, Handle, Person, PersonLink


class AliasRows(Rows):
    model = Alias
    fields = ["name", "is_shown"]


class HandleRows(Rows):
    model = Handle
    fields = ["service", "name"]


class PersonLinkRows(Rows):
    model = PersonLink
    fields = ["label", "url"]


@admin.register(Person)
class PersonAdmin(EditorAdmin):
    fieldsets = [
        (None, {"fields": ["name", "slug", "headline", "organisation", "bio"]}),
        ("Publication", {"fields": ["is_listed", "user"]}),
    ]
    autocomplete_fields = ["user"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasRows, HandleRows, PersonLinkRows]
    list_display = ["name", "headline", "is_listed", "has_bio", "changed_on"]
    list_filter = ["is_listed", "organisation"]
    search_fields = ["name", "aliases__name", "handles__name", "headline", "organisation"]
    public_rows = "listed"

    @admin.display(boolean=True, description="biography")
    def has_bio(self, person):
        return bool(person.bio)
