"""Every act of editing, whatever it was about: what it changed, and one button to take it back."""

from collections import defaultdict

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from reversion.models import Revision

from people.documents.differences import differences
from people.documents.document import Key
from people.documents.revisions import (
    FOUND,
    documents_before,
    documents_in,
    revision,
    types_of_things,
    undo,
)
from people.documents.together import described, wait_for_turn
from people.editing import ForgivingList, ReadOnly
from projects.permissions import is_publication, may_publish

PER_PAGE = 20


class RevisionAdmin(ReadOnly, ForgivingList):
    """A list to read: what was done is not edited, but taken back by doing something else."""

    list_display = ["date_created", "who", "why", "things"]
    list_display_links = ["date_created"]
    list_select_related = ["user"]
    list_per_page = 50
    date_hierarchy = "date_created"
    search_fields = ["comment", "user__username", "version__object_repr"]

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_view)
        own = path("<int:number>/undo/", view, name="reversion_revision_undo")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        """Leave out what was not done, but only kept before something was."""
        of_things = Count("version", filter=Q(version__content_type__in=types_of_things()))
        return super().get_queryset(request).exclude(comment=FOUND).annotate(things=of_things)

    def has_view_permission(self, request, obj=None):
        """Let people see what they did themselves."""
        return super().has_view_permission(request, obj) or (
            obj is not None and obj.user_id == request.user.pk
        )

    @admin.display(description="who", ordering="user__username")
    def who(self, found):
        return (found.user.get_full_name() or found.user.get_username()) if found.user else ""

    @admin.display(description="why", ordering="comment")
    def why(self, found):
        return found.comment

    @admin.display(description="things", ordering="things")
    def things(self, found):
        return found.things

    # Pages

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show what an act changed, thing by thing."""
        found = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        if not self.has_view_permission(request, found):
            raise PermissionDenied
        act = Act(found)
        page = Paginator(list(act.after), PER_PAGE).get_page(request.GET.get("page"))
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request),
            "title": found.comment or "Change",
            "opts": self.opts,
            "revision": found,
            "who": self.who(found),
            "page": page,
            "told": [act.told(request, key) for key in page],
            "obstacle": act.obstacle(request),
        }
        return TemplateResponse(request, "admin/act.html", context)

    def undo_view(self, request, number):
        found = get_object_or_404(self.get_queryset(request), pk=number)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        act = Act(found)
        if act.obstacle(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                done = act.take_back(request)
        except ValidationError as error:
            messages.error(request, f"Nothing was taken back. {' '.join(error.messages)}")
            done = None
        url = reverse("admin:reversion_revision_change", args=[(done or found).pk])
        return HttpResponseRedirect(url)


class Act:
    """What one revision changed, and how the things are now."""

    def __init__(self, found):
        self.found = found
        self.after = documents_in(found)
        self.before = documents_before(found)
        self.now = things_now(self.after)

    def told(self, request, key):
        """Return what the page says of one thing."""
        thing, before, after = self.now.get(key), self.before.get(key), self.after[key]
        model_admin = admin.site.get_model_admin(key.model_class)
        may_see = may_look(request, model_admin, thing)
        return {
            "title": after.title,
            "kind": key.model_class._meta.verbose_name,
            "url": thing and admin_url(thing),
            "may_see": may_see,
            "is_first": before is None,
            "changes": differences(before, after) if before and may_see else [],
        }

    def obstacle(self, request):
        """Say why a user cannot take it back, if so."""
        if not self.before:
            return "There is nothing to take back: nothing was kept from before this."
        for key in self.before:
            thing = self.now.get(key)
            model_admin = admin.site.get_model_admin(key.model_class)
            if not model_admin.has_change_permission(request, thing):
                return f"You may not change “{self.after[key].title}”, so you cannot take it back."
        if self._is_publication() and not may_publish(request.user):
            return "Only who may publish can take it back: it changes what visitors see."
        return ""

    def take_back(self, request):
        """Take back what nobody changed since; return the revision that did, if there was any."""
        things = [self.now[key] for key in self.before if key in self.now]
        wait_for_turn(*things)
        last = Revision.objects.first()
        reason = f"Took back: {self.found.comment or f'{self.found.date_created:%Y-%m-%d %H:%M}'}"
        with revision(request.user, reason, *things):
            left = undo(self.found)
        self._tell_of_rest(request, left)
        done = Revision.objects.filter(pk__gt=last.pk).exclude(comment=FOUND).first()
        if done is None:
            messages.info(request, "Nothing is left to take back.")
            return None
        LogEntry.objects.log_actions(request.user.pk, things, CHANGE, reason)
        messages.success(request, reason)
        return done

    def _tell_of_rest(self, request, left):
        for dispute in left:
            row = dispute.key.model_class._base_manager.filter(pk=dispute.key.number).first()
            label = described(dispute)["label"]
            messages.warning(request, f"“{row}” ({label}) was changed since, and stays as it is.")
        for key in self.before:
            if key not in self.now:
                title = self.after[key].title
                messages.warning(request, f"“{title}” was deleted since, and stays so.")

    def _is_publication(self):
        return any(
            is_publication(before.rows[key], self.after[key].rows[key])
            for key, before in self.before.items()
        )


def may_look(request, model_admin, thing):
    """Tell whether a user may see a thing: of one that is gone, whether they see all of its kind.

    Some see only a part of the list.
    """
    if thing is None:
        return model_admin.has_change_permission(request)
    is_listed = model_admin.get_queryset(request).filter(pk=thing.pk).exists()
    return is_listed and model_admin.has_view_or_change_permission(request, thing)


def things_now(keys):
    """Return which things are there, by their keys, in a query for each model."""
    numbers = defaultdict(list)
    for key in keys:
        numbers[key.model].append(key.number)
    return {
        Key(model, number): thing
        for model, some in numbers.items()
        for number, thing in apps.get_model(model)._base_manager.in_bulk(some).items()
    }


def admin_url(thing):
    name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change"
    return reverse(name, args=[thing.pk])
