"""Says in sentences what is wrong with the catalogue."""

from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, connection
from django.db.models import Model
from django.utils.text import capfirst

from projects.models import Project
from projects.search import checks
from projects.snapshot import present
from showcase import catalogue
from showcase.management.database import in_one_sentence, refuse_old_tables
from showcase.models import Redirect
from showcase.quality.finding import fixes
from showcase.records import one_line
from showcase.sections import leads_to_a_page


class Command(BaseCommand):
    help = (
        "Looks at every row, at what refers to nothing, and at the search. "
        "Ends with status 1 if anything is wrong."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--fixes",
            action="store_true",
            help="Also list what would make the catalogue better, what matters most first; "
            "this does not count as wrong.",
        )

    def handle(self, *, verbosity, **options):
        with in_one_sentence():
            refuse_old_tables("default")
            found = 0
            for sentence in faults():
                self.stdout.write(sentence)
                found += 1
            for fix in fixes() if options["fixes"] else ():
                self.stdout.write(
                    f"{fix.thing.name}: {fix.to_do} ({fix.arithmetic}) {settings.BASE_URL}{fix.url}"
                )
        if found:
            raise CommandError(f"Found in the catalogue: {found} thing{'s' * (found > 1)} to mend.")
        if verbosity > 0:
            self.stdout.write("Nothing is wrong with the catalogue.")


def faults() -> Iterator[str]:
    """Yield everything that is wrong, one sentence each."""
    yield from dangling()
    for model in catalogue.MODELS:
        for row in model._default_manager.order_by("pk").iterator():
            yield from refused(row)
    yield from lost_redirects()
    yield from checks.faults()
    yield from snapshot_faults()


def dangling() -> Iterator[str]:
    """Yield what refers to a row that is not there; PostgreSQL never lets it come to that."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield f"Something refers to a row that does not exist: {one_line(str(error))}."


def refused(row: Model) -> Iterator[str]:
    """Yield why the admin would not save a row as it is."""
    try:
        row.full_clean()
    except ValidationError as error:
        name = f"{capfirst(row._meta.verbose_name)} “{row}”"
        labels = {field.name: f"{field.verbose_name}: " for field in row._meta.fields}
        for field, messages in error.message_dict.items():
            yield f"{name}: {labels.get(field, '')}{one_line(' '.join(messages))}"


def lost_redirects() -> Iterator[str]:
    for redirect in Redirect.objects.order_by("old_path"):
        if not leads_to_a_page(redirect.new_path):
            yield f"{redirect.old_path} redirects to {redirect.new_path}, where there is no page."


def snapshot_faults() -> Iterator[str]:
    """Yield whether what the lists are made of is another choice of entries than the rule's."""
    shown = set(present().public)
    public = set(Project.objects.published().values_list("pk", flat=True))
    if shown != public:
        count = len(shown ^ public)
        yield f"The lists would show, or lack, {count} entries that are not, or are, public."
