"""Who guesses passwords is kept out for a while, and learns nothing by it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import timezone

import pytest
from axes.models import AccessAttempt, AccessLog

from showcase.access import throttling

from .conftest import NAME, NETWORK, OF_ONE_ANSWER, PASSWORD

pytestmark = pytest.mark.django_db

LIMIT = settings.AXES_FAILURE_LIMIT


@pytest.fixture
def lock_out(try_in):
    """Fail as often as leads to being locked out, and return the answers."""

    def lock_out(name=NAME, network=NETWORK):
        return [try_in(name, f"guess {number}", network) for number in range(LIMIT)]

    return lock_out


def statuses(answers):
    return [answer.status_code for answer in answers]


def test_after_too_many_failures_not_even_the_right_password_is_taken(editor, lock_out, try_in):
    assert statuses(lock_out()) == [200] * (LIMIT - 1) + [429]
    answer = try_in()
    assert answer.status_code == 429
    assert 890 < int(answer["Retry-After"]) <= 900
    assert "no-store" in answer["Cache-Control"]
    assert "Wait 15 minutes, then try again." in answer.text
    assert settings.SITE_NAME in answer.text


def test_others_come_in_meanwhile_and_so_does_the_same_person_elsewhere(editor, lock_out, try_in):
    lock_out()
    lock_out(name="somebody")
    assert try_in(network="198.51.100.7").status_code == 302


def test_addresses_of_one_ipv6_network_count_together(editor, lock_out, try_in):
    lock_out(network="2001:db8::1")
    assert try_in(network="2001:db8::2").status_code == 429
    assert try_in(network="2001:db8:0:1::1").status_code == 302


def test_nothing_tells_whether_somebody_has_a_name(editor, lock_out, client):
    def told(answer):
        body = answer.text.replace("quokka", NAME)
        headers = {name: OF_ONE_ANSWER.sub("", value) for name, value in answer.headers.items()}
        return (
            answer.status_code,
            headers.keys(),
            OF_ONE_ANSWER.sub("", body),
            answer.cookies.keys(),
        )

    known = [told(answer) for answer in lock_out()]
    client.cookies.clear()
    assert [told(answer) for answer in lock_out(name="quokka")] == known


def test_one_password_for_many_names_locks_out_the_network(editor, try_in, monkeypatch):
    monkeypatch.setattr(throttling, "NETWORK_SHARE", 2)
    answers = [try_in(f"name {number}", "password1234") for number in range(2 * LIMIT)]
    assert statuses(answers) == [200] * (2 * LIMIT - 1) + [429]
    assert try_in().status_code == 429
    assert try_in(network="198.51.100.7").status_code == 302


def test_others_are_not_locked_out_by_a_proxy_that_does_not_say_who_comes(
    editor, try_in, monkeypatch
):
    monkeypatch.setattr(throttling, "NETWORK_SHARE", 1)
    answers = [try_in(f"name {number}", "slip", "127.0.0.1") for number in range(LIMIT)]
    assert statuses(answers) == [200] * LIMIT
    assert try_in(network="127.0.0.1").status_code == 302


def test_own_account_does_not_buy_more_attempts_at_others(editor, try_in, monkeypatch):
    monkeypatch.setattr(throttling, "NETWORK_SHARE", 2)
    for number in range(2 * LIMIT - 1):
        try_in(f"name {number}", "password1234")
    assert try_in().status_code == 302
    assert try_in("one more", "password1234").status_code == 429


def test_signing_in_forgets_own_slips(editor, try_in):
    for _ in range(2):
        assert statuses(try_in(password="slip") for _ in range(LIMIT - 1)) == [200] * (LIMIT - 1)
        assert try_in().status_code == 302


def test_it_is_over_after_a_while_whatever_is_tried_meanwhile(editor, lock_out, try_in):
    lock_out()
    began = AccessAttempt.objects.get().attempt_time
    lock_out()
    assert AccessAttempt.objects.get().attempt_time == began
    AccessAttempt.objects.update(attempt_time=began - settings.AXES_COOLOFF_TIME)
    assert try_in().status_code == 302


def test_little_is_kept_of_who_fails_and_who_comes_in(editor, try_in):
    for password in ("slip", "slip", PASSWORD):
        try_in(NAME, password, otp="quokka")
        kept = [*AccessAttempt.objects.values(), *AccessLog.objects.values()]
    (row,) = kept
    said = {name: value for name, value in row.items() if value and name != "id"}
    assert said.keys() == {"username", "ip_address", "path_info", "attempt_time", "session_hash"}
    assert "quokka" not in str(kept)


def test_nothing_that_was_sent_is_kept_of_a_failure(try_in):
    for _ in range(2):
        try_in("nobody", "slip", next="/quokka/", otp="quokka")
    (row,) = AccessAttempt.objects.values()
    assert row["failures_since_start"] == 2
    assert "quokka" not in str(row)
    assert [row[name] for name in ("get_data", "post_data", "user_agent", "http_accept")] == [
        ""
    ] * 4


def test_purge_forgets_what_is_over(editor, try_in, capsys, settings):
    try_in()
    try_in("nobody", "slip")
    call_command("purge_sign_ins")
    assert capsys.readouterr().out == "Deleted 0 sign-ins.\n"
    long_ago = timezone.now() - timedelta(days=settings.SIGN_IN_DAYS, seconds=1)
    AccessAttempt.objects.update(attempt_time=long_ago)
    AccessLog.objects.update(attempt_time=long_ago)
    call_command("purge_sign_ins")
    assert capsys.readouterr().out == "Deleted 2 sign-ins.\n"
    assert not AccessAttempt.objects.exists()
    assert not AccessLog.objects.exists()


def test_superusers_read_who_came_in_and_let_in_who_was_locked_out(
    admin_client, editor, lock_out, try_in
):
    lock_out(name="somebody")
    try_in()
    page = admin_client.get("/admin/axes/accesslog/")
    assert NETWORK in page.text
    assert admin_client.get("/admin/axes/accesslog/add/").status_code == 403
    log, attempt = AccessLog.objects.first(), AccessAttempt.objects.get()
    assert admin_client.post(f"/admin/axes/accesslog/{log.pk}/delete/").status_code == 403
    admin_client.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})
    assert try_in("somebody", "slip").status_code == 200


def test_nobody_else_reads_who_came_in(client, editor):
    editor.user_permissions.set(Permission.objects.all())
    editor.groups.set(Group.objects.all())
    client.force_login(editor)
    for name in ("accesslog", "accessattempt"):
        assert client.get(f"/admin/axes/{name}/").status_code == 403
