"""Pages of the admin, some of which ask to decide on what they show."""

import re

from django.urls import reverse


def decide(client, url, **values):
    """Look at a page, and send its form with what it showed."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).text)
    shown = {"seen": seen[1]} if seen else {}
    return client.post(url, shown | values)


def change_url(thing):
    kind = f"{thing._meta.app_label}_{thing._meta.model_name}"
    return reverse(f"admin:{kind}_change", args=[thing.pk])
