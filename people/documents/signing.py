"""Documents that travel through a form: nobody can have changed them on the way."""

from django.core import signing

from .document import Document

SALT = "people.documents"


def signed(document: Document) -> str:
    return signing.dumps(document.records(), salt=SALT, compress=True)


def unsigned(text: str) -> Document | None:
    """Return the document in a form, or None if it carries none of ours."""
    try:
        return Document.from_records(signing.loads(text, salt=SALT))
    except signing.BadSignature:
        return None
