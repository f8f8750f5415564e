"""Answers for probes: is the process alive, and can it serve?"""

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from projects import public_state
from projects.databases import REPLICA
from projects.faults import Fault, fault_of
from projects.search import checks

from .writable import is_locked_up, obstacle


@never_cache
def healthz(request):
    """Answer as long as the process does."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request):
    """Answer 200 when visitors can read and editors can write, else 503 with the cause.

    A replica that is not read costs nobody anything: the answer tells of it and stays 200.
    """
    cause = _what_is_missing()
    return HttpResponse(
        f"{cause or f'ready{_but_for_replica()}'}\n",
        status=503 if cause else 200,
        content_type="text/plain; charset=utf-8",
    )


def _what_is_missing():
    try:
        executor = MigrationExecutor(connection)
        if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return f"{len(missing)} migrations are not applied"
        fault = obstacle(connection)
        return f"the database {fault.value}" if fault else checks.fault()
    except Error as error:
        # On a disk that became read-only, SQLite can only say that it cannot open the file.
        is_locked = is_locked_up(connection.settings_dict["NAME"])
        fault = Fault.READ_ONLY if is_locked else fault_of(error) or Fault.GONE
        return f"the database {fault.value}"


def _but_for_replica():
    if REPLICA not in settings.DATABASES:
        return ""
    try:
        is_level = public_state.as_written(REPLICA) == public_state.as_written()
    except Error:
        return ", but the replica does not answer"
    return "" if is_level else ", but the replica is behind"
