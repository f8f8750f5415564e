"""Values that a list can be narrowed by, as links.

In Python, because a page has a hundred of them: in a template they took half of its time.
"""

from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext

from people.languages import as_content

register = template.Library()

# Words and numbers come again on every page. By type: a text that looks like HTML is none yet.
escaped = lru_cache(maxsize=4_096, typed=True)(conditional_escape)

NOFOLLOW = format_html(' rel="{}"', "nofollow")
WITHIN = format_html(' class="{}"', "facet__within")


@register.simple_tag
def choice_items(group, is_nofollow=False):
    """Render the choices of a group, each as an item of a list."""
    look = Look(group.is_worded, group.is_cut, is_nofollow)
    items = ((WITHIN if each.is_within else escaped(""), look.link(each)) for each in group.choices)
    return format_html_join("\n", "<li{}>{}</li>", items)


@register.simple_tag
def choice_link(choice, is_worded=False, is_cut=False, is_nofollow=False):
    """Render the link that chooses a value and says how many entries that leaves, or undoes it.

    `is_worded` says that the value is a word of the catalogue, `is_cut` that there are more
    entries than were counted, `is_nofollow` that robots need not go there.
    """
    return Look(is_worded, is_cut, is_nofollow).link(choice)


class Look:
    """What the links to the values of a facet have alike."""

    def __init__(self, is_worded, is_cut, is_nofollow):
        self.is_worded = is_worded
        self.more = escaped("+" if is_cut else "")
        self.nofollow = NOFOLLOW if is_nofollow else escaped("")
        self.one, self.many = map(escaped, gettext("project,projects").split(","))

    def link(self, choice):
        label = as_content(choice.label) if self.is_worded else choice.label
        if choice.is_chosen:
            return format_html(
                '<a href="{}" aria-current="true">{} <span aria-hidden="true">&times;</span>'
                '<span class="visually-hidden"> {}</span></a>',
                choice.url,
                label,
                gettext("(chosen, remove)"),
            )
        return format_html(
            '<a href="{}"{}>{} <span class="facet__count">{}{}</span>'
            '<span class="visually-hidden"> {}</span></a>',
            choice.url,
            self.nofollow,
            escaped(label),
            escaped(choice.count),
            self.more,
            self.one if choice.count == 1 else self.many,
        )
