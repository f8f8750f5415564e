"""Where in the site a page is: <a href="…"{% current "projects:project_list" %}>."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

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
