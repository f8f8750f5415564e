"""The page on which visitors write to those who run the site, and the one that thanks them."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.csrf import csrf_failure
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from projects.databases import on_primary
from projects.models import Project

from .forms import EnquiryForm
from .mailing import tell
from .models import Enquiry
from .sending import is_from_here, seconds_to_wait


# Django's token needs a cookie, and would protect an account that nobody has here.
@csrf_exempt
@cache_control(no_store=True)
def contact(request):
    if request.method != "POST":
        return _show(request, EnquiryForm(initial=asked_about(request.GET.get("project", ""))))
    if not is_from_here(request):
        return csrf_failure(request)
    on_primary()
    form = EnquiryForm(request.POST)
    return _take(request, form) if form.is_valid() else _show(request, form)


def thanks(request):
    return render(request, "showcase/contact_thanks.html")


def asked_about(slug):
    """Return what the form of a link on an entry's page begins with, if visitors see the entry."""
    is_known = "\0" not in slug and Project.objects.published().filter(slug=slug).exists()
    return {"kind": Enquiry.Kind.QUESTION, "project": slug} if is_known else {}


def _take(request, form):
    is_kept = Enquiry.objects.filter(submission=form.submission).exists()
    if not is_kept and (seconds := seconds_to_wait(request)):
        response = _show(request, form, minutes=-(-seconds // 60), status=429)
        response["Retry-After"] = str(seconds)
        return response
    enquiry, is_new = form.save()
    if is_new:
        tell(enquiry)
    return redirect("showcase:contact_thanks")


def _show(request, form, minutes=0, status=200):
    context = {
        "form": form,
        "minutes": minutes,
        "days": settings.ENQUIRY_DAYS,
        "is_mailed": bool(settings.ENQUIRIES_TO),
    }
    return render(request, "showcase/contact.html", context, status=status)
