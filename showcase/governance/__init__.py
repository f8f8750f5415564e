"""One name for one thing: finds what looks alike, and merges what is the same.

- `likeness` tells why two names look alike, without any database
- `suspects` finds what looks alike in the catalogue, and remembers what was told apart
- `rules` says what belongs to a tag and to a person, and how one becomes part of another
- `merging` merges, or shows what a merge would do
- `undoing` takes a merge back, and nothing that anybody wrote since
- `suspecting` and `merging_pages` are what the admin of these things does besides
"""
