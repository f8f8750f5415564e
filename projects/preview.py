"""Links that show what is not public yet, to whoever has them, for some days.

What they lead to is the very page that visitors will see. Of a working copy it is made in a
rehearsal: the copy is put in place, the page is rendered, and everything is as it was.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.changes import rehearsal
from people.documents.restoring import restore
from people.models import Person

from .models import Project, WorkingCopy
from .page_rows import with_rows
from .views import PersonDetailView, ProjectDetailView

SALT = "projects.preview"
AGE = timedelta(days=7)


@dataclass(frozen=True)
class PreviewLink:
    path: str
    days: int = AGE.days


def preview_link(target: Any) -> PreviewLink:
    """Return the link to the preview of a working copy or of an entry that is not public."""
    token = signing.dumps([target._meta.model_name, target.pk], salt=SALT)
    return PreviewLink(reverse("projects:preview", args=[token]))


@require_safe
@never_cache
def preview(request, token):
    kind, number = read(token)
    response = PREVIEWS[kind](request, number)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def read(token):
    try:
        kind, number = signing.loads(token, salt=SALT, max_age=AGE)
    except signing.BadSignature as error:
        raise Http404("This preview has expired, or there never was one.") from error
    return kind, number


def of_entry(request, number):
    project = Project.objects.filter(pk=number).first()
    if project is None or project.state == Project.State.WITHDRAWN:
        raise Http404("What this preview showed is gone.")
    if Project.objects.published().filter(pk=number).exists():
        return redirect(project)
    return page_of(request, project)


def of_copy(request, number):
    copy = WorkingCopy.objects.open().filter(pk=number).first()
    if copy is None or not is_public(copy.thing):
        raise Http404("What this preview showed was decided on.")
    with rehearsal():
        try:
            thing = restore(copy.merged()[0], left_out=[])
        except ValidationError as error:
            raise Http404(
                "What this preview showed does not fit the catalogue any more."
            ) from error
        return page_of(request, thing).render()


def is_public(thing):
    public = Project.objects.published() if isinstance(thing, Project) else Person.objects.listed()
    return public.filter(pk=thing.pk).exists()


PREVIEWS = {"project": of_entry, "workingcopy": of_copy}


class ProjectPreview(ProjectDetailView):
    def get_object(self, queryset=None):
        return with_rows(Project.objects.get(pk=self.kwargs["number"]))


class PersonPreview(PersonDetailView):
    def get_object(self, queryset=None):
        return Person.objects.get(pk=self.kwargs["number"])


def page_of(request, thing):
    view = {Project: ProjectPreview, Person: PersonPreview}[type(thing)]
    return view.as_view(extra_context={"preview": True})(request, number=thing.pk)
