"""Editing an entry: everything about it on one form."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format

from people.editing import RowFormSet, Rows, searchable

from ..models import Project, ProjectKind, ProjectLanguage, TaggedProject
from ..permissions import may_publish, owns_draft
from ..quality import scored
from .alternative import AlternativeRows
from .bulk.pages import BulkAdmin
from .completeness import CompletenessAdmin, MissingFilter
from .contribution import ContributionRows
from .credit import CreditRows
from .evidence import LinkRows, SourceRows
from .history import MilestoneRows, ReleaseRows
from .licence import WithLicence
from .proposing import ProposingAdmin, check_publication
from .relation import InverseRelationRows, RelationRows


class ProjectKindFormSet(RowFormSet):
    def clean(self):
        super().clean()
        if self.instance.state == Project.State.PUBLISHED and not (self.rows() or any(self.errors)):
            raise ValidationError(Project.NEEDS_KIND)


class ProjectKindRows(Rows):
    model = ProjectKind
    formset = ProjectKindFormSet
    verbose_name = "kind"
    fields = ["kind", "order"]
    autocomplete_fields = ["kind"]


class ProjectLanguageRows(Rows):
    model = ProjectLanguage
    verbose_name = "language"
    fields = ["language", "order"]
    autocomplete_fields = ["language"]


class TagRows(Rows):
    model = TaggedProject
    verbose_name = "tag"
    fields = ["tag"]
    autocomplete_fields = ["tag"]


@admin.register(Project)
class ProjectAdmin(BulkAdmin, CompletenessAdmin, WithLicence, ProposingAdmin):
    # In the order in which an editor thinks.
    fieldsets = [
        (None, {"fields": ["name", "slug", "tagline", "aliases"]}),
        (
            "What it is for",
            {"fields": ["need", "description", "capabilities", "use_when", "avoid_when"]},
        ),
        ("Getting it", {"fields": ["requirements", "how_to_get"]}),
        ("Licence", {"fields": [("licence", "licence_certainty"), "licence_note"]}),
        (
            "Status",
            {
                "fields": [
                    ("status", "status_as_of", "first_released_on"),
                    "status_note",
                    "successor",
                ]
            },
        ),
        ("Credits", {"fields": ["credits_note"]}),
        (
            "Publication",
            {
                "fields": [
                    ("state", "published_at"),
                    "withdrawal_note",
                    ("is_featured", "reviewed_on"),
                    "owner",
                ]
            },
        ),
    ]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor", "owner"]
    inlines = [
        ProjectKindRows,
        ProjectLanguageRows,
        TagRows,
        CreditRows,
        LinkRows,
        RelationRows,
        InverseRelationRows,
        ContributionRows,
        AlternativeRows,
        ReleaseRows,
        MilestoneRows,
        SourceRows,
    ]
    list_display = ["name", "state", "dated_status", "primary_kind", "completeness", "changed_on"]
    list_filter = ["state", "status", MissingFilter, "kinds"]
    # Django only asks whether there is something to search; `search()` knows what.
    search_fields = ["name"]
    search_help_text = "Looks at the entry's texts, tags, people and their other names."
    public_rows = "published"

    # What is public is for publishers to say.
    publication = ("published_at", "withdrawal_note", "is_featured")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or (
            obj is not None and owns_draft(request.user, obj)
        )

    def get_readonly_fields(self, request, obj=None):
        always = ("to_do",) if request.user.has_perm("auth.view_user") else ("to_do", "owner")
        if may_publish(request.user):
            return always
        is_settled = obj is not None and obj.state in {"published", "withdrawn"}
        return (*always, *self.publication, *(("state",) if is_settled else ()))

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state" and not may_publish(request.user):
            kwargs["choices"] = Project.State.choices[:2]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.owner = obj.owner or request.user
        super().save_model(request, obj, form, change)

    def check_change(self, request, before, after):
        check_publication(request.user, before, after)

    def has_preview(self, project):
        return project.state != Project.State.WITHDRAWN

    def get_queryset(self, request):
        kinds = ProjectKind.objects.filter(project=OuterRef("pk")).order_by("order", "pk")
        primary = Subquery(kinds.values("kind__name")[:1])
        visible = Project.objects.visible_to(request.user)
        return scored(visible).annotate(primary_kind=primary)

    def get_search_results(self, request, queryset, search_term):
        text = searchable(search_term)
        found = queryset.search(text)
        # Who looks up an entry may type any part of its name; words are found from their beginning.
        return (found if found.exists() else queryset.filter(name__icontains=text)), False

    @admin.display(description="status", ordering="status_as_of")
    def dated_status(self, project):
        as_of = date_format(project.status_as_of, "SHORT_DATE_FORMAT")
        return f"{project.get_status_display()}, {as_of}"

    @admin.display(description="kind", ordering="primary_kind")
    def primary_kind(self, project):
        return project.primary_kind
