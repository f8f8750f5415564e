"""The addresses that search engines should know, with the day each page last changed.

Each kind of page has files of its own, and an index names them: a file may not have more than
50,000 addresses, and nobody should wait while that many are written.
"""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from people.languages import LANGUAGES
from projects.models.addresses import address
from projects.overview import Overview

from .sections import SECTIONS, whole


class InEveryLanguage(Paginator):
    """Pages of things, each thing once in each language; fetches no more than one page."""

    def page(self, number):
        page = super().page(number)
        page.object_list = [(thing, code) for thing in page.object_list for code in LANGUAGES]
        return page


class SiteSitemap(Sitemap):
    """Pages in every language, each with the addresses of the others."""

    limit = 10_000
    protocol = "https" if settings.IS_HTTPS else "http"
    i18n = alternates = x_default = True

    @property
    def paginator(self):
        things: Any = self.items()
        return InEveryLanguage(things, self.limit // len(LANGUAGES))

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

    def __init__(self, section):
        self.section = section

    def items(self):
        return whole(self.section, Overview())

    def lastmod(self, row):
        return row.updated_at


class ProjectSitemap(RowSitemap):
    """Of projects the facts that are in memory, instead of rows."""

    def location(self, facts):
        return address("projects:project", facts.slug)

    def lastmod(self, facts):
        return datetime.fromtimestamp(facts.updated_at, UTC)


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
            "showcase:contact",
        ]

    def location(self, name):
        return reverse(name)


_rows: dict[str, SiteSitemap] = {name: RowSitemap(name) for name in SECTIONS}
SITEMAPS = _rows | {"lists": ListSitemap(), "projects": ProjectSitemap("projects")}


def index(request: HttpRequest) -> HttpResponse:
    """Name all files of the sitemap.

    Django's own looks at every row for the day of the last change, which each file tells anyway,
    and names the site as the robot came to it.
    """
    files = []
    for section, sitemap in SITEMAPS.items():
        url = f"{settings.BASE_URL}{reverse('files:sitemap_section', args=[section])}"
        others = range(2, sitemap.paginator.num_pages + 1)
        files += [{"location": url}, *({"location": f"{url}?p={page}"} for page in others)]
    context = {"sitemaps": files}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")
