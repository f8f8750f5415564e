"""Pages for what went wrong. None of them needs more than what is certain to be there."""

from difflib import get_close_matches

from django.shortcuts import render

from people.models import Person
from projects.models import Collection, Product, Project, Tag, Upstream

from .models import Page

SECTIONS = {
    "projects": Project.objects.published,
    "products": Product.objects.all,
    "people": Person.objects.listed,
    "upstream": Upstream.objects.public,
    "tags": Tag.objects.public,
    "collections": Collection.objects.public,
    "about": Page.objects.all,
}
SUGGESTIONS = 3


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def not_found(request, exception):
    words = request.path.strip("/").replace("-", " ").split("/")
    context = {"near": near(request.path), "words": words[-1][:80]}
    return render(request, "404.html", context, status=404)


def server_error(request):
    return render(request, "500.html", status=500)


def near(path):
    """Return the pages whose address is closest to one that leads nowhere."""
    section, _, rest = path.strip("/").partition("/")
    wanted = (rest or section).strip("/").split("/")[0].lower()
    sources = [SECTIONS[section]] if rest and section in SECTIONS else SECTIONS.values()
    pages = {row.slug: row for rows in sources for row in rows()}
    return [pages[slug] for slug in get_close_matches(wanted, pages, n=SUGGESTIONS, cutoff=0.5)]
