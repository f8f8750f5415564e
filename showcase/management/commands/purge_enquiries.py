"""Deletes the enquiries that were kept for as long as the form said."""

from django.conf import settings
from django.core.management.base import BaseCommand

from showcase.enquiries.models import Enquiry, Sending
from showcase.management.database import in_one_sentence, refuse_old_tables


class Command(BaseCommand):
    help = "Deletes the enquiries that are older than ENQUIRY_DAYS. Run it every day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Only tell how many.")

    def handle(self, *, dry_run, verbosity, **options):
        with in_one_sentence():
            refuse_old_tables("default")
            expired = Enquiry.objects.expired()
            if dry_run:
                number = expired.count()
            else:
                _, deleted = expired.delete()
                number = deleted.get(Enquiry._meta.label, 0)
                Sending.objects.forgotten().delete()
        if verbosity > 0:
            done = "Would delete" if dry_run else "Deleted"
            age = f"older than {settings.ENQUIRY_DAYS} days"
            self.stdout.write(f"{done} {number} {'enquiry' if number == 1 else 'enquiries'} {age}.")
