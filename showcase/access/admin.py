"""Accounts, who came in, and who is locked out."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin

# What they register is taken back below.
import django_otp.plugins.otp_static.admin
import django_otp.plugins.otp_totp.admin  # noqa: F401
from axes.models import AccessAttempt, AccessLog
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from people.editing import ForgivingList, ReadOnly

User = get_user_model()
# What is kept of each attempt to sign in.
NOTED = ("username", "ip_address", "attempt_time")

# They show keys. Devices are made and taken away by the command second_factor.
admin.site.unregister([StaticDevice, TOTPDevice, User])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Only superusers make a superuser, or change one: whoever gives a password can come in."""

    def get_readonly_fields(self, request, obj=None):
        own = super().get_readonly_fields(request, obj)
        return own if request.user.is_superuser else [*own, "is_superuser"]

    def has_change_permission(self, request, obj=None):
        return may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return may_touch(request, obj) and super().has_delete_permission(request, obj)


def may_touch(request, account):
    return request.user.is_superuser or account is None or not account.is_superuser


class NotedSignIns(ReadOnly, ForgivingList):
    """Written by the site; read by superusers, whatever others may do."""

    search_fields = ["username"]
    search_help_text = "A name."

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


@admin.register(AccessLog)
class SignInAdmin(NotedSignIns):
    fields = readonly_fields = (*NOTED, "logout_time")
    list_display = (*NOTED, "logout_time")
    list_filter = ["attempt_time"]


@admin.register(AccessAttempt)
class FailedSignInAdmin(NotedSignIns):
    """Deleting one lets somebody in again who was locked out."""

    fields = readonly_fields = (*NOTED, "failures_since_start")
    list_display = (*NOTED, "failures_since_start")

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request)
