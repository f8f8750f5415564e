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
from projects.cards import with_cards
from projects.comparing import gathered
from projects.models import Collection, Product, Project, Tag
from projects.pictures.colours import LIGHT

from .models import Page

FEATURED, NEWEST, TAGS, PEOPLE = 4, 6, 24, 48
A_DAY = 24 * 3600
ICONS = [
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
]
SECURITY_TXT_VALID = timedelta(days=180)


def home(request):
    projects = Project.objects.published()
    featured = list(projects.filter(is_featured=True).in_order("")[:FEATURED])
    others = projects.exclude(pk__in=[project.pk for project in featured])
    newest = list(others.in_order("newest")[:NEWEST])
    with_cards([*featured, *newest])
    context = {
        "page": Page.objects.filter(slug=Page.HOME).first(),
        "featured": featured,
        "newest": newest,
        "project_count": projects.count(),
        "products": Product.objects.with_project_count(),
        "collections": Collection.objects.public(),
        "tags": Tag.objects.public().order_by("-project_count", "name")[:TAGS],
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
    context = {"tags": Tag.objects.public(), "projects": Project.objects.published()}
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
    projects = Project.objects.published().order_by("name")
    return text_file(
        request,
        "llms.txt",
        projects=projects,
        products=Product.objects.all(),
        pages=Page.objects.below_about(),
    )


def security(request):
    """RFC 9116; there is none without an address to write to."""
    if not settings.SECURITY_CONTACT:
        raise Http404("No security contact is set.")
    expires = timezone.now() + SECURITY_TXT_VALID
    return text_file(request, "security.txt", contact=settings.SECURITY_CONTACT, expires=expires)
