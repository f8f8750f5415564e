"""Editing how things hang together, from either end."""

from itertools import product

from django.contrib import admin
from django.core.exceptions import ValidationError

from people.editing import EditorAdmin, RowFormSet, StackedRows

from ..models import Relation
from ..models.relation import Verb
from ..models.subject import SUBJECTS

SUBJECT_FIELDS = tuple(f"subject_{name}" for name in SUBJECTS)
OBJECT_FIELDS = tuple(f"object_{name}" for name in SUBJECTS)
STORY = (("started_on", "ended_on", "order"), "story", ("evidence_label", "evidence_url"))


class PartFormSet(RowFormSet):
    """Relations of the thing on the form, which must not make it a part of its own part.

    The model compares each relation with what is saved. Here they may close a circle together.
    """

    def parts(self):
        relations = [form.instance for form in self.rows()]
        return [relation for relation in relations if relation.verb == Verb.PART_OF]


class RelationFormSet(PartFormSet):
    def clean(self):
        # The relations from the other end are checked after these, and see the same parent.
        self.instance.wholes = [relation.object for relation in self.parts()]
        super().clean()


class InverseRelationFormSet(PartFormSet):
    def clean(self):
        super().clean()
        for part, whole in product((row.subject for row in self.parts()), self.instance.wholes):
            if whole == part or Relation.objects.is_part_of(whole, part):
                raise ValidationError(
                    f"{self.instance} cannot be part of {whole} and contain {part}."
                )


class RelationRows(StackedRows):
    """What the thing on the form is to others."""

    model = Relation
    formset: type[PartFormSet] = RelationFormSet
    end = "subject"
    verbose_name = "relation"
    verbose_name_plural = "what this is to others"
    fields = ["verb", OBJECT_FIELDS, *STORY]
    autocomplete_fields = OBJECT_FIELDS

    def __init__(self, parent_model, admin_site):
        super().__init__(parent_model, admin_site)
        self.fk_name = f"{self.end}_{parent_model._meta.model_name}"


class InverseRelationRows(RelationRows):
    """What others are to the thing on the form."""

    formset = InverseRelationFormSet
    end = "object"
    verbose_name = "relation"
    verbose_name_plural = "what others are to this"
    fields = [SUBJECT_FIELDS, "verb", *STORY]
    autocomplete_fields = SUBJECT_FIELDS


@admin.register(Relation)
class RelationAdmin(EditorAdmin):
    fieldsets = [
        ("Subject", {"fields": [SUBJECT_FIELDS]}),
        (None, {"fields": ["verb"]}),
        ("Object", {"fields": [OBJECT_FIELDS]}),
        ("Story", {"fields": STORY}),
    ]
    autocomplete_fields = [*SUBJECT_FIELDS, *OBJECT_FIELDS]
    list_display = ["__str__", "started_on", "has_story", "has_evidence"]
    list_filter = ["verb"]
    list_select_related = [*SUBJECT_FIELDS, *OBJECT_FIELDS]
    search_fields = [f"{name}__name" for name in (*SUBJECT_FIELDS, *OBJECT_FIELDS)] + ["story"]

    @admin.display(boolean=True, description="story")
    def has_story(self, relation):
        return bool(relation.story)

    @admin.display(boolean=True, description="evidence")
    def has_evidence(self, relation):
        return bool(relation.evidence_url)
