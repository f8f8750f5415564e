"""Makes the search index anew."""

from django.core.management.base import BaseCommand

from projects.search import index

from .make_catalogue import Progress


class Command(BaseCommand):
    help = "Writes every search document anew. Visitors can search meanwhile."

    def handle(self, *, verbosity, **options):
        stream = self.stderr if verbosity > 0 else None
        progress = Progress(stream, index.size(), "search documents")
        for number in index.rebuild():
            progress.add(number)
        if verbosity > 0:
            self.stdout.write(f"Wrote {progress.done:,} search documents.")
