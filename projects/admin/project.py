"""Editing an entry: everything about it on one form."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format

from people.editing import EditorAdmin, RowFormSet, Rows, searchable

from ..models import Project, ProjectKind, ProjectLanguage, TaggedProject
from .alternative import AlternativeRows
from .contribution import ContributionRows
from .credit import CreditRows
from .evidence import LinkRows, SourceRows
from .history import MilestoneRows, ReleaseRows
from .relation import InverseRelationRows, RelationRows

# What a visitor needs to decide by, and an entry may lack.
WANTED = {"licence": "licence", "need": "need", "use_when": "use it when"}


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


class MissingFilter(admin.SimpleListFilter):
    title = "missing"
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return WANTED.items()

    def queryset(self, request, queryset):
        field = self.value() or ""
        return queryset.filter(**{field: ""}) if field in WANTED else queryset


@admin.register(Project)
class ProjectAdmin(EditorAdmin):
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
                ]
            },
        ),
    ]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor"]
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
    list_display = ["name", "state", "dated_status", "primary_kind", "missing", "changed_on"]
    list_filter = ["state", "status", MissingFilter, "kinds"]
    # Django only asks whether there is something to search; `search()` knows what.
    search_fields = ["name"]
    search_help_text = "Looks at the entry's texts, tags, people and their other names."
    public_rows = "published"

    def get_queryset(self, request):
        kinds = ProjectKind.objects.filter(project=OuterRef("pk")).order_by("order", "pk")
        primary = Subquery(kinds.values("kind__name")[:1])
        return super().get_queryset(request).annotate(primary_kind=primary)

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

    @admin.display
    def missing(self, project):
        return ", ".join(word for field, word in WANTED.items() if not getattr(project, field))
