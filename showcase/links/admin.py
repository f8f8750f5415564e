"""Reading what was found out about addresses, and having some of them checked again."""

from contextlib import closing
from threading import Event, Timer

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from people.editing import EditorAdmin, ReadOnly

from .models import LinkCheck
from .network import Network
from .running import check_all
from .statements import uses

FINDING = ("link", "used_in", "state", "detail", "new_url", "checked_at")
FAILURES = ("first_failed_at", "failures")
CHECKED_AGAIN_MAX = 20
# An answer to a browser must not take as long as that to a command.
TIMEOUT, TIME_MAX = 4, 15


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnly, EditorAdmin):
    """What the site alone notes."""

    fields = readonly_fields = (*FINDING, *FAILURES)
    list_display = ["__str__", "state", "detail", "new_url", "used_in", "since", "checked_on"]
    list_filter = ["state"]
    list_per_page = 25
    search_fields = ["url"]
    actions = ["check_again"]

    def has_check_permission(self, request):
        return request.user.has_perm("showcase.check_linkcheck")

    def get_changelist_instance(self, request):
        """Look up for the whole page where its addresses are used."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        found = uses([row.url for row in rows])
        for row in rows:
            row.uses = found[row.url]
        changelist.result_list = rows
        return changelist

    @admin.display(description="address")
    def link(self, check):
        return format_html('<a href="{}" rel="noreferrer">{}</a>', check.url, check.url)

    @admin.display(description="used in")
    def used_in(self, check):
        found = check.uses if hasattr(check, "uses") else uses([check.url])[check.url]
        links = ((use.form_url, str(use)) for use in found)
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "nothing any more"

    @admin.display(description="without success since", ordering="first_failed_at")
    def since(self, check):
        return check.first_failed_at and timezone.localdate(check.first_failed_at)

    @admin.display(description="last checked", ordering="checked_at")
    def checked_on(self, check):
        return check.checked_at and timezone.localdate(check.checked_at)

    @admin.action(description="Check the selected addresses again", permissions=["check"])
    def check_again(self, request, queryset):
        urls = list(queryset.values_list("url", flat=True)[: CHECKED_AGAIN_MAX + 1])
        if len(urls) > CHECKED_AGAIN_MAX:
            sentence = f"Choose at most {CHECKED_AGAIN_MAX} addresses to check again."
            self.message_user(request, sentence, messages.ERROR)
            return
        number = check_for_a_while(urls)
        if number == len(urls):
            self.message_user(request, f"Checked again: {number}.")
        else:
            sentence = f"Checked {number} of {len(urls)}; the others take longer to answer."
            self.message_user(request, sentence, messages.WARNING)


def check_for_a_while(urls):
    """Check addresses and remember what is found, and return for how many there was time."""
    stop, number = Event(), 0
    timer = Timer(TIME_MAX, stop.set)
    timer.start()
    try:
        with closing(check_all(urls, network=Network(timeout=TIMEOUT), stop=stop)) as findings:
            for url, finding in findings:
                LinkCheck.objects.note(url, finding)
                number += 1
    finally:
        timer.cancel()
    return number
