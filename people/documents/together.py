"""The admin of things that several people edit: who saves second sees what the first one wrote.

A form carries the document that it began with. If another one is there when it comes back, what
was written into it is worked out in a rehearsal, and both are merged.
"""

from collections import defaultdict

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from ..changes import is_rehearsal, rehearsal, rows_changing
from ..natural_keys import NaturalKeyModel
from .differences import compared, differences, shown
from .document import Document, document_of
from .history import HistoryAdmin, reason_of
from .merging import decide, merge_documents
from .restoring import restore
from .revisions import key_of
from .shelves import Rows
from .signing import BASE, MERGED, fingerprint, signed, unsigned


class RehearsedError(Exception):
    """Not a failure: a form was saved in a rehearsal, and this is what it makes of the thing."""

    def __init__(self, document: Document):
        self.document = document


class TogetherAdmin(HistoryAdmin):
    @property
    def has_documents(self):
        """Whether what this form edits is one; also the form of a link, which is a part of one."""
        return issubclass(self.model, NaturalKeyModel)

    def shelf(self, request, thing):
        """Return where the document is kept that this form edits."""
        return Rows(thing)

    def show_unfit(self, request, thing, sentences):
        """Answer where a document breaks a rule by now, so that no form can be made of it."""
        for sentence in sentences:
            messages.error(request, sentence)
        return HttpResponseRedirect("../change/")

    def after_put(self, request, thing, shelf):
        return HttpResponseRedirect(request.path)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        thing = self._thing(request, object_id)
        if thing is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        form = (object_id, form_url, extra_context)
        if request.method != "POST":
            return self._show(request, thing, form)
        with transaction.atomic():
            wait_for_turn(thing)
            return self._settled(self._take(request, thing, form))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and self.has_documents:
            # A form that comes back with errors still began where it began.
            sent = None if getattr(request, "is_refused", False) else request.POST.get("_base")
            context["base_document"] = sent or self._signed(request, obj, BASE, document_of(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_change(self, request, obj):
        if is_rehearsal():
            raise RehearsedError(document_of(obj))
        return super().response_change(request, obj)

    def _thing(self, request, object_id):
        if object_id is None or "_saveasnew" in request.POST or not self.has_documents:
            return None
        return self.get_object(request, unquote(object_id))

    def _show(self, request, thing, form):
        shelf = self.shelf(request, thing)
        if shelf.are_rows:
            return super().changeform_view(request, *form)
        left_out: list[str] = []
        with rehearsal():
            try:
                restore(shelf.document(), left_out=left_out)
            except ValidationError as error:
                return self.show_unfit(request, thing, error.messages)
            for sentence in left_out:
                messages.warning(request, f"Left out, because it does not fit any more: {sentence}")
            return rendered(super().changeform_view(request, *form))

    def _take(self, request, thing, form):
        """Answer a form that was sent: save it, show its errors, or show what to merge."""
        shelf = self.shelf(request, thing)
        if "_merged" in request.POST:
            return self._confirm(request, thing, shelf)
        present = shelf.document()
        base = self._unsigned(request, thing, BASE, "_base") or present
        if request.POST.get("_base") and base is present:
            # Nobody can tell what this form began with: it is shown again, with its words.
            request.is_refused = True
            return super().changeform_view(request, *form)
        if shelf.are_rows and base == present:
            return super().changeform_view(request, *form)
        try:
            with rehearsal():
                restore(base, left_out=[])
                return rendered(super().changeform_view(request, *form))
        except RehearsedError as rehearsed:
            mine = rehearsed.document.with_new_rows_below_zero(base, document_of(thing))
        if base == present:
            return self._put(request, thing, shelf, mine)
        return self._merge(request, thing, base, mine, present)

    def _settled(self, response):
        """Take back what was only marked for a form that was not saved."""
        if response.status_code == HttpResponse.status_code:
            rendered(response)
            transaction.set_rollback(True)
        return response

    def _confirm(self, request, thing, shelf):
        """Save what was merged, with the decisions of the one who merged it."""
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        base = self._unsigned(request, thing, BASE, "_base")
        # Both were shown on one page.
        purpose = f"{MERGED}:{fingerprint(base)}" if base else MERGED
        merged = self._unsigned(request, thing, purpose, "_mine")
        if base is None or merged is None:
            messages.error(request, "The page was sent incompletely; nothing was saved. Try again.")
            return HttpResponseRedirect(request.path)
        theirs = {name for name, value in request.POST.items() if value == "theirs"}
        mine = decide(merged, base, theirs)
        present = shelf.document()
        if present != base:
            return self._merge(request, thing, base, mine, present)
        return self._put(request, thing, shelf, mine)

    def _put(self, request, thing, shelf, document):
        try:
            if shelf.are_rows:
                self.check_change(request, shelf.document(), document)
            shelf.put(document, request.user, reason_of(request))
        except ValidationError as error:
            return self._merge(
                request, thing, document, document, shelf.document(), errors=error.messages
            )
        if shelf.are_rows:
            self.log_change_of_document(request, thing)
        messages.success(request, f"“{document.title}” was saved.")
        return self.after_put(request, thing, shelf)

    def _merge(self, request, thing, base, mine, theirs, errors=()):
        merged, disputes = merge_documents(base, mine, theirs)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Somebody else changed “{thing}” meanwhile",
            "opts": self.opts,
            "original": thing,
            "errors": errors,
            "their_changes": differences(base, theirs),
            "my_changes": differences(base, mine),
            "disputes": [described(dispute) for dispute in disputes],
            "base_document": self._signed(request, thing, BASE, theirs),
            "merged_document": self._signed(
                request, thing, f"{MERGED}:{fingerprint(theirs)}", merged
            ),
            "reason": reason_of(request),
        }
        return TemplateResponse(request, "admin/merge.html", context)

    def _signed(self, request, thing, purpose, document):
        return signed(document, purpose, key_of(thing), request.user)

    def _unsigned(self, request, thing, purpose, name):
        return unsigned(request.POST.get(name, ""), purpose, key_of(thing), request.user)


def described(dispute):
    """Return a dispute as the page shows it."""
    field = dispute.key.model_class._meta.get_field(dispute.name)
    mine, theirs = shown(field, dispute.conflict.ours), shown(field, dispute.conflict.theirs)
    return {
        "address": dispute.address,
        "label": f"{dispute.key.model_class._meta.verbose_name}, {field.verbose_name}",
        "mine": mine,
        "theirs": theirs,
        "pieces": compared(theirs, mine),
    }


def wait_for_turn(*things):
    """Wait until nobody else writes the things, and let nobody until the transaction is over.

    Whoever writes the catalogue waits where it is told of the write, before locking any row.
    """
    numbers = defaultdict(list)
    for thing in things:
        numbers[type(thing)].append(thing.pk)
    for model, some in numbers.items():
        rows = model._base_manager.filter(pk__in=some).order_by("pk")
        rows_changing.send(sender=model, rows=rows)
        list(rows.select_for_update(of=("self",)))


def rendered(response):
    if hasattr(response, "render"):
        response.render()
    return response
