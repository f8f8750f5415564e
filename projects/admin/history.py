from django.contrib import admin

from people.editing import Rows, StackedRows

from ..models import Milestone, Release
from ..models.subject import SUBJECTS
from .subject import SUBJECT_NAMES, AboutAdmin

VERSION = (("version", "date", "is_prerelease"), "url", "notes")


class ReleaseRows(StackedRows):
    model = Release
    fields = VERSION


class MilestoneRows(Rows):
    model = Milestone
    fields = ["date", "text", "evidence_url"]


@admin.register(Release)
class ReleaseAdmin(AboutAdmin):
    fields = [SUBJECTS, *VERSION]
    date_hierarchy = "date"
    list_display = ["version", "subject", "date", "is_prerelease", "url"]
    list_filter = ["is_prerelease"]
    search_fields = ["version", "notes", *SUBJECT_NAMES]


@admin.register(Milestone)
class MilestoneAdmin(AboutAdmin):
    fields = [SUBJECTS, "date", "text", "evidence_url"]
    date_hierarchy = "date"
    list_display = ["text", "subject", "date", "evidence_url"]
    search_fields = ["text", *SUBJECT_NAMES]
