"""The home page, the prose pages, and the files that robots and browsers ask for."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from people.languages import LANGUAGES
from people.models import Person
from projects.comparing import gathered
from projects.models import Collection, Product
from projects.overview import Overview
from projects.pictures.colours import LIGHT

from .models import Page

FEATURED, NEWEST, TAGS, PEOPLE = 4, 6, 24, 48
# The feeds of single projects that are named, and the projects of which language models are told:
# more than that nobody reads at once.
FOLLOWED, READ_BY_MODELS = 60, 1_000
A_DAY = 24 * 3600
ICONS = [
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
]
SECURITY_TXT_VALID = timedelta(days=180)


def home(request):
    overview = Overview()
    featured, newest = overview.highlights_and_newest(FEATURED, NEWEST)
    context = {
        "page": Page.objects.filter(slug=Page.HOME).first(),
        "featured": featured,
        "newest": newest,
        "project_count": overview.project_count,
        "products": overview.counted("product", Product.objects.all()),
        "collections": Collection.objects.public(),
        "tags": overview.foremost_tags(TAGS),
        "people": Person.objects.listed()[:PEOPLE],
        "tray": gathered(request.GET),
    }
    return render(request, "showcase/home.html", context)


def page(request, slug):
    """Show prose; the pages with an address of their own are not shown twice."""
    if slug in Page.OWN_ADDRESS:
        raise Http404("This page has another address.")
    return _prose(request, slug)


def about(request):
    return _prose(request, Page.ABOUT)


def _prose(request, slug):
    pages = Page.objects.below_about()
    context = {"page": get_object_or_404(pages, slug=slug), "pages": pages}
    return render(request, "showcase/page.html", context)


def feeds(request):
    overview = Overview()
    context = {
        "tags": overview.tags(),
        "projects": overview.foremost_projects(FOLLOWED),
        "project_count": overview.project_count,
    }
    return render(request, "showcase/feeds.html", context)


def text_file(request, template, content_type="text/plain", **context):
    """Render a file that is not a page."""
    content_type = f"{content_type}; charset=utf-8"
    return render(request, f"showcase/{template}", context, content_type=content_type)


@cache_control(public=True, max_age=A_DAY)
def favicon(request):
    """Send programs that know but this address to the icon."""
    return redirect(static("img/favicon.ico"))


@cache_control(public=True, max_age=A_DAY)
def manifest(request):
    """Say what the site is called and looks like where it is kept beside programs."""
    content = {
        "name": settings.SITE_NAME,
        "description": settings.SITE_TAGLINE,
        "lang": LANGUAGES[get_language()].tag,
        "id": reverse("showcase:home"),
        "start_url": reverse("showcase:home"),
        "scope": reverse("showcase:home"),
        "display": "minimal-ui",
        "background_color": LIGHT["paper"].hex,
        "theme_color": LIGHT["paper"].hex,
        "icons": [
            {"src": static(f"img/{name}"), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in ICONS
        ],
    }
    return JsonResponse(content, content_type="application/manifest+json; charset=utf-8")


def robots(request):
    return text_file(request, "robots.txt")


def opensearch(request):
    return text_file(request, "opensearch.xml", "application/opensearchdescription+xml")


def llms(request):
    overview = Overview()
    return text_file(
        request,
        "llms.txt",
        projects=overview.foremost_projects(READ_BY_MODELS),
        project_count=overview.project_count,
        products=Product.objects.all(),
        pages=Page.objects.below_about(),
    )


def security(request):
    """RFC 9116; there is none without an address to write to."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No security contact is set.")
    expires = timezone.now() + SECURITY_TXT_VALID
    return text_file(request, "security.txt", contact=settings.SECURITY_CONTACT, expires=expires)
