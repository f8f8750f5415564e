from django import template

from .. import dashboard as dashboard_of

register = template.Library()


@register.simple_tag(takes_context=True)
def dashboard(context):
    """Return the panels of the admin's first page."""
    return list(dashboard_of.panels(context["request"]))
