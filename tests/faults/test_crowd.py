"""Editors and readers at the same time: nobody is told of a lock, and no edit is lost."""

from ..benchmarks.servers import serving
from .crowd import crowd, desks, lost

EDITORS, READERS, SAVES = 4, 10, 2
KEY = "only-for-the-tests-and-long-enough-for-them"


def test_everybody_is_answered_and_every_edit_is_there(site, settings):
    # What is signed here is read there.
    settings.SECRET_KEY = KEY
    watched = desks(EDITORS)
    environment = {"DATABASE_URL": site, "SECRET_KEY": KEY}
    with serving("showcase.wsgi", "/healthz", environment, workers=2) as server:
        record = crowd(server.port, watched, READERS, SAVES, pause=0.5)
    assert record.wrong == []
    assert record.statuses["save", 302] == EDITORS * SAVES
    assert lost(watched) == []
