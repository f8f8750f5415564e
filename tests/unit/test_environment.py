"""What the readers of settings make of a text."""

import pytest

from showcase import environment

HINT = {
    environment.flag: "Write on, true, yes, y or 1 for yes, off, false, no, n or 0 for no.",
    environment.log_level: "Write DEBUG, INFO, WARNING, ERROR or CRITICAL.",
    environment.origin: "Give the site's own address with its scheme",
    environment.contact: "Give an https:, mailto: or tel: address",
    environment.request_header: "Give the name of a header",
    environment.database: "Leave it out for SQLite, or write postgres://",
    environment.mail: "Write smtp://",
    environment.cache: "Write redis://host:6379/0",
    environment.seconds: "Write a number of seconds",
    environment.days: "Write a number of days",
    environment.mailboxes: "Write e-mail addresses",
    environment.log_format: "Write text or json.",
    environment.token: "Write 24 letters, digits or more",
    environment.hosts: "Write names without scheme, port or path",
}


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        *((environment.flag, text, True) for text in ("1", "on", "On", "TRUE", "yes", "y")),
        *((environment.flag, text, False) for text in ("0", "off", "False", "no", "N")),
        (environment.log_level, "debug", "DEBUG"),
        (environment.log_level, "Error", "ERROR"),
        (environment.log_format, "JSON", "json"),
        (environment.token, "a" * 24, "a" * 24),
        (environment.hosts, "a", ["a"]),
        (environment.hosts, ".Example.org, [::1],*", [".Example.org", "[::1]", "*"]),
        (environment.words, "a", ["a"]),
        (environment.words, " a, b ,,", ["a", "b"]),
        (environment.origin, "https://showcase.example.org", "https://showcase.example.org"),
        (environment.origin, "HTTPS://Example.org/", "https://example.org"),
        (environment.origin, "http://localhost:8000", "http://localhost:8000"),
        (environment.origin, "http://127.0.0.1:65535", "http://127.0.0.1:65535"),
        (environment.origin, "http://[::1]:8000", "http://[::1]:8000"),
        (environment.contact, "mailto:security@example.org", "mailto:security@example.org"),
        (environment.contact, "https://example.org/report?a=1", "https://example.org/report?a=1"),
        (environment.contact, "tel:+43-1-234", "tel:+43-1-234"),
        (environment.request_header, "X-Forwarded-Proto", "HTTP_X_FORWARDED_PROTO"),
        *(
            (environment.cache, text, text)
            for text in ("redis://localhost", "rediss://:secret@a:6380/1", "unix:///run/redis.sock")
        ),
        (environment.seconds, "0", 0),
        (environment.seconds, "600", 600),
        (environment.days, "7", 7),
        (environment.days, "730", 730),
        (environment.mailboxes, "a@example.org, b@example.org", ["a@example.org", "b@example.org"]),
    ],
)
def test_what_makes_sense_is_read(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((environment.flag, text) for text in ("maybe", "2", "-1", "ture", "on off")),
        *((environment.log_format, text) for text in ("xml", "text json")),
        *((environment.token, text) for text in ("hush", "a" * 23, "ä" * 24, "a b" * 24)),
        *((environment.hosts, text) for text in ("http://a", "a:8000", "a/b", "a b", "*.a", "a_b")),
        *((environment.days, text) for text in ("0", "6", "731", "-7", "7.5", "²", "ever")),
        *((environment.mailboxes, text) for text in ("a", "a@b", "A <a@example.org>", "a;b@c.org")),
        *((environment.seconds, text) for text in ("-1", "1.5", "1h", "9" * 7, "²")),
        *(
            (environment.cache, text)
            for text in (
                "localhost",
                "redis://",
                "memcached://a",
                "unix:",
                "redis://a:b",
                "http://a",
            )
        ),
        *((environment.log_level, text) for text in ("loud", "10", "NOTSET", "warn")),
        *(
            (environment.origin, f"http://{rest}")
            for rest in (
                *("", "*", "*.example.org", ".example.org", "a..b", "a_b", "-a", "bücher.example"),
                *("a?b=c", "a?", "a#b", "a#", "a/b", "user@a", "user:password@a", "a b", "a\nb"),
                *("a:", "a:0", "a:65536", "a:b", "a:²", ":8000", "[::1", "[x]", "[1::2::3]"),
            )
        ),
        *((environment.origin, text) for text in ("a", "//a", "ftp://a", "https:a", "https:///a")),
        *(
            (environment.contact, text)
            for text in (
                *("javascript:alert(1)", "security@example.org", "http://example.org", "https://"),
                *(
                    "https:///a",
                    "mailto:",
                    "mailto:nobody",
                    "tel:",
                    "tel:me",
                    "https://a\nExpires:",
                ),
            )
        ),
        *((environment.request_header, text) for text in ("X-A: https", "-", "X_A", "ä", "X A")),
        *(
            (environment.database, text)
            for text in (
                *("foo", "foo://x", "mysql://u@h/n", "postgres", "postgres:", "://", "Postgres"),
                *("postgres://", "postgres://h", "postgres://h/", "postgres://u:p/q@h/n"),
                *("postgres://h:abc/n", "postgres://h:65536/n", "postgres://[::1/n"),
                *("sqlite:", "sqlite://", "sqlite:///", "sqlite://host/path"),
                "postgres://u:p#w@h/n",
            )
        ),
        *(
            (environment.mail, text)
            for text in (
                *("foo", "h:25", "http://h", "smtps://h", "smtp:", "smtp://", "smtp://:25"),
                *(
                    "smtp://h:abc",
                    "smtp://h:65536",
                    "smtp://u:p/q@h",
                    "smtp://h/path",
                    "smtp://h?a",
                ),
            )
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_write(read, text):
    with pytest.raises(ValueError, match=r"^(is|names|cannot be read)\b") as refusal:
        read(text)
    assert HINT[read] in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "name", "host", "port"),
    [
        ("postgres://user:password@db.example.org:5432/name", "name", "db.example.org", 5432),
        ("postgresql://db/name?sslmode=require", "name", "db", ""),
        ("postgres:///name", "name", "", ""),
    ],
)
def test_address_of_a_postgresql_database_is_read(url, name, host, port):
    database = environment.database(url)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["HOST"], database["PORT"]) == (name, host, port)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////site.sqlite3", "/site.sqlite3"),
        ("sqlite:///site.sqlite3", "site.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_address_of_an_sqlite_database_is_read(url, name):
    database = environment.database(url)
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", name)


@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("smtp://h", {"port": 25}),
        ("smtp+tls://h", {"port": 587, "use_tls": True}),
        ("smtp+ssl://h", {"port": 465, "use_ssl": True}),
        ("smtp://u%40x:p%2Fq@h:2525/", {"port": 2525, "username": "u@x", "password": "p/q"}),
    ],
)
def test_way_of_sending_mail_is_read(url, options):
    unnamed = {"username": "", "password": "", "timeout": environment.MAIL_TIMEOUT}
    assert environment.mail(url)["OPTIONS"] == unnamed | {"host": "h"} | options


def test_folder_of_an_sqlite_database_has_to_be_there():
    with pytest.raises(ValueError, match="a file in /nowhere/at, and there is no such folder"):
        environment.database("sqlite:////nowhere/at/all")
