"""Changing what is public by a working copy: visitors see the old text until it is approved."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from people.documents.differences import differences
from people.documents.document import Document, document_of
from people.documents.merging import merge_documents
from people.documents.restoring import restore
from people.documents.revisions import keep, revision
from people.documents.signing import fingerprint
from people.documents.together import described, wait_for_turn
from people.editing import EditorAdmin, ForgivingList

from ..models import WorkingCopy
from ..permissions import APPROVE, is_publication, may_propose, may_publish
from ..preview import preview_link


class CopyShelf:
    """Where the document of a working copy is kept; the first one that is put there makes it."""

    are_rows = False

    def __init__(self, thing):
        self.thing = thing
        self.copy = WorkingCopy.objects.open().of(thing).first()

    def document(self):
        return self.copy.merged()[0] if self.copy else document_of(self.thing)

    def put(self, document, user, reason):
        copy = self.copy or WorkingCopy(**{self.thing._meta.model_name: self.thing}, author=user)
        copy.base = self._base(copy, document).records()
        copy.content = document.records()
        copy.reason = reason or copy.reason
        copy.full_clean()
        copy.save()
        self.copy = copy

    def _base(self, copy, document):
        """Return the published state, but for what is disputed: whoever approves sees that."""
        present = document_of(self.thing)
        if not copy.base:
            return present
        _, disputes = merge_documents(Document.from_records(copy.base), document, present)
        rows = {key: dict(fields) for key, fields in present.rows.items()}
        for dispute in disputes:
            rows[dispute.key][dispute.name] = dispute.conflict.base
        return Document(rows)


class ProposingAdmin(EditorAdmin):
    """The admin of things that may be changed by a working copy."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_copy"
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<int:number>/copy/", view, name=name), *super().get_urls()]

    def copy_view(self, request, number):
        """Show and take the form of the working copy."""
        thing = get_object_or_404(self.model, pk=number)
        if not (self.is_public(thing) and may_propose(request.user, thing)):
            raise PermissionDenied
        request.is_copy = True
        return self.changeform_view(request, str(number))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Lead those who may only propose to the working copy."""
        thing = self.get_object(request, object_id)
        if (
            thing
            and not super().has_change_permission(request, thing)
            and self.is_public(thing)
            and may_propose(request.user, thing)
        ):
            return HttpResponseRedirect(self.copy_url(thing))
        return super().change_view(request, object_id, form_url, extra_context)

    def is_public(self, thing):
        return self.rows_with_page().filter(pk=thing.pk).exists()

    def copy_url(self, thing):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_copy"
        return reverse(name, args=[thing.pk])

    def shelf(self, request, thing):
        return CopyShelf(thing) if is_copy(request) else super().shelf(request, thing)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or (
            obj is not None and may_propose(request.user, obj)
        )

    def has_change_permission(self, request, obj=None):
        if is_copy(request) and obj is not None:
            return may_propose(request.user, obj)
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not is_copy(request) and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """Let decided working copies go with what they were of, and open ones keep it."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        waiting = [
            f"{copy}, {copy.get_state_display()}: decide on it first"
            for thing in objs
            for copy in WorkingCopy.objects.open().of(thing)
        ]
        needed.discard(WorkingCopy._meta.verbose_name)
        return found, counts, needed, [*protected, *waiting]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None:
            context |= self.workflow_context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def workflow_context(self, request, thing):
        """Return what the form says about publication: what is public, and what is not yet."""
        copy = WorkingCopy.objects.open().of(thing).first()
        if is_copy(request):
            return {
                "title": f"Working copy of “{thing}”",
                "copy": copy,
                "is_copy": True,
                "show_save_and_add_another": False,
                "preview_link": preview_link(copy) if copy else None,
            }
        if not self.is_public(thing):
            return {"preview_link": preview_link(thing) if self.has_preview(thing) else None}
        offers_copy = may_propose(request.user, thing)
        return {"copy": copy, "copy_url": self.copy_url(thing) if offers_copy else None}

    def has_preview(self, thing):
        return False

    def show_unfit(self, request, thing, sentences):
        """Lead to the page that tells what the working copy says, and can decline it."""
        super().show_unfit(request, thing, sentences)
        copy = WorkingCopy.objects.open().of(thing).get()
        return HttpResponseRedirect(reverse("admin:projects_workingcopy_change", args=[copy.pk]))

    def after_put(self, request, thing, shelf):
        """Send a working copy on its way, if that is what was pressed."""
        if shelf.are_rows or "_review" not in request.POST:
            return super().after_put(request, thing, shelf)
        shelf.copy.state = WorkingCopy.State.IN_REVIEW
        shelf.copy.save()
        messages.success(request, f"Your changes of “{thing}” wait for approval.")
        return HttpResponseRedirect(reverse("admin:index"))


