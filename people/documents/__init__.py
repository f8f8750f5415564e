"""Documents: everything that one form of the admin edits, as plain values.

The document of an entry has the entry and the rows that hang on it, each as Django serialises it.
Revisions keep documents, working copies are documents that are not public yet, and what two people
wrote side by side is brought together by comparing documents.

- `document` says what belongs together, and makes a document of rows
- `restoring` makes rows of a document
- `merging` brings changes together that were made side by side
- `differences` tells what changed, field by field and word by word
- `revisions` keeps who changed what, when and why
"""
