"""Markdown in templates: {{ project.need|markdown:"need" }}, {{ tag.description|excerpt:160 }}."""

from django import template
from django.db.models import Model

from ..markdown import plain_text, render

register = template.Library()


@register.filter
def markdown(text: str, of: str | Model = "text") -> str:
    """Render a text. `of` tells the texts of one page apart: a word, or the row it belongs to."""
    return render(text, f"{of._meta.model_name}-{of.pk or 'new'}" if isinstance(of, Model) else of)


@register.filter
def excerpt(text: str, length: int) -> str:
    """Return the beginning of a text without its markup."""
    return plain_text(text, length)
