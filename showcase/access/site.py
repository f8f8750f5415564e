"""The admin as this site opens it."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm

from .second_factor import SecondFactorForm


class Site(AdminSite):
    """Lets staff in who showed their second factor, where one is asked for."""

    @property
    def login_form(self):  # type: ignore[override] # Django only reads it.
        return SecondFactorForm if settings.SECOND_FACTOR else AdminAuthenticationForm

    def get_urls(self):
        """Leave out Django's way to a page by its number: all staff would be told drafts' slugs."""
        ways = super().get_urls()
        return [way for way in ways if getattr(way, "name", None) != "view_on_site"]

    def has_permission(self, request):
        is_let_in = super().has_permission(request)
        return is_let_in and (not settings.SECOND_FACTOR or request.user.is_verified())
