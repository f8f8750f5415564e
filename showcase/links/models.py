"""What was found out about the addresses that the catalogue states."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from people.validators import LINK_MAX_LENGTH

from .checking import Verdict


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def broken(self):
        """Those that failed more than once, the longest broken first."""
        return self.filter(state=LinkCheck.State.BROKEN).order_by("first_failed_at", "url")

    def note(self, url, finding):
        """Remember a finding, beside what was found before, and return the row."""
        new = {"state": LinkCheck.State.OK, "checked_at": timezone.now()}
        with transaction.atomic():
            check, _ = self.select_for_update().get_or_create(url=url, defaults=new)
            check.take(finding)
            check.save()
        return check


class LinkCheck(models.Model):
    """The last that is known about an address."""

    class State(models.TextChoices):
        OK = "ok", "in order"
        MOVED = "moved", "moved for good"
        FAILED_ONCE = "failed-once", "failed once"
        BROKEN = "broken", "broken"
        UNREACHABLE = "unreachable", "not reached"
        REFUSED = "refused", "not asked"

    UNSUCCESSFUL = (State.FAILED_ONCE, State.BROKEN, State.UNREACHABLE)

    url = models.CharField("address", max_length=LINK_MAX_LENGTH, unique=True)
    state = models.CharField(max_length=20, choices=State)
    status = models.PositiveSmallIntegerField("HTTP status", null=True)
    detail = models.CharField("what was found", max_length=300, blank=True)
    new_url = models.CharField("new address", max_length=LINK_MAX_LENGTH, blank=True)
    checked_at = models.DateTimeField("last checked")
    first_failed_at = models.DateTimeField("without success since", null=True)
    failures = models.PositiveIntegerField("without success, times in a row", default=0)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        # The site alone writes these; people only read them, or have an address checked again.
        default_permissions = ("view",)
        permissions = [("check_linkcheck", "Can have addresses checked again")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="moved") ^ Q(new_url=""), name="showcase_linkcheck_moved_where"
            ),
            models.CheckConstraint(
                condition=Q(failures=0) ^ Q(first_failed_at__isnull=False),
                name="showcase_linkcheck_failed_since",
            ),
            models.CheckConstraint(
                condition=~Q(state="broken") | Q(failures__gte=2),
                name="showcase_linkcheck_broken_twice",
            ),
        ]

    def __str__(self):
        return self.url

    def take(self, finding):
        """Take over a finding. Only who fails again is broken: anybody may be down for once."""
        self.checked_at = timezone.now()
        self.status, self.detail = finding.status, finding.detail[:300]
        self.new_url = finding.new_url
        self.state = {
            Verdict.OK: self.State.OK,
            Verdict.MOVED: self.State.MOVED,
            Verdict.FAILED: self.State.BROKEN if self.failures else self.State.FAILED_ONCE,
            Verdict.UNTOLD: self.State.UNREACHABLE,
            Verdict.REFUSED: self.State.REFUSED,
        }[finding.verdict]
        if self.state in self.UNSUCCESSFUL:
            self.failures += 1
            self.first_failed_at = self.first_failed_at or self.checked_at
        else:
            self.failures, self.first_failed_at = 0, None
