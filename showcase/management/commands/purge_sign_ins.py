"""Deletes what was noted of sign-ins when it has been kept for long enough."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from axes.models import AccessAttempt, AccessLog

from showcase.management.database import in_one_sentence, refuse_old_tables


class Command(BaseCommand):
    help = (
        "Deletes sign-ins that are older than SIGN_IN_DAYS, and failed ones that lock nobody out "
        "any more. Run it every day."
    )

    def handle(self, *, verbosity, **options):
        now = timezone.now()
        kept_for = {
            AccessLog: timedelta(days=settings.SIGN_IN_DAYS),
            AccessAttempt: settings.AXES_COOLOFF_TIME,
        }
        with in_one_sentence():
            refuse_old_tables("default")
            number = sum(
                model.objects.filter(attempt_time__lt=now - age).delete()[0]
                for model, age in kept_for.items()
            )
        if verbosity > 0:
            self.stdout.write(f"Deleted {number} {'sign-in' if number == 1 else 'sign-ins'}.")
