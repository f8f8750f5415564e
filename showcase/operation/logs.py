"""How a line of the log is written: one for each event, whatever is in it, and nobody named.

Django's lines and ours, and those of gunicorn, are all of one form, which `LOG_FORMAT` chooses.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# Of the request that this thread answers, or answered last: gunicorn's own line about it comes when
# it is over.
request_id: ContextVar[str] = ContextVar("request id", default="")

# The one logger that tells who did something.
AUDIT = "showcase.audit"
# Whatever could end a line, move the cursor of a terminal or turn the direction of what is read.
CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Mailboxes, which is also how passwords stand in addresses; what follows an address as a question;
# and where a request came from, as gunicorn says it. The lengths keep the search linear.
PRIVATE = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}|(?<=\?)[^\s?=&]{1,64}=\S*|(?<=\bip=)\S+")
# What every record has, beside what its writer has given it.
USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


def event(record: logging.LogRecord) -> dict[str, object]:
    """Return what there is to say of a record, in the order in which it is said."""
    said: dict[str, object] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "request": request_id.get(),
        "message": record.getMessage(),
    }
    for name, value in vars(record).items():
        # What Django adds can be a whole request.
        if name not in USUAL and isinstance(value, str | int | float):
            said.setdefault(name, value)
    if record.exc_info and record.exc_info[0]:
        said["exception"] = logging.Formatter().formatException(record.exc_info)
    return said if record.name == AUDIT else {name: discreet(it) for name, it in said.items()}


def discreet(value: object) -> object:
    """Return a text without what may be somebody's."""
    return PRIVATE.sub("…", value) if isinstance(value, str) else value


def on_one_line(text: str) -> str:
    """Return a text with everything escaped that is no sign to be read."""
    return CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class TextFormatter(logging.Formatter):
    """Writes a line to be read."""

    def format(self, record: logging.LogRecord) -> str:
        said = event(record)
        parts = [said.pop(name) for name in ("time", "level", "logger", "request", "message")]
        parts += [f"{name}={value}" for name, value in said.items()]
        return on_one_line(" ".join(str(part) for part in parts if part != ""))


class JsonFormatter(logging.Formatter):
    """Writes an object of JSON on a line, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        # In ASCII, which escapes whatever could end a line.
        return json.dumps(event(record))


FORMATTERS: dict[str, type[logging.Formatter]] = {"text": TextFormatter, "json": JsonFormatter}
