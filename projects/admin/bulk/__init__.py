"""Changing many entries in one act: seen before it is done, and taken back as one.

- `naming` finds tags and people by what an editor calls them
- `entry` is the document of an entry while an operation changes it
- `operations` says what can be done to many entries
- `preview` works out what an operation would make of each, and notices what changed since
- `pages` has the action of the list and the pages after it
"""
