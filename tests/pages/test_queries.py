"""The database is asked as often for much as for little, and never by a template."""

from django.db import connection
from django.db.models import query
from django.db.models.fetch_modes import FETCH_RAISE
from django.test.utils import CaptureQueriesContext

import pytest

from ..catalogue import CARDS, FILES, PAGES, PICTURES, add_more

pytestmark = pytest.mark.django_db

ADDRESSES = [*PAGES.values(), *FILES.values(), *PICTURES.values()]
ADDRESSES += ["/projects/nothing-like-it/"]
ADDRESSES += [f"{PAGES[name]}?compare=virter&compare=other-1" for name in CARDS]


def queries(client):
    """Return for each address the number of queries that its answer takes."""
    # Who comes first after a write brings the search up to it, once for all.
    client.get("/projects/")
    counts = {}
    for address in ADDRESSES:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts[address] = len(captured)
    return counts


# In earnest each batch of rows is a write of its own, which whoever reads next has to notice.
@pytest.mark.django_db(transaction=True)
def test_twice_the_rows_need_no_more_queries(catalogue, client):
    before = queries(client)
    add_more(catalogue, 2)
    assert queries(client) == before


def test_no_template_fetches_what_its_view_has_not(catalogue, client, monkeypatch):
    monkeypatch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
    for address in ADDRESSES:
        client.get(address)
