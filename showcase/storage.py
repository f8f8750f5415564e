"""Static files under names that change with their content, once they have been collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name of what has not been collected.

    That is everything in a bare checkout, and a new file after an update whose files are still to
    be collected: a page without its newest script is better than none.
    """

    def stored_name(self, name):
        is_collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        return super().stored_name(name) if is_collected else name
