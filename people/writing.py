"""Comfort for those who write: a preview of their texts, and hints about what they saved."""

from typing import NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from .fields import MarkdownField
from .hints import hints

MOST_HINTS = 8


class Hint(NamedTuple):
    place: str
    label: str
    sentence: str


class MarkdownBox(AdminTextareaWidget):
    """A box for Markdown with a button that shows what becomes of it.

    The button sends the form to the preview; a script fetches it into the form instead.
    """

    label = ""
    preview_url = ""

    def render(self, name, value, attrs=None, renderer=None):
        return format_html(
            '<div class="writing">{}<button class="writing__preview" name="preview" value="{}"'
            ' formaction="{}" formtarget="_blank" aria-label="Preview: {}">Preview</button></div>',
            super().render(name, value, attrs, renderer),
            name,
            self.preview_url,
            self.label,
        )


def let_preview(field, model):
    """Tell the box of a Markdown field where its preview is: with the form of a model."""
    if isinstance(field.widget, MarkdownBox):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_preview"
        field.widget.preview_url = reverse(name)
        field.widget.label = capfirst(field.label)


class WritingAdmin(admin.ModelAdmin):
    """The admin of a model whose texts are written with a preview and with hints."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview"
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name=name), *super().get_urls()]

    def preview_view(self, request):
        """Show a text as visitors will see it; `preview` names the field that holds it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_add_permission(request) or self.has_view_or_change_permission(request)):
            raise PermissionDenied
        text = request.POST.get(request.POST.get("preview", ""), "")
        context = {"text": "", "problems": []}
        try:
            context["text"] = MarkdownField(blank=True).clean(text, None)
        except ValidationError as error:
            context["problems"] = error.messages
        return TemplateResponse(request, "admin/preview.html", context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if IS_POPUP_VAR not in request.POST:
            self._tell(request, form.instance, list(hints_about(form, formsets)))

    def _tell(self, request, row, found):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        url = reverse(name, args=[row.pk])
        for hint in found[:MOST_HINTS]:
            link = format_html('<a href="{}#{}">{}</a>', url, hint.place, hint.label)
            messages.warning(request, format_html("{}: {}", link, hint.sentence))
        if rest := found[MOST_HINTS:]:
            messages.warning(request, f"There are {len(rest)} more hints of this kind.")


def hints_about(form, formsets):
    """Look at what was changed: what an editor left as it was is meant so."""
    for name, sentence in _hints_of_form(form):
        yield Hint(form[name].id_for_label, str(form[name].label), sentence)
    for formset in formsets:
        place = f"{formset.prefix}-group"
        for row in formset.forms:
            if row not in formset.deleted_forms:
                for name, sentence in _hints_of_form(row):
                    yield Hint(place, f"{row.instance}, {row[name].label}", sentence)


def _hints_of_form(form):
    for name in form.changed_data:
        try:
            field = form.instance._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        value = form.cleaned_data.get(name)
        if value and isinstance(value, str):
            yield from ((name, sentence) for sentence in hints(field, value, form.instance))
