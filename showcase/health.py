"""Answers for probes: is the process alive, and can it serve?"""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from projects.search import checks


@never_cache
def healthz(request):
    """Answer as long as the process does."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request):
    """Answer 200 when database, migrations and search index are there, else 503."""
    cause = _what_is_missing()
    return HttpResponse(
        f"{cause or 'ready'}\n",
        status=503 if cause else 200,
        content_type="text/plain; charset=utf-8",
    )


def _what_is_missing():
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return f"{len(missing)} migrations are not applied" if missing else checks.fault()
    except DatabaseError:
        return "the database does not answer"
