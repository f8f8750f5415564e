"""Where the document of a thing is kept that a form of the admin edits."""

from typing import Any

from .document import Document, document_of, things_of
from .restoring import restore
from .revisions import keep, revision


class Rows:
    """The rows themselves: what is put here is how things are."""

    are_rows = True

    def __init__(self, thing: Any):
        self.thing = thing

    def document(self) -> Document:
        return document_of(self.thing)

    def put(self, document: Document, user: Any, reason: str) -> None:
        """Raises ValidationError."""
        with revision(user, reason, *things_of(self.thing)):
            keep(*things_of(restore(document)))
