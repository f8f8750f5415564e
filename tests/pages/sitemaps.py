"""The sitemap as robots read it: its index, and each file that this names."""

from urllib.parse import urlsplit

from .document import read_xml

NAMES = {
    "": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def files(client, **headers):
    """Return the addresses of the files, as the index has them."""
    index = read_xml(client.get("/sitemap.xml", **headers))
    return [file.findtext("loc", namespaces=NAMES) for file in index.findall("sitemap", NAMES)]


def urls(client, **headers):
    """Yield what is told of each page."""
    for file in files(client, **headers):
        address = urlsplit(file)
        path = f"{address.path}?{address.query}" if address.query else address.path
        yield from read_xml(client.get(path, **headers)).findall("url", NAMES)


def addresses(client):
    return {url.findtext("loc", namespaces=NAMES) for url in urls(client)}
