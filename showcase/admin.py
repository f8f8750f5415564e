"""Editing the site itself: its prose and its moved addresses."""

from django.conf import settings
from django.contrib import admin

from reversion.models import Revision

import projects.admin  # noqa: F401 (what it registers is offered for export below)
from people.editing import EditorAdmin

from .access import admin as access
from .enquiries import admin as enquiries
from .exchange.actions import offer_exports
from .governance import admin as governance
from .importing import admin as importing
from .links import admin as links
from .missed_searches.editing import MissedSearchAdmin
from .models import Page, Redirect
from .revisions import RevisionAdmin

__all__ = [
    "MissedSearchAdmin",
    "PageAdmin",
    "RedirectAdmin",
    "access",
    "enquiries",
    "governance",
    "importing",
    "links",
]

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


offer_exports(admin.site)
