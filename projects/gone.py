"""Entries that were public once: their addresses answer 410, and say what happened."""

from django.http import Http404

from .known import published_entry
from .models import Project


class Gone(Http404):
    """There was an entry at this address; the page for what is not there tells of it."""

    def __init__(self, project):
        super().__init__(f"{project} was withdrawn.")
        self.project = project


def entry_or_gone(slug):
    """Return a published entry; one that never was public is as unknown as any other word."""
    if entry := published_entry(slug):
        return entry
    if withdrawn := Project.objects.withdrawn().filter(slug=slug).first():
        raise Gone(withdrawn)
    raise Http404("There is no such entry.")
