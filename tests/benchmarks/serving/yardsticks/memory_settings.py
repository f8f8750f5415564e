"""The site's settings, but with Django's default middleware and a view more."""

from showcase.settings import *  # noqa: F403

from . import DEFAULT_MIDDLEWARE

ROOT_URLCONF = "tests.benchmarks.serving.yardsticks.memory"
MIDDLEWARE = DEFAULT_MIDDLEWARE
