"""What the forms of rows about a project, a product or an upstream have in common."""

from people.editing import EditorAdmin

from ..models.subject import SUBJECTS

SUBJECT_NAMES = [f"{name}__name" for name in SUBJECTS]


class AboutAdmin(EditorAdmin):
    """Rows about exactly one of several things."""

    autocomplete_fields = SUBJECTS
    list_select_related = SUBJECTS
