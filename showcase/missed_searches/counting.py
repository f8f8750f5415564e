"""Counts words that found nothing, when the visitor has the answer already."""

import logging
import re
from collections import deque
from threading import Lock
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from projects.search import missed
from projects.search.query import parted

from ..models import MissedSearch

logger = logging.getLogger(__name__)

# Robots send anything: so many words are kept, and so many new ones are taken in a day.
KEPT_MAX = 5_000
NEW_PER_DAY = 200
WAITING_MAX = 100
# Addresses of people and of machines, and numbers that could be somebody's.
_PERSONAL = re.compile(r"@|://|(?:\d[\s./:()-]*){6}")

_waiting: deque[str] = deque(maxlen=WAITING_MAX)
_counting = Lock()


def normalised(words: str) -> str:
    """Return the words as they are counted, or nothing if they are not."""
    wanted, _ = parted(words)
    words = " ".join(wanted.replace('"', " ").casefold().split())
    is_counted = len(words) <= MissedSearch.WORDS_MAX_LENGTH and not _PERSONAL.search(words)
    return words if is_counted else ""


def remember(sender: Any, words: str, **kwargs: Any) -> None:
    """Keep words until the answer is out: a busy database must not hold it up."""
    if words := normalised(words):
        _waiting.append(words)


def count_waiting(**kwargs: Any) -> None:
    """Count what is waiting; one thread of a process at a time, so that no other one waits."""
    if not _waiting or not _counting.acquire(blocking=False):
        return
    try:
        while _waiting:
            count(_waiting.popleft())
    except DatabaseError as error:
        _waiting.clear()
        logger.warning("Searches without result were not counted: %s", error)
    finally:
        _counting.release()


def count(words: str) -> None:
    """Count one search, unless too many others are new today."""
    today = timezone.localdate()
    searches = MissedSearch.objects.filter(words=words)
    with transaction.atomic():
        if searches.update(count=F("count") + 1, last_on=today):
            return
        if MissedSearch.objects.filter(first_on=today).count() < NEW_PER_DAY:
            MissedSearch.objects.create(words=words, first_on=today, last_on=today)
            forget_rarest()


def forget_rarest() -> None:
    """Keep no more than there is room for: what is looked for least goes first."""
    if (surplus := MissedSearch.objects.count() - KEPT_MAX) > 0:
        rarest = MissedSearch.objects.order_by("count", "last_on", "pk")[:surplus]
        MissedSearch.objects.filter(pk__in=[search.pk for search in rarest]).delete()


def connect() -> None:
    missed.connect(remember, dispatch_uid="missed-searches")
    request_finished.connect(count_waiting, dispatch_uid="missed-searches")
