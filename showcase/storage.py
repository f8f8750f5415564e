"""Static files under names that change with their content, once they have been collected."""

from base64 import b64encode
from hashlib import sha256

from django.conf import settings

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name of what has not been collected.

    That is everything in a bare checkout, and a new file after an update whose files are still to
    be collected: a page without its newest script is better than none.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.urls: dict[str, str] = {}
        self.digests: dict[str, str] = {}

    def url(self, name, force=False):
        # A page asks for dozens. Which names there are was read at the start, and so it stays.
        if force:
            return super().url(name, force)
        if name not in self.urls:
            self.urls[name] = super().url(name)
        return self.urls[name]

    def digest(self, name: str) -> str:
        """Return by what a browser recognises a file; nothing of one that is served as it is."""
        if name not in self.digests:
            self.digests[name] = "" if settings.DEBUG else self._digest_of(name)
        return self.digests[name]

    def _digest_of(self, name: str) -> str:
        stored_name = self.stored_name(name)
        if stored_name == name or not self.exists(stored_name):
            return ""
        with self.open(stored_name) as file:
            return f"sha256-{b64encode(sha256(file.read()).digest()).decode()}"

    def stored_name(self, name):
        is_collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        return super().stored_name(name) if is_collected else name
