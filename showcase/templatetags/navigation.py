"""Where in the site a page is: <a href="…"{% current "projects:project_list" %}>."""

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html

from people.languages import without_language

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context, view):
    """Mark a link to this very page, or to the section that it is in."""
    link = context["base_url"] + reverse(view)
    # Not the address that was asked for: what means nothing makes no other page.
    here = context["canonical_url"]
    if context.get("is_error") or not here.startswith(link):
        return ""
    return format_html(' aria-current="{}"', "page" if here == link else "true")


@register.simple_tag(takes_context=True)
def section(context):
    """Return the first word of the page's address, and whether that is all: what `current` marks.

    An error is in no section.
    """
    if context.get("is_error"):
        return None
    path = without_language(context["canonical_url"].removeprefix(context["base_url"]))
    first, _, rest = path.removeprefix(get_script_prefix()).partition("/")
    return first, not rest
