from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from projects.pictures.views import site_card
from projects.urls import people_urls

from . import health, sitemaps, views
from .enquiries import views as enquiries
from .operation.metrics import metrics
from .quality.views import next_fixes
from .styleguide.views import styleguide

showcase_urls = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("contact/", enquiries.contact, name="contact"),
    path("contact/thanks/", enquiries.thanks, name="contact_thanks"),
    path("feeds/", views.feeds, name="feeds"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]

# What there is once, at the root of a host, in the language of the catalogue.
file_urls = [
    path("card.png", site_card, name="card"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("llms.txt", views.llms, name="llms"),
    path(".well-known/security.txt", views.security, name="security"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemap,
        {"sitemaps": sitemaps.SITEMAPS},
        name="sitemap_section",
    ),
]
if settings.DEBUG:
    file_urls += [path("styleguide/", styleguide, name="styleguide")]

urlpatterns = [
    path("", include((file_urls, "files"))),
    path("admin/next-fixes/", admin.site.admin_view(next_fixes), name="next_fixes"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include((showcase_urls, "showcase"))),
        path("", include("projects.urls")),
        path("", include((people_urls, "people"))),
        prefix_default_language=False,
    ),
]

handler400 = "showcase.errors.bad_request"
handler403 = "showcase.errors.permission_denied"
handler404 = "showcase.errors.not_found"
handler500 = "showcase.errors.server_error"
