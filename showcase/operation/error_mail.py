"""Mails what was logged as an error, without holding up anybody and without flooding anybody."""

import logging
from smtplib import SMTPException
from threading import Thread
from time import monotonic
from typing import Any

from django.core.mail import mail_admins

from cachetools import LRUCache

from .logs import event, on_one_line

logger = logging.getLogger(__name__)

# Seconds for which one kind of error is not told again.
PAUSE = 60
# So many kinds are told apart; no more mails can be on their way either.
KINDS_MAX = 50
# Of so many kinds it is known how many mails were held back.
REMEMBERED = 500
SUBJECT_MAX_LENGTH = 150

# Logger, words and error, without what was put into the words.
type Kind = tuple[str, str, str]


class ErrorMail(logging.Handler):
    """Sends one mail a minute for a kind of error, from each process.

    What is held back is in the log and counted in the next mail of its kind. A mail has a thread
    of its own for as long as it takes: a server that does not answer delays nothing.
    """

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.told_at: dict[Kind, float] = {}
        self.held: LRUCache[Kind, int] = LRUCache(REMEMBERED)

    def emit(self, record: logging.LogRecord) -> None:
        kind = kind_of(record)
        if not self.may_tell(kind):
            self.held[kind] = self.held.get(kind, 0) + 1
            return
        said = event(record)
        text = body(said, self.held.pop(kind, 0))
        try:
            # The process waits for it when it ends.
            Thread(target=send, args=(subject(said), text), name="error mail").start()
        except RuntimeError:
            self.handleError(record)

    def may_tell(self, kind: Kind) -> bool:
        now = monotonic()
        self.told_at = {it: at for it, at in self.told_at.items() if now - at < PAUSE}
        if kind in self.told_at or len(self.told_at) >= KINDS_MAX:
            return False
        self.told_at[kind] = now
        return True


def kind_of(record: logging.LogRecord) -> Kind:
    """Return what errors of one cause have in common; nothing of a visitor's is in it."""
    error = record.exc_info[0] if record.exc_info else None
    return record.name, str(record.msg), error.__name__ if error else ""


def subject(said: dict[str, Any]) -> str:
    return on_one_line(f"{said['level']} {said['logger']}: {said['message']}")[:SUBJECT_MAX_LENGTH]


def body(said: dict[str, Any], held: int) -> str:
    """Return what is told: what the log has, and never a request."""
    lines = [f"{name}: {on_one_line(str(it))}" for name, it in said.items() if name != "exception"]
    if held:
        lines.append(f"held back since the last mail of this kind: {held}")
    return "\n".join([*lines, "", said.get("exception", "")])


def send(subject: str, text: str) -> None:
    try:
        mail_admins(subject, text)
    except (SMTPException, OSError) as error:
        # No error, or there would be a mail about it.
        logger.warning("An error was not mailed (%s).", type(error).__name__)
