"""A database that was slow or not there is used again when it is back, and nothing is started."""

from contextlib import closing
from pathlib import Path

from django.db import connection

import pytest

from projects import breaker, public_state
from projects.breaker import Breaker
from projects.public_state import Clock, LastSeen

from ..backup.databases import another
from ..serving.asking import Site
from .editions import ENTRY


@pytest.fixture(autouse=True)
def process(monkeypatch):
    """A process that knows nothing yet, and waits for nothing."""
    own = Clock()
    monkeypatch.setattr(public_state, "current", own.current)
    monkeypatch.setattr(public_state, "last_known", own.last_known)
    monkeypatch.setattr(public_state, "last_seen", LastSeen())
    monkeypatch.setattr(public_state, "primary", Breaker())
    monkeypatch.setattr(breaker, "PAUSE", 0)


@pytest.mark.only_on("postgresql")
def test_table_that_is_locked_for_too_long_leaves_what_is_kept(site):
    front = Site()
    front.ask(ENTRY)
    with closing(another(site)) as other, other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("LOCK TABLE projects_project IN ACCESS EXCLUSIVE MODE")
        with connection.cursor() as ours:
            # The server of the site has its own limits: see showcase/connections.py.
            ours.execute("SET statement_timeout = '50ms'")
        assert front.ask(ENTRY).status == 200
        refused = front.ask("/projects/entry-2/")
        assert (refused.status, refused.headers["retry-after"]) == (503, "10")
        assert "did not answer in time" in refused.text
        other.rollback()
    assert front.ask("/projects/entry-2/").status == 200


@pytest.mark.only_on("sqlite")
def test_file_that_is_moved_away_is_found_again(site):
    front, file = Site(), Path(site.removeprefix("sqlite:///"))
    front.ask(ENTRY)
    connection.close()
    file.rename(file.with_name("elsewhere"))
    assert front.ask(ENTRY).headers["age"] == "0"
    assert front.ask("/projects/entry-2/").status == 503
    assert front.ask("/readyz").status == 503
    file.with_name("elsewhere").replace(file)
    assert "age" not in front.ask(ENTRY).headers
    assert front.ask("/projects/entry-2/").status == 200
    assert front.ask("/readyz").text == "ready\n"
