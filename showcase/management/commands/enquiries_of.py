"""Takes along or erases what is kept of a person who wrote through the form."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from showcase.enquiries.models import Enquiry
from showcase.enquiries.persons import as_json
from showcase.management.database import in_one_sentence, refuse_old_tables

ONLY_OWNER = 0o600


class Command(BaseCommand):
    help = "Takes along, or erases, all enquiries that came from an e-mail address."

    def add_arguments(self, parser):
        parser.add_argument("address", help="The e-mail address, in capitals or not.")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--export", type=Path, metavar="FILE", help="Write them as JSON.")
        what.add_argument("--erase", action="store_true", help="Delete them for good.")

    def handle(self, *, address, export, erase, **options):
        if "@" not in address:
            raise CommandError(f"{address} is no e-mail address; give one, as name@example.org.")
        with in_one_sentence():
            refuse_old_tables("default")
            enquiries = Enquiry.objects.of_person(address)
            number = enquiries.count()
            if number == 0:
                self.stdout.write("Nothing is kept of this address.")
            elif erase:
                enquiries.delete()
                self.stdout.write(f"Erased: {number}.{self._mailed()}")
            else:
                write_for_owner(export, as_json(enquiries))
                self.stdout.write(f"Written to {export}: {number}. Keep it from others.")

    def _mailed(self):
        if not settings.ENQUIRIES_TO:
            return ""
        return f" Delete the mails by hand: they went to {', '.join(settings.ENQUIRIES_TO)}."


def write_for_owner(path: Path, text: str) -> None:
    """Write a new file that nobody else can read."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(f"{path} is there already; name a file that is not.") from None
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror}).") from None
