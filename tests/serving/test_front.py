"""Pages that are the same for everybody come from memory, and are never stale."""

from django.contrib.auth.models import User
from django.test import override_settings
from django.urls import URLPattern, get_resolver, set_script_prefix
from django.utils import timezone

import pytest

from projects import public_state
from projects.models import ChangelogEntry, Project
from projects.snapshot import present
from showcase.models import MissedSearch, Page
from showcase.serving import addresses, policy, release
from tests.factories import make_draft, make_project

from .asking import Site, rename

pytestmark = pytest.mark.django_db(transaction=True)

EVERY_KIND = [
    *("/", "/about/", "/feeds/", "/opensearch.xml", "/robots.txt", "/llms.txt", "/sitemap.xml"),
    "/sitemap-people.xml",
    *("/projects/", "/projects/?tag=storage", "/projects/?q=virtual", "/projects/narrow/tag/"),
    *("/projects/virter/", "/projects.atom", "/projects/virter/feed.atom", "/suggest/?q=vi"),
    *("/compare/?project=virter", "/products/", "/products/linstor/", "/upstream/"),
    *("/upstream/libbpf-rs/", "/tags/", "/tags/storage/", "/tags/storage/feed.atom"),
    *("/collections/", "/releases/", "/releases.atom", "/changelog/", "/changelog.atom"),
    *("/people/", "/people/roland-kammerer/", "/de/", "/de/projects/virter/", "/de/people/"),
]
# Django alone answers these: what they show differs from one who asks to the next, or they have a
# way of their own to be kept.
NOT_KEPT = {
    *(
        "projects:preview",
        "files:healthz",
        "files:metrics",
        "files:readyz",
        "files:security",
        "files:favicon",
    ),
    *("showcase:manifest", "files:card", "projects:project_card", "projects:product_card"),
    *("people:person_card", "showcase:contact", "showcase:contact_thanks"),
}


def test_a_page_is_made_once(site, subtests):
    for address in EVERY_KIND:
        with subtests.test(address):
            first = site.ask(address)
            assert first.status == 200
            assert site.count(address) == 0
            assert site.ask(address) == first


def test_who_has_a_page_is_told_so_in_a_line(site, subtests):
    for address in EVERY_KIND:
        with subtests.test(address):
            first = site.ask(address)
            again = site.ask(address, if_none_match=f'"other", {first.headers["etag"]}')
            assert (again.status, again.body) == (304, b"")
            for name in ("etag", "vary", "cache-control"):
                assert again.headers[name] == first.headers[name]
            assert "content-length" not in again.headers


def test_page_is_recognised_by_a_tag_that_somebody_on_the_way_made_strong(site):
    tag = site.ask("/").headers["etag"].removeprefix("W/")
    assert site.ask("/", if_none_match=tag).status == 304


def test_a_page_that_nobody_kept_is_recognised_too(site):
    tag = site.ask("/projects/").headers["etag"]
    assert Site().ask("/projects/", if_none_match=tag).status == 304


def test_a_write_is_in_the_next_answer_of_every_process(site):
    other = Site()
    for number in range(3):
        tags = [each.ask("/projects/virter/").headers["etag"] for each in (site, other)]
        assert len({*tags}) == 1
        rename(f"Number {number}")
        for each in (site, other):
            answer = each.ask("/projects/virter/", if_none_match=tags[0])
            assert answer.status == 200
            assert f"Number {number}" in answer.text


def test_a_draft_changes_no_page(site):
    site.ask("/")
    make_draft("Wombat")
    assert site.count("/") == 0


def test_an_entry_whose_moment_comes_is_in_the_next_answer(site):
    soon = timezone.now() + timezone.timedelta(milliseconds=400)
    make_project("Due", published_at=soon)
    assert "Due" not in site.ask("/projects/").text
    while timezone.now() <= soon:
        pass
    assert "Due" in site.ask("/projects/").text


def test_the_hour_of_the_last_change_is_told_and_recognised(site, monkeypatch):
    state = public_state.as_written()
    monkeypatch.setattr("showcase.serving.front.time", lambda: state.since + 60)
    monkeypatch.setattr(site.front, "release", release.Release("one", 0))
    told = site.ask("/").headers["last-modified"]
    assert site.ask("/", if_modified_since=told).status == 304
    Page.objects.update(title="Other")
    assert site.ask("/", if_modified_since=told).status == 200


