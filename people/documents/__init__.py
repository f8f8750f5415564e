"""Documents: everything that one form of the admin edits, as plain values.

The document of an entry has the entry and the rows that hang on it, each as a fixture would state
it. Revisions keep documents, working copies are documents that are not public yet, and two people's
changes are brought together by comparing documents.

- `capturing` makes a document of rows, and rows of a document
- `merging` brings changes together that were made side by side
- `differences` tells what changed, field by field and word by word
- `revisions` keeps who changed what, when and why
- `rehearsal` shows how things would be, and leaves them as they are
"""
