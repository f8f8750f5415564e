"""What is kept is bounded, made once, in every coding, and shared by processes."""

import gzip
import zlib
from threading import Barrier, Thread

from django.core.cache.backends.redis import RedisCache
from django.db import connection

import brotli
import pytest

from showcase.serving import keeping, sharing
from showcase.serving.page import coding_for

from .asking import Site, rename

pytestmark = pytest.mark.django_db(transaction=True)


# Bodies


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br; q=0.000, gzip; q = 0", "identity"),
        ("identity", "identity"),
        ("", "identity"),
        (";;;,,=", "identity"),
    ],
)
def test_the_best_coding_is_taken_that_is_accepted(accepted, coding):
    assert coding_for(accepted) == coding


def test_every_coding_is_of_the_same_page(site):
    plain = site.ask("/").body
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    for coding, unpacked in unpack.items():
        answer = site.ask("/", accept_encoding=coding)
        assert answer.headers["content-encoding"] == coding
        assert answer.headers["content-length"] == str(len(answer.body))
        assert unpacked(answer.body) == plain
    assert len(site.came_through) == 1
    assert zlib.crc32(site.ask("/").body) == zlib.crc32(plain)


# Memory


def test_addresses_without_end_do_not_drive_out_the_others(site, monkeypatch):
    monkeypatch.setattr(keeping, "WITH_QUERY_SIZE", 100_000)
    site = Site()
    site.ask("/")
    for number in range(40):
        site.ask(f"/compare/?project=virter&alternative=a{number}")
    assert site.front.keeper.with_query.pages.currsize <= 100_000
    assert site.count("/") == 0


def test_a_page_is_made_once_for_many_who_ask_at_the_same_time(site):
    together, answers = Barrier(4), []

    def ask():
        together.wait()
        answers.append(site.ask("/projects/"))
        # Django leaves a database in memory open.
        connection._close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.body for answer in answers}) == 1
    assert len(site.came_through) == 1


def test_a_page_that_one_process_made_is_there_for_all(catalogue, shared):
    one, other = (Site(keeping.Keeper(sharing.Shared(shared))) for _ in range(2))
    page = one.ask("/projects/", accept_encoding="gzip")
    assert other.count("/projects/", accept_encoding="br") == 0
    assert other.ask("/projects/", accept_encoding="gzip").headers == page.headers
    rename("Newer")
    assert "Newer" in other.ask("/projects/").text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'["br"]',
        b'["gzip", "200 OK"]\n',
        b'["identity", "200 OK"]\nforged',
        b"\x80\x04",
    ],
)
def test_what_is_no_page_is_not_believed(content, catalogue, shared):
    replace(shared, lambda kept: content)
    other = Site(keeping.Keeper(sharing.Shared(shared)))
    assert b"<h1>" in other.ask("/").body
    assert len(other.came_through) == 1


def test_page_that_was_altered_is_not_believed(catalogue, shared):
    replace(shared, lambda kept: kept[:-1])
    other = Site(keeping.Keeper(sharing.Shared(shared)))
    assert other.ask("/", accept_encoding="br").status == 200
    assert len(other.came_through) == 1


def test_page_of_another_address_is_not_believed(catalogue, shared):
    one = Site(keeping.Keeper(sharing.Shared(shared)))
    texts = [one.ask(address, accept_encoding="br").body for address in ("/", "/projects/")]
    first, second = keys(shared)
    contents = shared.get(first), shared.get(second)
    shared.set(first, contents[1])
    shared.set(second, contents[0])
    other = Site(keeping.Keeper(sharing.Shared(shared)))
    assert other.ask("/", accept_encoding="br").body == texts[0]


def replace(shared, change):
    """Have the home page made and kept, and then changed where it is kept."""
    Site(keeping.Keeper(sharing.Shared(shared))).ask("/", accept_encoding="br")
    for key in keys(shared):
        shared.set(key, change(shared.get(key)))


def keys(shared):
    return [name.split(":", 2)[2] for name in shared._cache]


def test_a_shared_memory_that_is_not_there_harms_nobody(catalogue, caplog, settings):
    # Nobody listens at port 9.
    options = settings.CACHES.get("shared", {}).get("OPTIONS", {})
    cache = RedisCache("redis://127.0.0.1:9/0", {"OPTIONS": options})
    site = Site(keeping.Keeper(sharing.Shared(cache)))
    assert site.ask("/").status == 200
    assert site.ask("/projects/").status == 200
    # It is left alone for a while, so that nobody waits for it again.
    assert len([record for record in caplog.records if "does not answer" in record.message]) == 1
