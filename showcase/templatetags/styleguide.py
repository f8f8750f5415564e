"""What only the page of components needs: {% state "Card with everything" %} … {% endstate %}."""

import re

from django import template
from django.utils.html import escape
from django.utils.text import slugify

register = template.Library()

ID = re.compile(r' id="([^"]+)"')
REFERENCE = re.compile(r' (id|for|aria-label|aria-labelledby|href)="([^"]*)"')


@register.tag
def state(parser, token):
    """Show a component in one state, under a caption that no other state has."""
    _, caption = token.split_contents()
    nodes = parser.parse(["endstate"])
    parser.delete_first_token()
    return StateNode(parser.compile_filter(caption), nodes)


class StateNode(template.Node):
    def __init__(self, caption, nodelist):
        self.caption = caption
        self.nodelist = nodelist

    def render(self, context):
        caption = self.caption.resolve(context)
        name = slugify(caption)
        component = told_apart(self.nodelist.render(context), name, escape(caption))
        return (
            f'<div class="guide__state"><p class="guide__caption" id="{name}">{escape(caption)}</p>'
            f"{component}</div>"
        )


def told_apart(html: str, name: str, caption: str) -> str:
    """Return HTML with ids, and names for assistive technology, that are there only once.

    A page has a component in one state, and its id and its name are fit for that.
    """
    ids = set(ID.findall(html))

    def told(match: re.Match[str]) -> str:
        attribute, value = match.groups()
        if attribute == "aria-label":
            value = f"{value} ({caption})"
        elif attribute == "aria-labelledby":
            value = f"{value}-{name} {name}"
        elif value.removeprefix("#") in ids:
            value = f"{value}-{name}"
        return f' {attribute}="{value}"'

    return REFERENCE.sub(told, html)
