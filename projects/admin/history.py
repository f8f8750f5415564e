from django.contrib import admin

from people.editing import Rows, StackedRows

from ..models import Milestone, Release
from ..models.subject import SUBJECTS
from .subject import SUBJECT_NAMES, AboutAdmin

VERSION = (("version", "date", "is_prerelease", "order"), "url", "notes")


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
    list_display = ["version", "subject", "date", "sort", "has_notes"]
    list_filter = ["is_prerelease"]
    search_fields = ["version", "notes", *SUBJECT_NAMES]

    @admin.display(ordering="is_prerelease")
    def sort(self, release):
        return "pre-release" if release.is_prerelease else "release"

    @admin.display(boolean=True, description="notes")
    def has_notes(self, release):
        return bool(release.notes)


@admin.register(Milestone)
class MilestoneAdmin(AboutAdmin):
    fields = [SUBJECTS, "date", "text", "evidence_url"]
    date_hierarchy = "date"
    list_display = ["text", "subject", "date", "evidence_url"]
    search_fields = ["text", *SUBJECT_NAMES]
