"""Pages of the admin that ask to decide on what they show."""

import re


def decide(client, url, **values):
    """Look at a page, and send its form with what it showed."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(url).text)
    shown = {"seen": seen[1]} if seen else {}
    return client.post(url, shown | values)
