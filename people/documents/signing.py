"""Documents that travel through a form: nobody can have changed them on the way.

A signature is good for one purpose, one thing and one person. What was signed to be shown in one
form says nothing in another.
"""

import hashlib
import json
from typing import Any

from django.core import signing

from .document import Document, Key

BASE, MERGED = "base", "merged"


def signed(document: Document, purpose: str, thing: Key, user: Any) -> str:
    return signing.dumps(document.records(), salt=_salt(purpose, thing, user), compress=True)


def unsigned(text: str, purpose: str, thing: Key, user: Any) -> Document | None:
    """Return the document in a form, or None if it carries none that was signed for it."""
    try:
        document = Document.from_records(signing.loads(text, salt=_salt(purpose, thing, user)))
    except signing.BadSignature:
        return None
    return document if document.thing == thing else None


def fingerprint(document: Document) -> str:
    """Return what tells a document from any other."""
    text = json.dumps(sorted(document.records(), key=lambda row: (row["model"], row["pk"])))
    return hashlib.sha256(text.encode()).hexdigest()


def _salt(purpose, thing, user):
    return f"people.documents:{purpose}:{thing.model}:{thing.number}:{user.pk}"
