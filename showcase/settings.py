"""Settings. The environment is the only input, read here and nowhere else.

Every variable has a default that suits a developer's machine; `.env.example` is a complete
production environment. Values come from the environment first, then from `.env`, then from
`fixtures/site.env`, which belongs to the catalogue and gives it its name. An empty one is the
same as the default. What makes no sense, by itself (`environment.py`) or together with others
(`contradictions.py`), is gathered and refused at the end. The sentence beside each variable is what
docs/configure.md says of it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from . import connections, environment
from .access.rules import *  # noqa: F403 (what it names are settings)
from .contradictions import contradictions
from .operation.logs import AUDIT, FORMATTERS
from .variables import Variables

BASE_DIR = Path(__file__).resolve().parent.parent
# Everything that is made rather than written: the database, the secret key, collected files.
VAR_DIR = BASE_DIR / "var"
INSECURE_SECRET_KEY = "insecure-development-key-which-gunicorn-refuses"  # noqa: S105 (no secret)

variables = Variables()
variables.add_file(BASE_DIR / ".env")
variables.add_file(BASE_DIR / "fixtures" / "site.env")
setting = variables.setting

# The site: what another organisation replaces together with the fixtures.

SITE_NAME = setting(
    "SITE_NAME", str, "Showcase", "What the site is called; usually in fixtures/site.env."
)
SITE_TAGLINE = setting(
    "SITE_TAGLINE",
    str,
    "Open source that fell out of making something else",
    "What it is, in a line; usually in fixtures/site.env.",
)
BASE_URL = setting(
    "BASE_URL",
    environment.origin,
    "http://localhost:8000",
    "Where visitors reach the site. With https:// it sets secure cookies and HSTS and redirects "
    "to TLS.",
)

_base = urlsplit(BASE_URL)
# One switch for everything that only makes sense behind TLS.
IS_HTTPS = _base.scheme == "https"

SECURITY_CONTACT = setting(
    "SECURITY_CONTACT",
    environment.contact,
    "",
    "Where people report vulnerabilities, as /.well-known/security.txt tells them.",
)

# Security

_key = setting(
    "SECRET_KEY",
    str,
    "",
    "A long random text that signs sessions, forms and previews. A server does not start without "
    "it; `./run` makes one.",
    shown="an insecure one, which a server refuses",
)
SECRET_KEY = _key or INSECURE_SECRET_KEY
DEBUG = setting(
    "DEBUG",
    environment.flag,
    default=False,
    about="For developers: shows what went wrong, and keeps no pages.",
)
_more_hosts = setting(
    "ALLOWED_HOSTS", environment.hosts, list[str](), "Further names under which the site answers."
)
ALLOWED_HOSTS = [_base.hostname or "", *_more_hosts]
# Probes ask from inside the machine; no address that visitors see is made from these.
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SECURE_SSL_REDIRECT = IS_HTTPS
# Who asks from inside the machine speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
# It is hard to get off those lists again: whoever owns the whole domain says it, not this program.
SECURE_HSTS_PRELOAD = setting(
    "HSTS_PRELOAD",
    environment.flag,
    default=False,
    about="The consent that browsers list the domain, with all its subdomains, as reached over TLS "
    "only.",
)
_proxy_header = setting(
    "PROXY_SCHEME_HEADER",
    environment.request_header,
    "",
    "The one header in which the proxy, and nobody else, says whether the visitor came over TLS.",
)
SECURE_PROXY_SSL_HEADER = (_proxy_header, "https") if _proxy_header else None
PROXY_ADDRESS_HEADER = setting(
    "PROXY_ADDRESS_HEADER",
    environment.request_header,
    "",
    "The one header at whose end the proxy, and nobody else, adds the visitor's address.",
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"

# Access: see showcase/access/.

SIGN_IN_DAYS = setting("SIGN_IN_DAYS", environment.days, 90, "How long it is known who signed in.")
SECOND_FACTOR = setting(
    "SECOND_FACTOR",
    environment.flag,
    default=False,
    about="Whether staff sign in with a code, too.",
)
OTP_TOTP_ISSUER = SITE_NAME

# Application

INSTALLED_APPS = [
    # First, so that its templates and commands (loaddata) come before Django's.
    "showcase",
    "projects",
    "people",
    "taggit",
    "people.documents.apps.HistoryConfig",
    "showcase.access.apps.EditingConfig",
    "showcase.access.apps.SignInsConfig",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Those that only add headers come first, so that the redirect to TLS carries them too.
    "showcase.middleware.ResourceHeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Before any that looks an address up: which there are depends on the language.
    "showcase.middleware.LanguageMiddleware",
    "showcase.middleware.ReadOnlyMiddleware",
    "showcase.middleware.CachingMiddleware",
    # Before any that asks the database; not there without a replica.
    "showcase.replica.ReplicaMiddleware",
    "showcase.middleware.OutageMiddleware",
    "showcase.middleware.CookielessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # After ReadOnlyMiddleware, so that the answer to HEAD tells the length of what GET would send.
    "showcase.middleware.CompressionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *(["django_otp.middleware.OTPMiddleware"] if SECOND_FACTOR else []),
    "django.contrib.messages.middleware.MessageMiddleware",
    "showcase.middleware.RedirectMiddleware",
    "showcase.access.limiting.SearchLimitMiddleware",
    # Answers in place of the form to sign in, where somebody is locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "showcase.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "showcase.context_processors.site",
            ],
        },
    },
]

# Data

VAR_DIR.mkdir(exist_ok=True)
_sqlite = {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "showcase.sqlite3"}
_primary = setting(
    "DATABASE_URL",
    environment.database,
    _sqlite,
    "Where the data is: SQLite or PostgreSQL.",
    shown="SQLite, in var/showcase.sqlite3",
)
DATABASES = {"default": connections.tuned(_primary)}
_replica = setting(
    "DATABASE_REPLICA_URL",
    environment.database,
    None,
    "A streaming replica of PostgreSQL, which visitors read as long as it is not behind.",
)
if _replica:
    DATABASES["replica"] = connections.tuned(_replica) | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["projects.databases.Router"]

# In the memory of each process. A card takes 15 kB, so those kept take 5 MB at most.
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pictures",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# See showcase/serving/.
_shared = setting(
    "CACHE_URL",
    environment.cache,
    "",
    "Valkey or Redis, where all processes share the pages they made: for more than one machine.",
)
if _shared:
    # Takes 50 ms and 3 MB, which a site without a shared memory does not spend.
    from redis import backoff, retry

    CACHES["shared"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _shared,
        "KEY_PREFIX": "showcase",
        # No answer is worth waiting for: a page is made in less time.
        "OPTIONS": {
            "serializer": "showcase.serving.sharing.AsBytes",
            "socket_connect_timeout": 0.2,
            "socket_timeout": 0.2,
            "retry": retry.Retry(backoff.NoBackoff(), 1),
        },
    }

CDN_SECONDS = setting(
    "CDN_SECONDS",
    environment.seconds,
    0,
    "For how long a CDN in front may answer without asking whether anything has changed.",
)
OUTAGE_SECONDS = setting(
    "OUTAGE_SECONDS",
    environment.seconds,
    3600,
    "For how long kept pages are shown after the database answered last, 0 for not.",
)

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {"yaml": "showcase.yaml"}
TAGGIT_CASE_INSENSITIVE = True

# Language and time

# The catalogue is in LANGUAGE_CODE; pages in another language have an address below /de/.
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "showcase.formats"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Collected files carry a hash in their name and may be kept for ever. In a bare checkout nothing
# has been collected yet: then files are served from where they are.
IS_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "showcase.storage.HashedFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not IS_COLLECTED

# Mail

_mail = setting(
    "EMAIL_URL",
    environment.mail,
    None,
    "How mail is sent: smtp://, smtp+tls:// or smtp+ssl://.",
    shown="mail is printed",
)
MAILERS = {"default": _mail or {"BACKEND": "showcase.mail.PrintingBackend"}}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = setting(
    "FROM_EMAIL",
    str,
    f"showcase@{_base.hostname}",
    "Whom mail comes from.",
    shown="showcase@ and the host of BASE_URL",
)

# Enquiries

ENQUIRIES_TO = setting(
    "ENQUIRIES_TO",
    environment.mailboxes,
    list[str](),
    "Who is told of what visitors write at /contact/; otherwise it waits in the admin.",
)
ENQUIRY_DAYS = setting(
    "ENQUIRY_DAYS",
    environment.days,
    180,
    "How long that is kept, as the form says; `manage.py purge_enquiries` deletes the others.",
)

# Operation

ADMINS = setting(
    "ERRORS_TO",
    environment.mailboxes,
    list[str](),
    "Who is told of errors, at most once a minute of each kind by each process.",
)
EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
METRICS_TOKEN = setting(
    "METRICS_TOKEN",
    environment.token,
    "",
    "What Prometheus shows as its bearer token at /metrics, which is not there otherwise.",
)
LOG_LEVEL = setting(
    "LOG_LEVEL", environment.log_level, "WARNING", "From which level on there is a line in the log."
)
LOG_FORMAT = setting(
    "LOG_FORMAT", environment.log_format, "text", "How a line is written: text or json."
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": FORMATTERS[LOG_FORMAT]}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "error_mail": {"class": "showcase.operation.error_mail.ErrorMail"},
    },
    "root": {
        "handlers": ["console", "error_mail"] if ADMINS and not DEBUG else ["console"],
        "level": LOG_LEVEL,
    },
    # A page that is not there, a host that is not ours, an address with a thousand parameters or a
    # forged form is the visitor's business and told to the visitor. Otherwise anybody could fill
    # the log, and the mailboxes of those who are told of errors.
    "loggers": {
        # Without the handlers and the level that Django gives it: all would be said twice.
        "django": {"handlers": [], "level": "NOTSET"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
        # Who signed in and what they did is told in any case.
        AUDIT: {"level": "INFO"},
        # It tells of each failed attempt to sign in, and so does the audit.
        "axes": {"level": "ERROR"},
    },
}

variables.refuse_if_wrong(contradictions(variables.values))
