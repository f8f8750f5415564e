"""What visitors wrote, and how often the form was sent from where."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.fields import LineField, LongTextField
from people.validators import validate_plain_text

MESSAGE_MAX_LENGTH = 5_000


class EnquiryQuerySet(models.QuerySet):
    def expired(self):
        """Those that were kept for as long as the form said."""
        return self.filter(received_at__lt=timezone.now() - timedelta(days=settings.ENQUIRY_DAYS))

    def of_person(self, address):
        """What somebody wrote; nobody has two mailboxes that only differ in their capitals."""
        return self.filter(email__iexact=address.strip())

    def of_same_persons(self, chosen):
        """Some enquiries, and the others of those who wrote them."""
        chosen = chosen.order_by()
        addresses = chosen.exclude(email="").values(lower=Lower("email"))
        by_address = self.annotate(lower=Lower("email")).filter(lower__in=addresses)
        return self.filter(
            models.Q(pk__in=chosen.values("pk")) | models.Q(pk__in=by_address.values("pk"))
        )


class Enquiry(models.Model):
    """What a visitor sent through the form, with consent to its being kept."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question about a project")
        CORRECTION = "correction", _("correction of an entry")
        SUGGESTION = "suggestion", _("suggestion of an entry")
        ORGANISATION = "organisation", _("message to the organisation")

    class State(models.TextChoices):
        NEW = "new", "new"
        ANSWERED = "answered", "answered"
        CLOSED = "closed", "closed"

    # What makes a form that is sent twice one enquiry: the same words, out of the same form.
    submission = models.UUIDField(unique=True, null=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.QUESTION)
    # An enquiry outlives the entry that it was about.
    project = models.ForeignKey(
        "projects.Project", models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    name = LineField(max_length=120, blank=True)
    email = models.EmailField("e-mail address", blank=True, help_text="Only to answer.")
    message = LongTextField(max_length=MESSAGE_MAX_LENGTH, validators=[validate_plain_text])
    consented_at = models.DateTimeField(
        help_text="When the sender agreed to the message being kept."
    )
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    answer_note = models.TextField(blank=True, help_text="What was answered, for colleagues.")

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "enquiries"

    def __str__(self):
        # This goes into logs and mails: it must not tell who wrote.
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d}"


class SendingQuerySet(models.QuerySet):
    def forgotten(self):
        """Those that are looked at no more."""
        return self.filter(sent_at__lt=timezone.now() - Sending.WINDOW)


class Sending(models.Model):
    """That the form was sent, and from where, by a digest that is another one tomorrow."""

    WINDOW = timedelta(hours=1)

    sender = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["sender", "sent_at"], name="showcase_sending_sender")]

    def __str__(self):
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
