"""Writes of which packages the site is made, for those who look after many programs."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from showcase.sbom import OtherPackageError, bill_of_materials


class Command(BaseCommand):
    help = "Writes a bill of materials (CycloneDX, JSON) of what is locked and installed."
    requires_system_checks = ()

    def handle(self, **options):
        try:
            bill = bill_of_materials(settings.BASE_DIR)
        except OtherPackageError as reason:
            raise CommandError(f"{reason}; install what requirements.txt says.") from None
        self.stdout.write(json.dumps(bill, indent=2, ensure_ascii=False))
