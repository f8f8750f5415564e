"""Pages for what went wrong. None of them needs more than what is certain to be there."""

import sys
from collections.abc import Iterable
from itertools import chain

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.shortcuts import render

from rapidfuzz import fuzz, process

from people.languages import without_language
from projects.faults import Fault, fault_of
from projects.gone import Gone
from projects.overview import Overview

from .sections import SECTIONS, slugs

SUGGESTIONS = 3
# From 0 to 100, how alike two spellings have to be.
LIKENESS = 50
# Whatever the address says, the visitor is in no section of the site.
NOWHERE = {"is_error": True}
# The way to the prose is known from the database, which may be what went wrong.
WITHOUT_DATABASE = NOWHERE | {"prose": ()}
# Seconds after which robots may ask again, when the database did not answer.
RETRY_AFTER = 10


def bad_request(request, exception):
    is_too_much = isinstance(exception, TooManyFieldsSent)
    most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS if is_too_much else None
    return render(request, "400.html", WITHOUT_DATABASE | {"most": most}, status=400)


def permission_denied(request, exception):
    return render(request, "403.html", WITHOUT_DATABASE, status=403)


def not_found(request, exception):
    if isinstance(exception, Gone):
        return _gone(request, exception.project)
    words = request.path.strip("/").replace("-", " ").split("/")
    context = {"near": near(without_language(request.path)), "words": words[-1][:80]}
    return render(request, "404.html", NOWHERE | context, status=404)


def _gone(request, project):
    """Say that an entry was withdrawn; what it said is not said again."""
    pages = [page for page in near(without_language(request.path)) if page != project.successor]
    context = {"project": project, "near": pages, "words": project.name}
    return render(request, "410.html", NOWHERE | context, status=410)


def server_error(request):
    # Wherever a database fails, Django calls this while it handles what that raised.
    if fault := fault_of(sys.exception()):
        return unavailable(request, fault)
    return render(request, "500.html", WITHOUT_DATABASE, status=500)


def unavailable(request, fault=Fault.GONE):
    """Say that it is for a moment, and give back what was written."""
    is_form = request.method == "POST"
    context = {"fault": fault.name, "is_form": is_form, "sent": is_form and sent_by(request)}
    response = render(request, "503.html", WITHOUT_DATABASE | context, status=503)
    return _ask_again(response, RETRY_AFTER)


def too_many_searches(request, seconds):
    return _ask_again(render(request, "429.html", WITHOUT_DATABASE, status=429), seconds)


def _ask_again(response, seconds):
    """Say when another answer may be had; whoever keeps answers is not to keep this one."""
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def sent_by(request):
    """Return what a form sent, to be sent once more; nothing that must not be on a page, or cannot.

    To send it twice does no harm: a form knows what it began with, and an enquiry is kept once.
    """
    if request.FILES or any("password" in name for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def near(path):
    """Return the pages whose address is closest to one that leads nowhere."""
    section, _, rest = path.strip("/").partition("/")
    wanted = (rest or section).strip("/").split("/")[0].lower()
    names = [section] if rest and section in SECTIONS else SECTIONS
    overview = Overview()
    known = {name: slugs(name, overview) for name in names}
    found = nearest(wanted, dict.fromkeys(chain(*known.values())))
    pages = [
        page
        for name in names
        if not set(found).isdisjoint(known[name])
        for page in SECTIONS[name]().filter(slug__in=found)
    ]
    return sorted(pages, key=lambda page: found.index(page.slug))[:SUGGESTIONS]


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates that a mistyped word may stand for, the most similar first."""
    found = process.extract(
        word, sorted(candidates), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=SUGGESTIONS
    )
    return [candidate for candidate, _, _ in found]
