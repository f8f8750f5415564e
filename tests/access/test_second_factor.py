"""Where a second factor is asked for, nobody comes in without it."""

import os
import subprocess
import sys
import time

from django.core.management import CommandError, call_command

import pytest
from axes.models import AccessAttempt
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from showcase.access.second_factor import enrol
from tests import ROOT

from .conftest import LOGIN, NAME, OF_ONE_ANSWER, PASSWORD

pytestmark = pytest.mark.django_db

AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
SHOW = "from django.conf import settings; print(settings.SECOND_FACTOR, settings.MIDDLEWARE)"


@pytest.fixture(autouse=True)
def asked_for(settings):
    """What the setting does when the site starts."""
    settings.SECOND_FACTOR = True
    place = settings.MIDDLEWARE.index(AUTHENTICATION) + 1
    middleware = [*settings.MIDDLEWARE]
    middleware.insert(place, "django_otp.middleware.OTPMiddleware")
    settings.MIDDLEWARE = middleware


@pytest.fixture
def codes(editor):
    """The recovery codes of somebody who has a device."""
    return enrol(editor)[1]


def from_app(seconds=0):
    totp = TOTP(TOTPDevice.objects.get().bin_key)
    totp.time = time.time() + seconds
    return f"{totp.token():06}"


def is_in(client):
    return client.get("/admin/").status_code == 200


def test_setting_turns_it_on():
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", SHOW]
    settings = os.environ | {"SECOND_FACTOR": "on"}
    said = subprocess.check_output(command, cwd=ROOT, env=settings, text=True)
    assert said.startswith("True [")
    middleware = said.split("'")
    assert middleware.index("django_otp.middleware.OTPMiddleware") > middleware.index(
        AUTHENTICATION
    )


def test_without_the_setting_no_code_is_asked_for(editor, try_in, client, settings):
    assert 'name="code"' in client.get(LOGIN).text
    settings.SECOND_FACTOR = False
    assert 'name="code"' not in client.get(LOGIN).text
    try_in()
    assert is_in(client)


def test_password_and_code_let_somebody_in(codes, try_in, client):
    code = from_app()
    assert try_in(code=f" {code[:3]} {code[3:]} ").status_code == 302
    assert is_in(client)


def test_code_is_good_once(codes, try_in, client):
    code = from_app()
    try_in(code=code)
    client.post("/admin/logout/")
    assert try_in(code=code).status_code == 200
    assert not is_in(client)


def test_recovery_code_is_good_once(codes, try_in, client):
    assert try_in(code=codes[3].upper()).status_code == 302
    client.post("/admin/logout/")
    assert try_in(code=codes[3]).status_code == 200
    TOTPDevice.objects.all().delete()
    assert not is_in(client)


@pytest.mark.parametrize("code", ["", "000000", "abcdefghjk", "\0", "9" * 99, "123"])
def test_wrong_code_is_answered_like_a_wrong_password(code, codes, try_in):
    def told(answer):
        return answer.status_code, OF_ONE_ANSWER.sub("", answer.text)

    assert told(try_in(code=code)) == told(try_in(password="slip", code=code))


def test_wrong_codes_lock_out_like_wrong_passwords(codes, try_in, settings):
    answers = [try_in(code="000000") for _ in range(settings.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers][-2:] == [200, 429]
    assert AccessAttempt.objects.get().username == NAME


def test_code_of_somebody_else_is_wrong(editor, try_in, client, django_user_model):
    other = django_user_model.objects.create_user("other", password=PASSWORD, is_staff=True)
    enrol(editor)
    mine = from_app()
    TOTPDevice.objects.update(name="Mine")
    _, codes = enrol(other)
    for code in (mine, *codes[:1]):
        name = "other" if code == mine else NAME
        try_in(name, code=code)
        assert not is_in(client)


def test_who_has_none_is_told_what_to_do(editor, try_in, client):
    answer = try_in(code="000000")
    assert "This account has no second factor yet" in answer.text
    assert "no second factor" not in try_in(password="slip", code="000000").text
    assert not is_in(client)


def test_session_of_before_it_was_asked_for_is_not_enough(editor, client):
    client.force_login(editor)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_who_loses_it_is_out_at_once(codes, try_in, client, capsys):
    try_in(code=from_app())
    call_command("second_factor", NAME, revoke=True)
    assert not is_in(client)
    call_command("second_factor", NAME, revoke=True)
    assert capsys.readouterr().out.splitlines() == [
        "Taken away: the second factor of editor.",
        "There was none: the second factor of editor.",
    ]


def test_command_shows_key_and_codes_once(editor, try_in, client, capsys, settings):
    call_command("second_factor", NAME)
    said = capsys.readouterr().out
    assert f"otpauth://totp/{settings.SITE_NAME.replace(' ', '%20')}%3Aeditor?secret=" in said
    codes = [line.strip() for line in said.splitlines() if line.startswith("  ")][1:]
    assert len(set(codes)) == 10
    assert not StaticToken.objects.filter(token__in=codes).exists()
    with pytest.raises(CommandError, match="has a second factor already; write --replace"):
        call_command("second_factor", NAME)
    call_command("second_factor", NAME, replace=True)
    try_in(code=codes[0])
    assert not is_in(client)
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        call_command("second_factor", "nobody")


def test_command_tells_who_has_one(codes, django_user_model, capsys):
    django_user_model.objects.create_user("new", is_staff=True)
    django_user_model.objects.create_user("visitor")
    call_command("second_factor")
    assert capsys.readouterr().out == "editor: yes\nnew: no\n"


def test_devices_are_in_no_list_of_the_admin(admin_client, settings):
    settings.SECOND_FACTOR = False
    assert "otp" not in admin_client.get("/admin/").text
