"""Where PostgreSQL may read a large table from end to end, and what it has instead.

With sequential scans made as dear as can be, it takes an index wherever there is one that serves:
so a small catalogue shows what a large one needs.
"""

from django.db import connection

import pytest

from projects.snapshot import present

from ..benchmarks.plans.explaining import plans
from ..catalogue import FILES, PAGES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("postgresql")]

# Of these a page shows all rows, or nearly: words and groups, not what grows with the catalogue.
SHOWN_WHOLE = {
    *("projects_changelogentry", "projects_collection", "projects_kind", "projects_language"),
    *("projects_product", "projects_tag", "projects_upstream", "showcase_page"),
}
ADDRESSES = [*PAGES.values(), *FILES.values(), "/sitemap-people.xml", "/sitemap-upstream.xml"]
ADDRESSES += ["/people/?page=2", "/projects/nothing-like-it/"]


@pytest.fixture
def _without_sequential_scans():
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        yield
        cursor.execute("RESET enable_seqscan")


@pytest.mark.usefixtures("_without_sequential_scans")
def test_no_page_has_to_read_a_large_table_from_end_to_end(catalogue, client, subtests):
    present()
    for address in ADDRESSES:
        with subtests.test(address):
            read = {table for plan in plans(client, address) for table in plan.whole}
            assert read <= SHOWN_WHOLE
