"""Parts of pages that are rendered once: {% keep … %} what a place is for, {% remember … %} others.

Most of what a list takes is Django's way through the nodes of its template, over and over again for
what is the same.
"""

from django import template
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()

# So many renderings of a part are remembered at most.
REMEMBERED = 2_000


@register.tag
def keep(parser, token):
    """Render what is within, {% keep project.kept %}…{% endkeep %}, unless it is kept there.

    Whoever gives the place, an object whose `html` is empty until it is told to `keep()` some,
    knows what it depends on. Where there is none, nothing is kept.
    """
    _, place = token.split_contents()
    nodes = parser.parse(["endkeep"])
    parser.delete_first_token()
    return KeepNode(parser.compile_filter(place), nodes)


@register.tag
def remember(parser, token):
    """Render what is within, {% remember tag %}…{% endremember %}, once for each value.

    It may depend on nothing else but the language, settings, and where the site is mounted.
    """
    _, *values = token.split_contents()
    nodes = parser.parse(["endremember"])
    parser.delete_first_token()
    return RememberNode([parser.compile_filter(value) for value in values], nodes)


class KeepNode(template.Node):
    def __init__(self, place, nodelist):
        self.place = place
        self.nodelist = nodelist

    def render(self, context):
        if (place := self.place.resolve(context)) is None:
            return self.nodelist.render(context)
        if not place.html:
            place.keep(self.nodelist.render(context))
        return place.html


class RememberNode(template.Node):
    def __init__(self, values, nodelist):
        self.values = values
        self.nodelist = nodelist
        self.remembered: dict[tuple, str] = {}

    def render(self, context):
        values = (value.resolve(context) for value in self.values)
        key = get_language(), get_script_prefix(), *values
        if (html := self.remembered.get(key)) is None:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            html = self.remembered[key] = self.nodelist.render(context)
        return html
