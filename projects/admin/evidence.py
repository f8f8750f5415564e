from urllib.parse import urlsplit

from django.contrib import admin

from people.editing import Rows, StackedRows

from ..models import Link, Source
from ..models.subject import SUBJECTS
from .subject import SUBJECT_NAMES, AboutAdmin

STATEMENT = (("supports", "confidence"), "title", ("url", "as_of"), "note", "order")


class LinkRows(Rows):
    model = Link
    fields = ["role", "label", "url", "order"]


class SourceRows(StackedRows):
    model = Source
    fields = STATEMENT


@admin.register(Link)
class LinkAdmin(AboutAdmin):
    fields = [SUBJECTS, ("role", "order"), "label", "url"]
    list_display = ["label", "role", "subject", "site"]
    list_filter = ["role"]
    search_fields = ["label", "url", *SUBJECT_NAMES]

    @admin.display(ordering="url")
    def site(self, link):
        return urlsplit(link.url).hostname


@admin.register(Source)
class SourceAdmin(AboutAdmin):
    fields = [SUBJECTS, *STATEMENT]
    list_display = ["supports", "subject", "confidence", "as_of"]
    list_filter = ["confidence"]
    search_fields = ["supports", "title", "url", "note", *SUBJECT_NAMES]
