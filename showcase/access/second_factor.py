"""A second factor: the code of an app on somebody's telephone, or one from a list on paper."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac

import django_otp
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
# Without letters and digits that are taken for one another: 50 bits.
SIGNS, LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 10
DIGEST_LENGTH = StaticToken._meta.get_field("token").max_length
DIGITS = TOTPDevice._meta.get_field("digits").default


class SecondFactorForm(AdminAuthenticationForm):
    """The form to sign in with a password and a code."""

    # One answer for all: a wrong code must not tell that the password was right.
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": (
            "Please enter the correct %(username)s, password and code for a staff account. "
            "Each code can be used once."
        ),
        "no_device": (
            "This account has no second factor yet, and nobody comes in without one here. Ask "
            "whoever runs the site for it: they know a command that makes one."
        ),
    }

    # Left out, it is a wrong one, with the answer that any wrong one gets.
    code = forms.CharField(
        label="Code",
        required=False,
        max_length=20,
        help_text="From your app, or one of your recovery codes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def clean(self):
        cleaned = super().clean()
        user: Any = self.get_user()
        if user is None:
            return cleaned
        if not django_otp.user_has_device(user):
            raise ValidationError(self.error_messages["no_device"], code="no_device")
        user.otp_device = verified_device(user, cleaned.get("code", ""))
        if user.otp_device is None:
            self._refuse(user)
        return cleaned

    def _refuse(self, user):
        # Counts like a wrong password: see throttling.
        user_login_failed.send(
            type(self), credentials={"username": user.get_username()}, request=self.request
        )
        raise self.get_invalid_login_error()


def verified_device(user, text):
    """Return the device of somebody that a code is from; none if it is from none of theirs."""
    code = "".join(text.split()).replace("-", "").lower()
    is_from_app = code.isdecimal() and len(code) == DIGITS
    model = TOTPDevice if is_from_app else StaticDevice
    for device in model.objects.devices_for_user(user, confirmed=True):
        said = code if is_from_app else digest(code)
        if found := django_otp.verify_token(user, device.persistent_id, said):
            return found
    return None


@transaction.atomic
def enrol(user):
    """Give somebody new devices in place of those they had; return the app's key and the codes."""
    revoke(user)
    device = TOTPDevice.objects.create(user=user, name="App")
    codes = [get_random_string(LENGTH, SIGNS) for _ in range(RECOVERY_CODES)]
    on_paper = StaticDevice.objects.create(user=user, name="Recovery codes")
    for code in codes:
        on_paper.token_set.create(token=digest(code))
    return device.config_url, codes


def revoke(user):
    """Take all devices from somebody, who is let in nowhere from now on; tell how many."""
    return sum(
        model.objects.devices_for_user(user).delete()[0] for model in (TOTPDevice, StaticDevice)
    )


def digest(code):
    """Return what is kept of a recovery code: who reads the database cannot use it."""
    whole = salted_hmac("showcase.access.recovery", code, algorithm="sha256").hexdigest()
    return whole[:DIGEST_LENGTH]
