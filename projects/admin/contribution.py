from django.contrib import admin

from people.editing import EditorAdmin, Rows, StackedRows

from ..models import Contribution, ContributionStep

WORK = ("title", ("state", "state_as_of", "shipped_in"), "evidence_url", "description")


class ContributionRows(StackedRows):
    """What a project gave; the steps of each are on its own form."""

    model = Contribution
    fields = ["upstream", *WORK]
    autocomplete_fields = ["upstream"]
    show_change_link = True


class ReceivedContributionRows(ContributionRows):
    """What an upstream was given."""

    fields = ["project", *WORK]
    autocomplete_fields = ["project"]


class ContributionStepRows(Rows):
    model = ContributionStep
    verbose_name = "step"
    fields = ["date", "text", "evidence_url"]


@admin.register(Contribution)
class ContributionAdmin(EditorAdmin):
    fields = [("project", "upstream"), *WORK]
    autocomplete_fields = ["project", "upstream"]
    inlines = [ContributionStepRows]
    date_hierarchy = "state_as_of"
    list_display = ["title", "upstream", "state", "state_as_of", "has_evidence"]
    list_filter = ["state"]
    list_select_related = ["project", "upstream"]
    search_fields = ["title", "project__name", "upstream__name", "description"]

    @admin.display(boolean=True, description="evidence")
    def has_evidence(self, contribution):
        return bool(contribution.evidence_url)
