"""Settings that make sense each by itself, and none together.

Each sentence names all of them, and which of them to change.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .connections import is_sqlite

# As Django's own check has it (security.W009).
KEY_MIN_LENGTH = 50

type Values = Mapping[str, Any]


def contradictions(given: Values) -> Iterator[str]:
    """Yield what is wrong with settings together, by the values of all variables."""
    yield from of_the_address(given)
    yield from of_proxies(given)
    yield from of_databases(given)
    yield from of_mail(given)


def of_the_address(given: Values) -> Iterator[str]:
    """Yield what does not go with whether visitors come over TLS."""
    is_https = given["BASE_URL"].startswith("https://")
    if given["HSTS_PRELOAD"] and not is_https:
        yield (
            "HSTS_PRELOAD is on, and BASE_URL does not begin with https://. Give the address that "
            "visitors use, or leave HSTS_PRELOAD out."
        )
    if given["DEBUG"] and is_https:
        yield (
            "DEBUG is on, and BASE_URL is one that visitors use: they would be shown code and "
            "settings. Leave DEBUG out, or give an address with http://."
        )
    if is_https and 0 < len(given["SECRET_KEY"]) < KEY_MIN_LENGTH:
        yield (
            f"SECRET_KEY has fewer than {KEY_MIN_LENGTH} signs, and BASE_URL is one that visitors "
            "use: it can be guessed. Set it to a long random text; .env.example says how to make "
            "one."
        )


def of_proxies(given: Values) -> Iterator[str]:
    if given["PROXY_SCHEME_HEADER"] and not given["PROXY_ADDRESS_HEADER"]:
        yield (
            "PROXY_SCHEME_HEADER says that there is a proxy, and PROXY_ADDRESS_HEADER is not set: "
            "all visitors would count as one, and be refused together where one sends too much. "
            "Name the header at whose end the proxy adds the visitor's address, such as "
            "X-Forwarded-For."
        )


def of_databases(given: Values) -> Iterator[str]:
    primary, replica = given["DATABASE_URL"], given["DATABASE_REPLICA_URL"]
    if not replica:
        return
    if is_sqlite(primary) or is_sqlite(replica):
        yield (
            "DATABASE_REPLICA_URL needs PostgreSQL there and in DATABASE_URL: SQLite has no "
            "replicas. Leave it out, or give both."
        )
    elif place(primary) == place(replica):
        yield (
            "DATABASE_REPLICA_URL names the database that DATABASE_URL names. Leave it out, or "
            "give the address of a streaming replica."
        )


def place(config: dict[str, Any]) -> tuple[str, ...]:
    """Return where a server listens, and which of its databases is meant, whoever asks."""
    given = config.get("OPTIONS", {})
    host = given.get("host") or config["HOST"]
    return host, str(given.get("port") or config["PORT"] or 5432), config["NAME"]


def of_mail(given: Values) -> Iterator[str]:
    for name in ("ENQUIRIES_TO", "ERRORS_TO"):
        if given[name] and not given["EMAIL_URL"] and not given["DEBUG"]:
            yield (
                f"{name} says who gets mail, and EMAIL_URL is not set: it would be printed into "
                f"the log. Give the mail server in EMAIL_URL, or leave {name} out."
            )
