"""What a page says of itself in more than one place: {% again "title" %}."""

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context, name):
    """Render a block that the page has rendered already; Django lets a block stand only once."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.render(context)