def test_within_its_second_a_change_has_no_hour(site, monkeypatch):
    state = public_state.as_written()
    monkeypatch.setattr("showcase.serving.front.time", lambda: state.since)
    monkeypatch.setattr(site.front, "release", release.Release("one", 0))
    assert "last-modified" not in site.ask("/").headers


@pytest.mark.parametrize("said", ["*", "nonsense", "W/", '"', "Thu, 99 Foo"])
def test_conditions_that_make_no_sense_are_no_conditions(said, site):
    assert site.ask("/", if_none_match=said).status == 200
    assert site.ask("/", if_modified_since=said).status == 200


# Addresses


def test_parameters_that_nobody_reads_are_dropped(site):
    plain = site.ask("/projects/?tag=storage")
    assert site.count("/projects/?utm_source=<quokka>&tag=storage&fbclid=7") == 0
    flooded = site.ask("/projects/?utm_source=quokka&tag=storage")
    assert (flooded.body, flooded.headers["etag"]) == (plain.body, plain.headers["etag"])


def test_the_order_of_parameters_does_not_count(site):
    site.ask("/projects/?tag=storage&q=virtual")
    assert site.count("/projects/?q=virtual&tag=storage") == 0


def test_the_order_of_the_values_of_a_parameter_does(site):
    site.ask("/compare/?project=virter&project=linstor-csi")
    assert site.count("/compare/?project=linstor-csi&project=virter") == 1


@pytest.mark.parametrize(
    "address",
    [
        "/admin/login/",
        "/healthz",
        "/preview/nothing/",
        "/projects/?q=" + "x" * 3_000,
        "/projects/?" + "&".join(["tag=a"] * 200),
        "/projects",
        "/nowhere/",
        "/projects/ü/",
    ],
)
def test_what_is_not_for_everybody_is_left_to_django(address, site):
    assert site.count(address) == 1
    assert site.count(address) == 1


def test_bytes_that_are_no_text_are_left_to_django(site):
    assert addresses.canonical("/projects/\xff", "") is None
    assert addresses.canonical("/projects/", "q=\xff") is None


def test_request_from_below_another_path_changes_nothing_for_the_next(site):
    set_script_prefix("/elsewhere/")
    try:
        assert site.ask("/people/").headers["etag"]
    finally:
        set_script_prefix("/")


def test_each_view_is_either_kept_or_known_not_to_be():
    assert {*views(get_resolver().url_patterns)} == {*addresses.PARAMETERS} | NOT_KEPT


