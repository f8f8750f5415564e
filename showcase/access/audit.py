"""Tells the log who came in, who did not, who left, and what they changed, in a line each.

Where somebody came from is not told: logs are kept by others and for longer. Nor is a name that
nobody has, for it may be a password in the wrong box. That nothing ends its line is seen to where
lines are written, in operation/logs.py.
"""

import logging
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from axes.signals import user_locked_out
from reversion.signals import post_revision_commit

from ..operation.logs import AUDIT

User: Any = get_user_model()
logger = logging.getLogger(AUDIT)

UNKNOWN = "nobody's name"
LENGTH_MAX = 200
# What decides who somebody is and what they may do.
OF_ACCOUNTS = ("username", "password", "is_active", "is_staff", "is_superuser")
OF_RIGHTS = (User.groups.through, User.user_permissions.through, Group.permissions.through)


def note(event: str, **about: str) -> None:
    """Tell what happened, and to whom or what."""
    logger.info(event, extra={name: text[:LENGTH_MAX] for name, text in about.items()})


def note_if_kept(event: str, **about: str) -> None:
    """Write a line when it is certain that what it tells of stays."""
    transaction.on_commit(lambda: note(event, **about))


def signed_in(sender, user, **kwargs):
    note("signed in", account=user.get_username())


def signed_out(sender, user, **kwargs):
    if user:
        note("signed out", account=user.get_username())


def refused(sender, credentials, **kwargs):
    note("sign-in refused", account=known(credentials.get("username")))


def locked_out(sender, username, **kwargs):
    note("locked out", account=known(username))


def known(name: str | None) -> str:
    """Return a name if somebody has it."""
    has = User.objects.filter(username=name or "").exists()
    return name if name and has else UNKNOWN


def edited(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        note_if_kept(
            f"edit: {instance.get_action_flag_display().lower()}",
            account=instance.user.get_username(),
            kind=str(instance.content_type),
            thing=instance.object_repr,
        )


def edited_together(sender, revision, versions, **kwargs):
    """Tell of an act on several things; of one, `edited` tells."""
    if len(versions) > 1 and revision.user:
        note_if_kept(
            "edit: several",
            account=revision.user.get_username(),
            things=str(len(versions)),
            revision=str(revision.pk),
        )


def account_changing(sender, instance, raw=False, update_fields=None, **kwargs):
    # Whoever signs in has their last visit written down.
    if raw or update_fields == {"last_login"}:
        return
    before = User.objects.filter(pk=instance.pk).values(*OF_ACCOUNTS).first()
    if before is None:
        note_if_kept("account made", account=instance.get_username())
        return
    changed = [name for name in OF_ACCOUNTS if before[name] != getattr(instance, name)]
    if changed:
        note_if_kept("account changed", account=before["username"], fields=", ".join(changed))


def account_deleted(sender, instance, **kwargs):
    note_if_kept("account deleted", account=instance.get_username())


def rights_changed(sender, instance, action, model, pk_set, **kwargs):
    _, _, done = action.partition("post_")
    if done:
        note_if_kept(
            f"rights: {done}",
            of=str(instance),
            kind=str(model._meta.verbose_name_plural),
            keys=", ".join(map(str, sorted(pk_set or ()))),
        )


def connect() -> None:
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(refused)
    user_locked_out.connect(locked_out)
    post_save.connect(edited, LogEntry)
    post_revision_commit.connect(edited_together)
    pre_save.connect(account_changing, User)
    post_delete.connect(account_deleted, User)
    for through in OF_RIGHTS:
        m2m_changed.connect(rights_changed, through)
