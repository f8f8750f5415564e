"""How the admin of every room behaves: its forms, the rows within them, its searches."""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.validators import MaxLengthValidator
from django.db import DataError, IntegrityError, models
from django.db.models.functions import Lower
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format

from .autocomplete import OneBox, SeveralBox, SeveralField
from .documents.together import TogetherAdmin
from .fields import LinesField, MarkdownField, OrderField
from .writing import MarkdownBox, WritingAdmin, let_preview

SEARCH_MAX_LENGTH = 100


def searchable(text):
    """Return what may be searched for: the autocomplete view hands over whatever came."""
    return text.replace("\0", "")[:SEARCH_MAX_LENGTH]


def tall(rows, box=AdminTextareaWidget):
    return {"widget": box(attrs={"rows": rows})}


class EditorFields(BaseModelAdmin):
    """Boxes as tall as what is written into them, which say how much they hold."""

    formfield_overrides = {MarkdownField: tall(12, MarkdownBox), LinesField: tall(4)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        most = isinstance(db_field, models.TextField) and _max_length(db_field)
        if field and most:
            field.help_text = f"{field.help_text} At most {most:,} characters.".strip()
        if field and db_field.name in self.get_autocomplete_fields(request):
            # The only name that a screen reader finds for the box that replaces the list.
            field.widget.attrs["title"] = field.label
        if field:
            let_preview(field, getattr(self, "parent_model", self.model))
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneBox(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SeveralBox(db_field, self.admin_site))
            kwargs.setdefault("form_class", SeveralField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class CheckedForm(forms.ModelForm):
    """A form that holds its row to every constraint of the model.

    Django passes over a constraint that names a field which the form lacks: the row's number, or
    the other things that it might have been about. The database does not.
    """

    def validate_constraints(self):
        if self._is_of_new_parent():
            # Nothing in the database belongs to the parent yet, so nothing there can clash.
            super().validate_constraints()
            return
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except forms.ValidationError as error:
            self.add_error(None, error)

    def _is_of_new_parent(self):
        return any(
            isinstance(field, InlineForeignKeyField) and field.parent_instance.pk is None
            for field in self.fields.values()
        )


class RefusedForm(CheckedForm):
    """The form of a row that looked right and that the database refused all the same."""

    def clean(self):
        self.add_error(
            None,
            "This was not saved, because somebody else changed the catalogue at the same moment. "
            "What you wrote is still here: look at what they saved, then save again.",
        )
        return super().clean()


class ForgivingList(admin.ModelAdmin):
    """A list that bears whatever an address asks for."""

    def changelist_view(self, request, extra_context=None):
        """Show the whole list when the address asks for a value that no field can have.

        Django does so where its own check fails, but leaves some values to the database.
        """
        try:
            return super().changelist_view(request, extra_context)
        except (ValueError, OverflowError, DataError):
            return redirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, searchable(search_term))


class ReadOnly:
    """A list whose rows nobody writes in the admin, but for what a subclass allows again."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class EditorAdmin(ForgivingList, WritingAdmin, EditorFields, TogetherAdmin):
    """The admin of a model of ours."""

    form = CheckedForm
    save_on_top = True
    # The queryset method that tells which rows have a page for visitors; without one all have.
    public_rows: str | None = None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form again when the same is saved by somebody else at the same moment."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            request.is_refused = True
            # Read anew, after the transaction: the checks now find what the other has saved.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if getattr(request, "is_refused", False):
            kwargs["form"] = RefusedForm
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request):
        """Leave out what a field cannot hold; Django hands over the text as it came."""
        initial = super().get_changeform_initial_data(request)
        for field in self.opts.fields:
            if field.name in initial:
                try:
                    initial[field.name] = field.to_python(initial[field.name])
                except forms.ValidationError:
                    del initial[field.name]
        return initial

    @admin.display(description="last changed", ordering="updated_at")
    def changed_on(self, row):
        return date_format(timezone.localtime(row.updated_at), "SHORT_DATE_FORMAT")

    def rows_with_page(self):
        """Return the rows that visitors have a page of."""
        return getattr(self.model.objects, self.public_rows or "all")()

    def get_view_on_site_url(self, obj=None):
        """Return the address of the page that visitors have, if they have one."""
        has_page = obj and hasattr(obj, "get_absolute_url")
        if not has_page or not self.rows_with_page().filter(pk=obj.pk).exists():
            return None
        return obj.get_absolute_url()


class RowFormSet(BaseInlineFormSet):
    """Rows within another form, no two of them the same.

    Django compares them by a unique constraint's fields, but not by its expressions.
    """

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = "Delete"

    def clean(self):
        super().clean()
        for constraint in self.fk.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.expressions:
                self._refuse_repetition(constraint)

    def rows(self):
        """Return the forms of the rows that saving leaves behind."""
        filled = (form for form in self.forms if form.is_valid() and form.cleaned_data)
        return [form for form in filled if not form.cleaned_data.get(DELETION_FIELD_NAME)]

    def _refuse_repetition(self, constraint):
        seen = set()
        for form in self.rows():
            values = tuple(_value(part, form.instance) for part in constraint.expressions)
            if values in seen:
                form.add_error(None, constraint.get_violation_error_message())
            seen.add(values)


class CheckedRows(EditorFields, InlineModelAdmin):
    """Rows within another form, which appear as they are needed."""

    form = CheckedForm
    formset = RowFormSet
    extra = 0

    # Whoever may change the thing on the form may change the rows within it, and nobody else.

    def has_view_permission(self, request, obj=None):
        return self._parent_admin.has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._parent_admin.has_change_permission(request, obj)

    has_delete_permission = has_change_permission

    def has_add_permission(self, request, obj=None):
        if obj is None:
            return self._parent_admin.has_add_permission(request)
        return self._parent_admin.has_change_permission(request, obj)

    @property
    def _parent_admin(self):
        return self.admin_site.get_model_admin(self.parent_model)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        first = next(iter(self.opts.ordering or ()), None)
        if isinstance(db_field, OrderField) and db_field.name == first:
            # Buttons beside the number move the row: see static/admin-site/ordering.js.
            field.widget.attrs["data-place"] = ""
        return field

    def get_queryset(self, request):
        # Who sees them was asked of the thing on the form; Django asks of all things once more.
        rows = BaseModelAdmin.get_queryset(self, request)
        # A row's heading may name anything that it points to.
        return rows.fetch_mode(models.FETCH_PEERS)


class Rows(CheckedRows, admin.TabularInline):
    """Rows of a few short fields, side by side."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            # The heading of a column is no label.
            field.widget.attrs["aria-label"] = field.label
        return field


class StackedRows(CheckedRows, admin.StackedInline):
    """Rows of many or long fields, each a small form of its own."""

    formfield_overrides = {MarkdownField: tall(4, MarkdownBox), LinesField: tall(3)}


def _max_length(db_field):
    rules = (rule for rule in db_field.validators if isinstance(rule, MaxLengthValidator))
    return min((rule.limit_value for rule in rules), default=None)


def _value(expression, instance):
    """Return what an expression compares by: the value of the one field that it names."""
    parts = [expression, *getattr(expression, "flatten", list)()]
    field = next(part for part in parts if isinstance(part, models.F))
    name = field.name  # type: ignore[attr-defined] # the stubs forget it
    value = getattr(instance, instance._meta.get_field(name).attname)
    return value.lower() if isinstance(expression, Lower) else value
