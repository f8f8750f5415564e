from django.contrib.admin.apps import AdminConfig

from axes.apps import AppConfig as AxesConfig


class EditingConfig(AdminConfig):
    """Django's admin, on a site that knows of a second factor."""

    default_site = "showcase.access.site.Site"


class SignInsConfig(AxesConfig):
    """django-axes, under a name that administrators understand."""

    verbose_name = "Sign-ins"
