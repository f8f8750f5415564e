"""Django with the applications that `startproject` gives, and nothing of the site's."""

from . import DEFAULT_MIDDLEWARE

ROOT_URLCONF = "tests.benchmarks.serving.yardsticks.bare"
ALLOWED_HOSTS = ["localhost"]
SECRET_KEY = "only-for-benchmarks"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = DEFAULT_MIDDLEWARE
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
# gunicorn.conf.py asks for it.
LOG_FORMAT = "text"