def check_publication(user, before, after):
    """Raise ValidationError if documents differ in what only publishers may decide."""
    fields = (document.rows.get(after.thing, {}) for document in (before, after))
    if is_publication(*fields) and not may_publish(user):
        raise ValidationError("Only who may publish can do this: it changes what visitors see.")


def changes_of(copy):
    """Return what is, what would be, and what is disputed; of a decided copy, what it was about."""
    if copy.is_open:
        document, disputes = copy.merged()
        return document_of(copy.thing), document, disputes
    return Document.from_records(copy.base), Document.from_records(copy.content), []


def is_copy(request):
    return getattr(request, "is_copy", False)


@admin.register(WorkingCopy)
class WorkingCopyAdmin(ForgivingList):
    """What is to be decided: each page shows what approving would change."""

    fields = ["answer"]
    list_display = ["thing", "state", "author", "reason", "updated_at"]
    list_filter = ["state"]
    list_select_related = ["project", "person", "author"]
    search_fields = ["project__name", "person__name", "reason"]
    actions = None

    def has_add_permission(self, request):
        """Copies are made on the form of what they change."""
        return False

    def has_delete_permission(self, request, obj=None):
        """What somebody wrote stays, whatever was decided."""
        return False

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(APPROVE)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return request.user.is_staff
        return WorkingCopy.objects.visible_to(request.user).filter(pk=obj.pk).exists()

    def has_module_permission(self, request):
        return request.user.is_staff

    def get_queryset(self, request):
        return WorkingCopy.objects.visible_to(request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        copy = self.get_object(request, unquote(object_id))
        if copy is None:
            raise Http404
        if request.method != "POST":
            return self._page(request, copy)
        if not self.has_change_permission(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                return self._decide(request, copy)
        except ValidationError as error:
            copy.refresh_from_db()
            return self._page(request, copy, error.messages)

    def _page(self, request, copy, errors=()):
        opts = copy.thing._meta
        before, after, disputes = changes_of(copy)
        may_decide = self.has_change_permission(request)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Changes of “{copy.thing}”",
            "opts": self.opts,
            "copy": copy,
            "errors": errors,
            "changes": differences(before, after),
            "disputes": [described(dispute) for dispute in disputes],
            "seen": fingerprint(after),
            "preview_link": preview_link(copy) if copy.is_open else None,
            "copy_url": reverse(
                f"admin:{opts.app_label}_{opts.model_name}_copy", args=[copy.thing.pk]
            ),
            "may_decide": may_decide and copy.state == WorkingCopy.State.IN_REVIEW,
        }
        return TemplateResponse(request, "admin/working_copy.html", context)

    def _decide(self, request, copy):
        wait_for_turn(copy.thing)
        copy = WorkingCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)
        if copy.state != copy.State.IN_REVIEW:
            raise ValidationError(
                "This does not wait for a decision, or somebody has just decided."
            )
        if request.POST.get("seen") != fingerprint(changes_of(copy)[1]):
            raise ValidationError("It was changed while you looked: see below what it says now.")
        copy.answer = " ".join(request.POST.get("answer", "").replace("\0", "").split())
        if "_approve" in request.POST:
            copy.state = copy.State.APPROVED
        elif "_decline" in request.POST:
            copy.state = copy.State.DECLINED
        else:
            raise ValidationError("Nothing was decided: approve or decline.")
        copy.full_clean()
        if copy.state == copy.State.APPROVED:
            self._publish(request, copy)
        copy.save()
        self.log_change(request, copy, copy.get_state_display())
        messages.success(request, f"“{copy.thing}”: {copy.get_state_display()}.")
        return HttpResponseRedirect(reverse("admin:projects_workingcopy_changelist"))

    def _publish(self, request, copy):
        document, _ = copy.merged()
        check_publication(request.user, document_of(copy.thing), document)
        author = copy.author.get_username() if copy.author else "somebody"
        reason = f"{copy.reason} (written by {author})".strip()
        with revision(request.user, reason, copy.thing):
            keep(restore(document))
