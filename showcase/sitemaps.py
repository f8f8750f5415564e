"""The addresses that search engines should know, with the day each page last changed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from people.languages import LANGUAGES

from .sections import SECTIONS


class SiteSitemap(Sitemap):
    """Pages in every language, each with the addresses of the others."""

    protocol = "https" if settings.IS_HTTPS else "http"
    i18n = alternates = x_default = True

    def get_domain(self, site=None):
        # The robot may have come by another name of the host.
        return urlsplit(settings.BASE_URL).netloc

    def get_urls(self, *args, **kwargs):
        urls = super().get_urls(*args, **kwargs)
        for alternate in (alternate for url in urls for alternate in url["alternates"]):
            if language := LANGUAGES.get(alternate["lang_code"]):
                alternate["lang_code"] = language.hreflang
        return urls


class RowSitemap(SiteSitemap):
    """One address per row that has a page."""

    def __init__(self, rows):
        self.rows = rows

    def items(self):
        return self.rows().order_by("slug")

    def lastmod(self, row):
        return row.updated_at


class ListSitemap(SiteSitemap):
    """The pages that list what the others are about."""

    def items(self):
        return [
            "projects:project_list",
            "projects:product_list",
            "projects:upstream_list",
            "projects:tag_list",
            "projects:collection_list",
            "projects:release_list",
            "projects:changelog",
            "people:person_list",
            "showcase:feeds",
        ]

    def location(self, name):
        return reverse(name)


_rows = {name: RowSitemap(rows) for name, rows in SECTIONS.items()}
SITEMAPS = {"about": _rows.pop("about"), "lists": ListSitemap(), **_rows}
