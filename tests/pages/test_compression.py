"""Texts are sent compressed to whoever understands that."""

import gzip
import io

from django.core.management import call_command

import pytest

from ..catalogue import FILES, PAGES, PICTURES

pytestmark = pytest.mark.django_db

ACCEPTS = {"Accept-Encoding": "gzip, deflate, br"}
TEXTS = [PAGES["project_list"], PAGES["project"], FILES["project_feed"], FILES["sitemap"]]
TEXTS += [FILES["llms"], "/projects/nothing-like-it/", "/admin/login/"]
PAGE_MAX = 15_000


@pytest.mark.parametrize("address", TEXTS)
def test_text_is_compressed_for_who_accepts_it_and_for_nobody_else(catalogue, client, address):
    plain, compressed = client.get(address), client.get(address, headers=ACCEPTS)
    assert not plain.has_header("Content-Encoding")
    assert compressed["Content-Encoding"] == "gzip"
    assert int(compressed["Content-Length"]) == len(compressed.content) < len(plain.content)
    if address != "/admin/login/":  # Its token is another one each time.
        assert gzip.decompress(compressed.content) == plain.content
    for response in (plain, compressed):
        assert "Accept-Encoding" in response["Vary"]


def test_answer_to_head_is_told_as_compressed_as_that_to_get(catalogue, client):
    response = client.head(PAGES["project_list"], headers=ACCEPTS)
    length = int(response["Content-Length"])
    assert response["Content-Encoding"] == "gzip"
    assert response.content == b""
    # Up to a hundred bytes of each answer are there to hide its length.
    got = len(client.get(PAGES["project_list"], headers=ACCEPTS).content)
    assert abs(length - got) <= 101


def test_length_of_a_compressed_page_does_not_tell_what_is_in_it(catalogue, client):
    lengths = {len(client.get("/admin/login/", headers=ACCEPTS).content) for _ in range(20)}
    assert len(lengths) > 1


def test_page_full_of_cards_is_light(client):
    call_command("make_catalogue", projects=60, stdout=io.StringIO(), stderr=io.StringIO())
    response = client.get(PAGES["project_list"], headers=ACCEPTS)
    assert gzip.decompress(response.content).count(b'<article class="card">') == 24
    assert len(response.serialize()) <= PAGE_MAX


@pytest.mark.parametrize("address", PICTURES.values())
def test_picture_is_sent_as_it_is(catalogue, client, address):
    response = client.get(address, headers=ACCEPTS)
    assert not response.has_header("Content-Encoding")
    assert not response["ETag"].startswith("W/")
