"""What a card has that depends on its page: {% compare_link project tray list_query %}.

In Python, because a page has two dozen of them, and all else on a card is rendered once.
"""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

register = template.Library()

# So many pages are made at once at most, or nearly.
PAGES = 64


@register.simple_tag
def compare_link(project, tray, list_query=""):
    """Render the way to put an entry beside those of the tray, unless there is no room."""
    if project.slug in tray.slugs:
        return format_html('<p class="card__ways muted">{}</p>', gettext("In your comparison"))
    if tray.comparison.is_full:
        return ""
    link = _link(get_language(), get_script_prefix(), tray.slugs, list_query)
    return format_html(link, slug=project.slug, name=project.name)


@lru_cache(maxsize=PAGES)
def _link(language, prefix, slugs, list_query):
    """Return the link on each card of a page, as a format of the entry's slug and name."""
    query = f"{list_query}&" if list_query else "?"
    # An address has no braces: they are written as %7B and %7D.
    href = f"{query}{''.join(f'compare={slug}&' for slug in slugs)}compare={{slug}}#tray"
    if slugs:
        words = gettext('Add to comparison<span class="visually-hidden">: {name}</span>')
    else:
        words = gettext('Compare<span class="visually-hidden"> {name}</span>')
    return format_html(
        '<p class="card__ways"><a href="{}" rel="nofollow"><svg class="icon" aria-hidden="true">'
        '<use href="{}#compare"/></svg>{}</a></p>',
        href,
        static("img/icons.svg"),
        format_html(words, name="{name}"),
    )
