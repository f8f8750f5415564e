"""What holds on every page, and on every file, of the site."""

import re
from itertools import pairwise

from django.test import Client

import pytest

from showcase.enquiries import forms

from ..catalogue import FILES, PAGES, PICTURES, PROBES
from .document import HEADINGS, Document
from .patterns import public_names

pytestmark = pytest.mark.django_db

BASE_URL = "http://localhost:8000"
TEXTS = [*PAGES.values(), *FILES.values(), *PROBES.values()]
ADDRESSES = [*TEXTS, *PICTURES.values()]
WITHOUT_CATALOGUE = {"home", "feeds", "changelog", "compare", "facet", "contact", "contact_thanks"}
MISTAKES = ["/projects/nothing-like-it/", "/projects/?" + "&".join("a" * 1001)]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def pages(catalogue, visit):
    """Every kind of page of a full catalogue, by its address."""
    return {address: visit(address) for address in PAGES.values()}


def test_every_address_of_the_site_is_walked_here():
    names = {name.partition(":")[2] for name, _ in public_names()}
    # There is no such file unless a setting says whom to write to.
    names.remove("security")
    # Nor are there metrics unless one says who may ask.
    names.remove("metrics")
    # A preview is walked where there is something to preview.
    names.remove("preview")
    assert names == {*PAGES, *FILES, *PICTURES, *PROBES} - {"project_list_narrowed"}


def test_pages_are_well_formed(pages):
    assert {address: page.problems for address, page in pages.items() if page.problems} == {}


def test_pages_of_an_empty_catalogue_are_well_formed_or_not_there(client):
    for name, address in PAGES.items():
        response = client.get(address)
        is_there = name in WITHOUT_CATALOGUE or "_list" in name
        assert response.status_code == (200 if is_there else 404), address
        assert Document(response.text).problems == []


def test_links_of_an_empty_catalogue_lead_somewhere(visit):
    for address in ("/", "/projects/", "/feeds/", "/changelog/"):
        inside = {link["href"] for link in visit(address).all("a") if link["href"][0] == "/"}
        assert inside
        for href in inside:
            visit(href)


def test_pages_have_one_first_heading_and_leave_out_no_level(pages):
    for address, page in pages.items():
        levels = [HEADINGS.index(heading.tag) for heading in page.all(*HEADINGS)]
        assert levels.index(0) == 0, address
        assert levels.count(0) == 1, address
        assert [step for step in pairwise(levels) if step[1] > step[0] + 1] == [], address


def test_pages_say_what_they_are(pages):
    for address, page in pages.items():
        assert re.fullmatch(r".+ · .+", page.title), address
        assert 10 <= len(page.meta("description")) <= 300, address


def test_no_two_pages_have_the_same_title(pages):
    titles = [page.title for address, page in pages.items() if "?" not in address]
    assert len(set(titles)) == len(titles)


def test_pages_name_their_address_on_the_base_url(pages):
    for address, page in pages.items():
        assert page.canonical == f"{BASE_URL}{address}"


def test_pages_have_landmarks_and_a_way_to_the_content(pages):
    for page in pages.values():
        assert page.one("html")["lang"] == "en-GB"
        assert page.one("main")["id"] == "main"
        assert page.all("a")[0]["href"] == "#main"
        for tag in ("header", "footer"):
            assert page.one(tag, class_=f"site-{tag}").parent.tag == "body"
        labels = [nav["aria-label"] for nav in page.all("nav")]
        assert len(set(labels)) == len(labels)


def test_pages_refer_only_to_ids_that_they_have(pages):
    names = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
    for address, page in pages.items():
        ids = {element["id"] for element in page.having("id")}
        wanted = {link["href"][1:] for link in page.all("a") if link["href"][0] == "#"}
        wanted |= {element[name] for name in names for element in page.having(name)}
        assert wanted - ids == set(), address


def test_links_have_words_and_lead_somewhere(pages, client):
    links = {(link["href"], link.text) for page in pages.values() for link in page.all("a")}
    assert all(href and text for href, text in links)
    inside = {href for href, _ in links if href.startswith("/")}
    assert {href for href in inside if client.get(href).status_code != 200} == set()


def test_links_that_leave_the_site_give_nothing_away(pages):
    outside = [
        link for page in pages.values() for link in page.all("a") if link["href"].startswith("http")
    ]
    assert outside
    assert [link["href"] for link in outside if "noopener" not in link["rel"].split()] == []


def test_pages_carry_no_style_or_script_of_their_own(pages):
    for address, page in pages.items():
        for element in page:
            assert element.tag != "style", address
            # A script comes from a file; `test_pages_load_only_static_files` looks where from.
            assert element.tag != "script" or (element["src"] and not element.children), address
            assert not [name for name in element.attributes if re.match("on|style", name)], address


def test_pages_load_only_static_files(pages):
    for page in pages.values():
        loaded = {element["src"] for element in page.having("src")}
        for kind in ("stylesheet", "icon"):
            loaded |= {link["href"] for link in page.all("link", rel=kind)}
        assert loaded
        assert {address for address in loaded if not address.startswith("/static/")} == set()


def test_no_cookie_is_set(catalogue, client):
    for address in ADDRESSES + MISTAKES:
        assert not client.get(address).cookies, address


def test_every_answer_carries_the_policy_and_its_companions(catalogue, client):
    for address in ADDRESSES + MISTAKES:
        headers = client.get(address).headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "camera=(), " in headers["Permissions-Policy"]


def test_every_text_is_in_the_charset_that_it_tells(catalogue, client):
    for address in TEXTS + MISTAKES:
        response = client.get(address)
        declaration = response["Content-Type"] + response.text[:40]
        assert "utf-8" in declaration.lower(), address
        response.content.decode("utf-8")


def test_head_has_the_same_status_and_no_body(catalogue, client):
    for address in ADDRESSES + MISTAKES:
        response = client.head(address)
        assert response.status_code == client.get(address).status_code, address
        assert response.content == b"", address


def test_nothing_public_but_the_form_takes_anything(catalogue):
    # As in earnest: a form without a token would be refused for lack of it.
    client = Client(enforce_csrf_checks=True)
    for address in ADDRESSES:
        takes = ["POST"] if address == PAGES["contact"] else []
        for method in {"POST", "PUT", "PATCH", "DELETE", "TRACE"}.difference(takes):
            response = client.generic(method, address)
            assert response.status_code == 405, (method, address)
            assert response["Allow"] == ", ".join(["GET", "HEAD", *takes])
            assert "it can only be read" in response.text


def test_parameters_that_mean_nothing_change_nothing(catalogue, client, monkeypatch):
    monkeypatch.setattr(forms, "began_now", lambda: "now")
    for address in ADDRESSES:
        sign = "&" if "?" in address else "?"
        assert client.get(f"{address}{sign}utm_source=x").content == client.get(address).content
