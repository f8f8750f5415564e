"""Static files under names that change with their content, once they have been collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFilesStorage(CompressedManifestStaticFilesStorage):
    """Falls back to the plain name in a bare checkout, where nothing has been collected yet."""

    def stored_name(self, name):
        return super().stored_name(name) if self.hashed_files else name
