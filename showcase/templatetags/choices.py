"""A value that a list can be narrowed by, as a link.

In Python, because a page has a hundred of them: in a template they took half of its time.
"""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext

from people.languages import as_content

register = template.Library()


@register.simple_tag
def choice_link(choice, is_worded=False, is_cut=False, is_nofollow=False):
    """Render the link that chooses a value and says how many entries that leaves, or undoes it.

    `is_worded` says that the value is a word of the catalogue, `is_cut` that there are more
    entries than were counted, `is_nofollow` that robots need not go there.
    """
    label = as_content(choice.label) if is_worded else choice.label
    if choice.is_chosen:
        return format_html(
            '<a href="{}" aria-current="true">{} <span aria-hidden="true">&times;</span>'
            '<span class="visually-hidden"> {}</span></a>',
            choice.url,
            label,
            gettext("(chosen, remove)"),
        )
    one, many = gettext("project,projects").split(",")
    return format_html(
        '<a href="{}"{}>{} <span class="facet__count">{}{}</span>'
        '<span class="visually-hidden"> {}</span></a>',
        choice.url,
        NOFOLLOW if is_nofollow else "",
        label,
        choice.count,
        "+" if is_cut else "",
        one if choice.count == 1 else many,
    )


NOFOLLOW = format_html(' rel="{}"', "nofollow")
