"""Changing many entries as an editor does: from the list, by the forms of the pages."""

import re
from html import unescape

from django.urls import reverse

CHANGELIST = reverse("admin:projects_project_changelist")
TOGETHER = reverse("admin:projects_project_bulk")


def text_of(response):
    return " ".join(unescape(response.content.decode()).split())


def choose(client, *projects):
    """Press “Go” in the list; return the answer."""
    numbers = [project.pk for project in projects]
    chosen = {"action": "change_together", "index": "0", "_selected_action": numbers}
    return client.post(CHANGELIST, chosen, follow=True)


def preview(client, projects, operation, **values):
    """Send the form of one operation; return the page that comes."""
    entries = hidden(choose(client, *projects), "entries")
    fields = {f"{operation}-{name}": value for name, value in values.items()}
    return client.post(TOGETHER, {"entries": entries, "operation": operation, **fields})


def confirm(client, page):
    return client.post(TOGETHER, {"plan": hidden(page, "plan")}, follow=True)


def hidden(response, name):
    found = re.search(rf'name="{name}" value="([^"]+)"', unescape(response.content.decode()))
    assert found, f"The page carries no “{name}”."
    return found[1]
