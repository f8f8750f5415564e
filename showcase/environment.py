"""What a variable of the environment may say; what makes no sense is refused in a sentence.

A reader takes the text of a variable and gives its value; its name is what the documentation calls
that kind of value. Its ValueError is the rest of a sentence that begins with the variable's name.
What may hold a password is not repeated there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

import environ

TRUE = ("on", "true", "yes", "y", "1")
FALSE = ("off", "false", "no", "n", "0")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_FORMATS = ("text", "json")
TOKEN_MIN_LENGTH = 24

# Within a week somebody has time to answer; after two years nobody waits any more.
DAYS_MIN, DAYS_MAX = 7, 730
# A visitor waits while the server is told.
MAIL_TIMEOUT = 10

LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
ORIGIN = re.compile(rf"https?://(?:{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]+\])(?::[1-9][0-9]*)?")
# With a dot in front it stands for all below it, and a star for every one.
HOST = re.compile(rf"\.?{LABEL}(?:\.{LABEL})*|\[[0-9a-f:.]+\]|\*")
CONTACT = re.compile(r"https://[^\s/]\S*|mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9().-]+", re.IGNORECASE)
HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

DATABASE_SCHEMES = ("postgres", "postgresql", "sqlite")
DATABASE_HINT = (
    "Leave it out for SQLite, or write postgres://user:password@host:5432/name, with every odd "
    "sign in the password percent-encoded."
)
# Port and options by scheme.
MAIL_SCHEMES: dict[str, tuple[int, dict[str, bool]]] = {
    "smtp": (25, {}),
    "smtp+tls": (587, {"use_tls": True}),
    "smtp+ssl": (465, {"use_ssl": True}),
}


def flag(text: str) -> bool:
    """Read a yes or a no."""
    if text.lower() not in TRUE + FALSE:
        raise ValueError(f"is {text!r}. Write {_choice(TRUE)} for yes, {_choice(FALSE)} for no.")
    return text.lower() in TRUE


def log_level(text: str) -> str:
    """Read the name of a level in any case."""
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"is {text!r}. Write {_choice(LOG_LEVELS)}.")
    return text.upper()


def log_format(text: str) -> str:
    """Read how lines of the log are written."""
    if text.lower() not in LOG_FORMATS:
        raise ValueError(f"is {text!r}. Write {_choice(LOG_FORMATS)}.")
    return text.lower()


def token(text: str) -> str:
    """Read what somebody shows in a header to be let in; it is a secret."""
    if not re.fullmatch(rf"[A-Za-z0-9._~+/=-]{{{TOKEN_MIN_LENGTH},}}", text):
        raise ValueError(
            f"is too short or has odd signs. Write {TOKEN_MIN_LENGTH} letters, digits or more, "
            "which nobody can guess."
        )
    return text


def hosts(text: str) -> list[str]:
    """Read names of hosts, separated by commas."""
    names = words(text)
    for name in names:
        if not HOST.fullmatch(name.lower()):
            raise ValueError(
                f"names {name!r}, which is no name of a host. Write names without scheme, port or "
                "path, separated by commas."
            )
    return names


def words(text: str) -> list[str]:
    """Read words that are separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]


def origin(text: str) -> str:
    """Read the address of a site: scheme, host and perhaps port, without a slash at the end."""
    address = text.lower().rstrip("/")
    with _or_say(
        "is not an address that a site can have. Give the site's own address with its scheme and "
        "no path, query, user or wildcard, for example https://showcase.example.org."
    ):
        # The port is looked at when it is asked for.
        if not ORIGIN.fullmatch(address) or urlsplit(address).port == 0:
            raise ValueError
    return address


def contact(text: str) -> str:
    """Read where people can be reached, as security.txt has it."""
    if not CONTACT.fullmatch(text):
        raise ValueError(
            f"is {text!r}. Give an https:, mailto: or tel: address, "
            "for example mailto:security@example.org."
        )
    return text


def request_header(text: str) -> str:
    """Read the name of a header and return the one that Django knows it by."""
    if not HEADER.fullmatch(text):
        raise ValueError(f"is {text!r}. Give the name of a header, such as X-Forwarded-Proto.")
    return f"HTTP_{text.upper().replace('-', '_')}"


def database(url: str) -> dict[str, Any]:
    """Read which database to use; there are two engines that the site runs on."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme not in DATABASE_SCHEMES:
        raise ValueError(f"names an engine that this site does not run on. {DATABASE_HINT}")
    with _or_say(f"cannot be read. {DATABASE_HINT}"):
        if "#" in rest:
            raise ValueError
        # Without a path SQLite's data would be gone with the process.
        if scheme == "sqlite" and not re.fullmatch(r":memory:|/.+", rest):
            raise ValueError
        config: dict[str, Any] = environ.Env.db_url_config(url) if separator else {}
        if not config.get("NAME"):
            raise ValueError
    folder = Path(config["NAME"]).parent
    if scheme == "sqlite" and not folder.is_dir():
        raise ValueError(f"names a file in {folder}, and there is no such folder. Make it first.")
    return config


def cache(url: str) -> str:
    """Read where pages are shared."""
    hint = "Write redis://host:6379/0, rediss:// for TLS, or unix:///path?db=0 for a socket."
    with _or_say(f"cannot be read. {hint}"):
        parts = urlsplit(url)
        is_socket = parts.scheme == "unix" and bool(parts.path)
        if not is_socket and not (parts.scheme in ("redis", "rediss") and parts.hostname):
            raise ValueError
        # Reading the port is what finds a wrong one.
        _ = parts.port
    return url


def seconds(text: str) -> int:
    """Read a length of time."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ValueError(f"is {text!r}. Write a number of seconds, 0 for none.")
    return int(text)


def days(text: str) -> int:
    """Read for how many days something is kept."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not DAYS_MIN <= int(text) <= DAYS_MAX:
        raise ValueError(f"is {text!r}. Write a number of days, from {DAYS_MIN} to {DAYS_MAX}.")
    return int(text)


def mailboxes(text: str) -> list[str]:
    """Read e-mail addresses that are separated by commas."""
    addresses = words(text)
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError(
                f"names {address!r}, which is no e-mail address. Write e-mail addresses, separated "
                "by commas."
            ) from None
    return addresses


def mail(url: str) -> dict[str, Any]:
    """Read how mail is sent, as an entry of MAILERS."""
    with _or_say(
        "cannot be read. Write smtp://, smtp+tls:// or smtp+ssl:// and then "
        "user:password@host:port, with every odd sign in the password percent-encoded."
    ):
        parts = urlsplit(url)
        if parts.scheme not in MAIL_SCHEMES or not parts.hostname:
            raise ValueError
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError
        usual_port, options = MAIL_SCHEMES[parts.scheme]
        server = {"host": parts.hostname, "port": parts.port or usual_port}
    login = {
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
    }
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {**server, **login, **options, "timeout": MAIL_TIMEOUT},
    }


@contextmanager
def _or_say(sentence: str) -> Iterator[None]:
    """Whatever is found wrong in the block, this is what the operator is told."""
    try:
        yield
    except ValueError:
        raise ValueError(sentence) from None


def _choice(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
