"""What the Mozilla Observatory gives for every kind of answer, as production serves it."""

from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

import pytest

from projects.models import Project
from showcase.models import Redirect
from tests.catalogue import FILES, PAGES, PICTURES

from .observatory import Scan, results, score
from .production import BEHIND_TLS, HOST

pytestmark = pytest.mark.django_db

PUBLIC, ADMIN = 150, 140
ELSEWHERE = "https://elsewhere.example"
FOUND = [*PAGES.values(), *FILES.values(), *PICTURES.values(), "/de/", "/de/projects/virter/"]
FOUND += ["/static/css/base.css", "/static/js/theme.js", "/static/img/icon.svg"]
FOUND.remove(FILES["favicon"])
MOVED = ["/projects", "/former/", "/de/former/"]
MISSING = ["/nothing/", "/projects/nothing/", "/projects/nothing/feed.atom", "/static/nothing.js"]
WITHDRAWN = ["/projects/other-1/", "/projects/other-1/card.png"]
EDITED = ["/admin/", "/admin/projects/project/", "/admin/projects/project/add/", "/admin/nothing/"]
EDITED += ["/admin/next-fixes/", "/admin/password_change/", "/static/admin/css/base.css"]


def seen(site, address, method="GET", **headers):
    """Ask over TLS, without it, and from a page of another site."""
    answer = site.ask(address, method, **BEHIND_TLS | headers)
    plain = site.ask(address, method, host=HOST)
    other = site.ask(address, method, **BEHIND_TLS | headers | {"origin": ELSEWHERE})
    body = answer.text if "html" in answer.headers.get("content-type", "") else ""
    return answer, Scan(
        f"https://{HOST}{address}",
        listed(answer.headers),
        body,
        plain.headers.get("location"),
        listed(other.headers),
    )


def listed(headers):
    return {name.lower(): [value] for name, value in headers.items()}


def assert_score(scan, least):
    assert score(scan) >= least, (scan.url, results(scan))


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({}, "", 10),
        ({"content-security-policy": "script-src * 'unsafe-inline'"}, "", 15),
        ({"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}, "", 55),
        ({"strict-transport-security": "max-age=60"}, "", 20),
        ({"set-cookie": "sessionid=1; SameSite=Lax"}, "", 0),
        ({"content-type": "text/html"}, '<script src="//x.example/x.js"></script>', 0),
    ],
)
def test_what_protects_nobody_has_few_points(headers, body, expected):
    scan = Scan(f"https://{HOST}/", listed(headers), body)
    assert max(score(scan), 0) == expected, results(scan)


def test_every_public_address_has_150_points(full_site):
    Redirect.objects.create(old_path="/former/", new_path="/projects/")
    Project.objects.filter(slug="other-1").update(state="withdrawn")
    kinds = {200: FOUND, 301: MOVED, 302: [FILES["favicon"]], 404: MISSING, 410: WITHDRAWN}
    for status, addresses in kinds.items():
        for address in addresses:
            answer, scan = seen(full_site, address)
            assert answer.status == status, address
            assert_score(scan, PUBLIC)


def test_so_has_what_is_refused_and_what_was_seen_before(full_site, monkeypatch):
    tag = full_site.ask("/", **BEHIND_TLS).headers["etag"]
    cases = [
        (304, "/", "GET", {"if_none_match": tag}),
        (200, "/", "HEAD", {}),
        (400, f"/?{'a&' * 1_500}", "GET", {}),
        (403, "/contact/", "POST", {"origin": ELSEWHERE}),
        (405, "/projects/", "POST", {}),
        (405, "/", "TRACE", {}),
    ]
    for status, address, method, headers in cases:
        answer, scan = seen(full_site, address, method, **headers)
        assert answer.status == status
        assert_score(scan, PUBLIC)


@pytest.mark.parametrize(("error", "status"), [(ValueError, 500), (OperationalError, 503)])
def test_so_has_what_broke(error, status, full_site, monkeypatch):
    def fail(*args):
        raise error

    monkeypatch.setattr("projects.views.ProjectListView.get_queryset", fail)
    answer, scan = seen(full_site, "/projects/")
    assert answer.status == status
    assert_score(scan, PUBLIC)


def test_every_kind_of_page_of_the_admin_has_140_points(behind_tls, catalogue):
    editor = Client(raise_request_exception=False)
    ask = {"secure": True, "headers": {"host": HOST}}
    login = editor.get("/admin/login/", **ask)
    refused = Client(enforce_csrf_checks=True).post("/admin/login/", **ask)
    sent_away = editor.get("/admin/", **ask)
    editor.force_login(User.objects.create_superuser("ada", password="correct horse battery"))
    pages = [editor.get(address, **ask) for address in EDITED]
    for response in (login, refused, sent_away, *pages):
        headers = listed(response.headers)
        headers["set-cookie"] = [cookie.OutputString() for cookie in response.cookies.values()]
        html = b"".join(response).decode()
        address = response.request["PATH_INFO"]
        plain = editor.get(address, headers={"host": HOST})
        scan = Scan(f"https://{HOST}{address}", headers, html, plain["Location"])
        assert_score(scan, ADMIN)