def views(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and namespace:
                yield f"{namespace}:{pattern.name}"
        elif pattern.namespace != "admin":
            yield from views(pattern.url_patterns, pattern.namespace or namespace)


# Who asks


def test_no_header_of_a_visitor_reaches_the_page(site):
    site.ask(
        "/",
        cookie="session=secret; csrf=secret",
        accept_language="de",
        authorization="Basic secret",
        x_forwarded_for="secret",
        x_forwarded_host="secret.example",
        user_agent="secret",
    )
    (made,) = site.came_through
    assert "secret" not in str(made)
    assert made["HTTP_HOST"] == "localhost:8000"


@override_settings(ALLOWED_HOSTS=["localhost", "other.example"])
def test_another_name_of_the_host_shows_the_same_page(site, monkeypatch):
    monkeypatch.setattr("showcase.serving.front.is_ours", lambda host: True)
    assert site.ask("/sitemap.xml", host="other.example") == site.ask("/sitemap.xml")
    assert "other.example" not in site.ask("/sitemap.xml", host="other.example").text


@pytest.mark.parametrize("host", ["evil.example", "", "localhost@evil.example", "localhost/x"])
def test_a_strange_name_of_the_host_is_refused_though_the_page_is_kept(host, site):
    site.ask("/")
    assert site.ask("/", host=host).status == 400


def test_editors_who_are_signed_in_get_the_same_page(site, client):
    client.force_login(User.objects.create_user("ada", is_staff=True))
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert site.ask("/", cookie=cookie) == site.ask("/")
    assert "set-cookie" not in site.ask("/", cookie=cookie).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_what_is_sent_is_refused_though_the_page_is_kept(method, site):
    site.ask("/")
    assert site.ask("/", method).status == 405


def test_the_mere_head_has_the_headers_of_the_page(site):
    page = site.ask("/")
    assert site.ask("/", "HEAD") == type(page)(page.status, page.headers, b"")


@pytest.fixture
def behind_a_proxy(monkeypatch):
    with override_settings(
        BASE_URL="https://localhost",
        SECURE_SSL_REDIRECT=True,
        SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    ):
        yield


def test_behind_tls_only_tls_gets_pages(behind_a_proxy, catalogue):
    site = Site()
    assert site.ask("/", x_forwarded_proto="https").status == 200
    assert site.ask("/").status == 301
    assert site.ask("/", x_forwarded_proto="http").status == 301
    assert site.ask("/", x_forwarded_proto="https").status == 200


# What is not kept


@pytest.mark.parametrize("address", ["/projects/nothing/", "/tags/nothing/", "/changelog/1999/"])
def test_what_is_not_there_is_not_kept_and_has_no_tag(address, site):
    answer = site.ask(address)
    assert answer.status == 404
    assert "etag" not in answer.headers
    assert site.count(address) == 1


def test_a_withdrawn_entry_is_gone_at_once(site):
    site.ask("/projects/virter/")
    Project.objects.filter(slug="virter").update(state="withdrawn")
    assert site.ask("/projects/virter/").status == 410


def test_a_search_in_vain_counts_each_time(site):
    for _ in range(2):
        assert site.ask("/projects/?q=zzyzzyva").status == 200
    assert MissedSearch.objects.get(words="zzyzzyva").count == 2


def test_what_was_made_of_an_older_state_is_not_kept(site, monkeypatch):
    site.ask("/projects/")
    rename("Newer")
    with monkeypatch.context() as patch:
        patch.setattr("projects.snapshot.keeping.PATIENCE", 0.01)
        # Somebody else of this process is reading the catalogue, for long.
        with present.__self__.lock:
            answer = site.ask("/projects/")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"
    assert "Newer" in site.ask("/projects/").text


# Policy


def test_every_answer_says_who_may_keep_it(site):
    assert site.ask("/").headers["cache-control"] == "public, no-cache"
    assert site.ask("/nowhere/").headers["cache-control"] == "no-cache"
    assert "no-store" in site.ask("/admin/login/").headers["cache-control"]


def test_nobody_may_keep_what_broke(site, monkeypatch):
    def fail(self):
        raise ValueError

    monkeypatch.setattr("projects.views.ProjectListView.get_queryset", fail)
    answer = site.ask("/projects/")
    assert (answer.status, answer.headers["cache-control"]) == (500, "no-cache")


def test_a_cdn_may_be_allowed_to_answer_by_itself(site, settings):
    settings.CDN_SECONDS = 30
    policy.headers.cache_clear()
    try:
        headers = site.ask("/").headers
        assert headers["cache-control"] == "public, no-cache"
        assert headers["cdn-cache-control"].startswith("public, max-age=30, stale-while-revalidate")
    finally:
        policy.headers.cache_clear()


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITE_NAME", "Another"), ("CDN_SECONDS", 7), ("SECURE_HSTS_PRELOAD", True)],
)
def test_settings_that_pages_or_their_headers_show_make_other_pages(
    name, value, tmp_path, settings
):
    before = release.present(tmp_path)
    setattr(settings, name, value)
    assert release.present(tmp_path).token != before.token


def test_other_code_makes_other_pages(tmp_path):
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    page.write_text("one")
    one = release.present(tmp_path)
    assert release.present(tmp_path).token == one.token
    page.write_text("two")
    assert release.present(tmp_path).token != one.token
    page.write_text("one")
    assert release.present(tmp_path).token == one.token


def test_without_a_database_django_is_asked(site, monkeypatch):
    site.ask("/")
    monkeypatch.setattr(public_state, "current", lambda: public_state.PublicState("", 0))
    assert site.count("/") == 1


def test_the_changelog_of_a_year_is_kept(site):
    year = ChangelogEntry.objects.first().date.year
    site.ask(f"/changelog/{year}/")
    assert site.count(f"/changelog/{year}/") == 0
