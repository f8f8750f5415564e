"""Editing an entry: everything about it on one form."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format

from people.editing import RowFormSet, Rows, searchable

from ..models import Project, ProjectKind, ProjectLanguage, TaggedProject
from ..permissions import may_publish, owns_draft
from .alternative import AlternativeRows
from .contribution import ContributionRows
from .credit import CreditRows
from .evidence import LinkRows, SourceRows
from .history import MilestoneRows, ReleaseRows
from .licence import WithLicence
from .proposing import ProposingAdmin
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
class ProjectAdmin(WithLicence, ProposingAdmin):
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
    list_display = ["name", "state", "dated_status", "primary_kind", "missing", "changed_on"]
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
        accounts = () if request.user.has_perm("auth.view_user") else ("owner",)
        if may_publish(request.user):
            return accounts
        is_settled = obj is not None and obj.state in {"published", "withdrawn"}
        return (*accounts, *self.publication, *(("state",) if is_settled else ()))

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "state" and not may_publish(request.user):
            kwargs["choices"] = Project.State.choices[:2]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.owner = obj.owner or request.user
        super().save_model(request, obj, form, change)

    def has_preview(self, project):
        return project.state != Project.State.WITHDRAWN

    def get_queryset(self, request):
        kinds = ProjectKind.objects.filter(project=OuterRef("pk")).order_by("order", "pk")
        primary = Subquery(kinds.values("kind__name")[:1])
        visible = Project.objects.visible_to(request.user)
        return visible.annotate(primary_kind=primary)

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
