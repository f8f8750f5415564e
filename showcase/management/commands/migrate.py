"""Django's migrate, but each migration is noted in the transaction that it is done in."""

from contextlib import ExitStack

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations import Migration


class Command(migrate.Command):
    """Leaves each migration wholly done or not begun, whatever ends it.

    Django commits what a migration makes, and notes in a transaction of its own that it is made.
    Who is killed between the two is told for ever after that the table exists already.
    """

    def handle(self, *arguments, **options):
        self.connection = connections[options["database"]]
        with ExitStack() as self.transaction:
            super().handle(*arguments, **options)

    def migration_progress_callback(
        self, action: str, migration: Migration | None = None, fake: bool = False
    ) -> None:
        # Both ways: what is applied and what is taken back.
        if action.endswith("apply_success"):
            self.transaction.close()
        super().migration_progress_callback(action, migration, fake)
        if action.endswith("apply_start") and migration and migration.atomic:
            # SQLite makes tables anew without looking at what refers to them, and cannot begin
            # to do so in the middle of a transaction.
            self.transaction.enter_context(self.connection.constraint_checks_disabled())
            self.transaction.enter_context(transaction.atomic(using=self.connection.alias))
