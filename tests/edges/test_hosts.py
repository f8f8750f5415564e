"""Nobody but the operator says under which name, by which scheme and where the site is reached."""

import re

from django.contrib.auth.models import User
from django.test import Client

import pytest

from showcase.models import Redirect
from tests.serving.asking import Site

from .production import BEHIND_TLS, HOST

pytestmark = pytest.mark.django_db

STRANGE_HOSTS = [
    *("evil.example", f"{HOST}.evil.example", f"evil.example:{HOST}", f"{HOST}@evil.example"),
    *(f"{HOST}:80@evil.example", f"{HOST}:evil", f"{HOST},evil.example", f"{HOST} evil.example"),
    *(f"{HOST}/evil", f"{HOST}\\evil", f"{HOST}?evil", f"{HOST}#evil", f"{HOST}%00.evil", "%", ""),
    *(f"{HOST}\0", f"{HOST}\t", f"\xe9.{HOST}", "[::1", "[::1]evil", "0", "127.1", "x" * 5_000),
]
# What servers and frameworks elsewhere believe.
FORGED = {
    "x_forwarded_host": "evil.example",
    "x_forwarded_port": "666",
    "x_forwarded_prefix": "/evil",
    "x_forwarded_server": "evil.example",
    "x_host": "evil.example",
    "x_original_url": "/evil/",
    "x_rewrite_url": "/evil/",
    "x_http_method_override": "DELETE",
    "x_script_name": "/evil",
    "forwarded": "host=evil.example;proto=http",
}
FORGED_SCHEME = {
    "x_forwarded_protocol": "https",
    "x_forwarded_ssl": "on",
    "x_forwarded_scheme": "https",
    "x_url_scheme": "https",
    "x_scheme": "https",
    "front_end_https": "on",
    "forwarded": "proto=https",
    "cloudfront_forwarded_proto": "https",
}
AWAY = [
    *(
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
    ),
    *("\t//evil.example", "https:evil.example", "https:/evil.example", "http:///evil.example"),
    *("https://evil.example", "javascript:alert(1)", "data:text/html,x", "/%09/evil.example"),
    *("//evil.example%2f..", f"https://{HOST}@evil.example", f"https://{HOST}.evil.example"),
    *("/%2f%2fevil.example", "%2f%2fevil.example", "/%5cevil.example", "/.//evil.example", "/\0/x"),
    *("//[::1]", "http://[evil", f"http://{HOST}:80/x", "/\r\nSet-Cookie: a=b", "ftp://x"),
]


def is_ours(location):
    """Tell whether a browser that follows this stays on the site."""
    # Browsers drop these signs, and take one slash for the other.
    there = location.translate({9: None, 10: None, 13: None}).strip().replace("\\", "/")
    return re.match(rf"https://{re.escape(HOST)}/|(?!//)[^:/]*(/|$)", there) is not None


def test_strange_host_is_refused_without_being_repeated(site):
    for host in STRANGE_HOSTS:
        for address in ("/", "/nothing/", "/admin/"):
            answer = site.ask(address, **BEHIND_TLS | {"host": host})
            assert answer.status == 400, (host, address)
            assert "evil" not in answer.text


def test_other_spelling_of_the_host_is_on_no_page(site):
    for host in (f"{HOST}:8443", f"{HOST}:1", f"{HOST}.", HOST.upper()):
        ask = BEHIND_TLS | {"host": host}
        for address in ("/projects/", "/contact/", "/sitemap.xml", "/projects.atom", "/nothing/"):
            assert host not in site.ask(address, **ask).text
        assert site.ask("/projects", **ask).headers["location"] == "/projects/"


def test_headers_that_no_proxy_of_ours_sets_change_nothing(site):
    for address in ("/", "/projects", "/nothing/", "/sitemap.xml", "/admin/", "/feeds/"):
        plain = site.ask(address, **BEHIND_TLS)
        assert site.ask(address, **BEHIND_TLS, **FORGED) == plain, address


def test_scheme_is_believed_from_the_one_header_that_the_operator_named(site, settings):
    assert site.ask("/", host=HOST, **FORGED_SCHEME).status == 301
    assert (
        site.ask("/", **BEHIND_TLS | {"x_forwarded_proto": "http"}, **FORGED_SCHEME).status == 301
    )
    settings.SECURE_PROXY_SSL_HEADER = None
    assert Site().ask("/", **BEHIND_TLS).status == 301


def test_no_redirect_of_an_address_leads_away(site):
    Redirect.objects.create(old_path="/former/", new_path="/projects/")
    for place in AWAY:
        asked = [f"/{place}/projects", f"/former/{place}", f"/projects?next={place}"]
        for address in asked:
            location = site.ask(address, **BEHIND_TLS).headers.get("location", "/")
            assert is_ours(location), (address, location)
            assert location.isprintable()
        plain = site.ask(f"/{place}", host=HOST)
        assert is_ours(plain.headers["location"]), place


def test_no_sign_in_or_sign_out_leads_away(behind_tls):
    User.objects.create_superuser("ada", password="correct horse battery")
    ask = {"secure": True, "headers": {"host": HOST}}
    browser = Client()
    for place in AWAY:
        words = {"username": "ada", "password": "correct horse battery", "next": place}
        signed_in = browser.post("/admin/login/", words, query_params={"next": place}, **ask)
        again = browser.get("/admin/login/", {"next": place}, **ask)
        signed_out = browser.post("/admin/logout/", {"next": place}, **ask)
        assert signed_in.status_code == again.status_code == 302
        for response in (signed_in, again, signed_out):
            assert is_ours(response.get("Location", "/")), (place, response["Location"])
