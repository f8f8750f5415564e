"""What a browser holds a script against: <script src="…"{% integrity "js/theme.js" %}>."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html

from ..storage import HashedFilesStorage

register = template.Library()


@register.simple_tag
def integrity(name):
    """Tell the digest of a collected file; one that is served as it is may change meanwhile."""
    if not isinstance(staticfiles_storage, HashedFilesStorage):
        return ""
    digest = staticfiles_storage.digest(name)
    return format_html(' integrity="{}"', digest) if digest else ""
