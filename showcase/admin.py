"""Editing the site itself: its prose, its moved addresses, its post."""

from django.conf import settings
from django.contrib import admin

from reversion.models import Revision

import projects.admin  # noqa: F401 (what it registers is offered for export below)
from people.editing import EditorAdmin

from .exchange.actions import offer_exports
from .governance import admin as governance
from .importing import admin as importing
from .links import admin as links
from .missed_searches.editing import MissedSearchAdmin
from .models import Enquiry, Page, Redirect
from .revisions import RevisionAdmin

__all__ = [
    "EnquiryAdmin",
    "MissedSearchAdmin",
    "PageAdmin",
    "RedirectAdmin",
    "governance",
    "importing",
    "links",
]

MESSAGE = ("kind", "project", "name", "email", "message", "consented_at", "received_at")

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Editing"
admin.site.register(Revision, RevisionAdmin)


@admin.register(Page)
class PageAdmin(EditorAdmin):
    fields = ["title", "slug", "summary", "body", "order"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "slug", "summary", "order", "changed_on"]
    search_fields = ["title", "summary", "body"]


@admin.register(Redirect)
class RedirectAdmin(EditorAdmin):
    fields = ["old_path", "new_path"]
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]


@admin.register(Enquiry)
class EnquiryAdmin(EditorAdmin):
    readonly_fields = MESSAGE
    fieldsets = [
        ("Message", {"fields": MESSAGE}),
        ("Answer", {"fields": ["state", "answer_note"]}),
    ]
    date_hierarchy = "received_at"
    list_display = ["__str__", "name", "project", "state", "received_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["project"]
    search_fields = ["name", "email", "message", "project__name"]

    def has_add_permission(self, request):
        """Enquiries come from visitors."""
        return False


offer_exports(admin.site)
