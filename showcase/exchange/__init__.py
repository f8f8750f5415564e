"""The catalogue in the formats of others: what their files say becomes records, and back.

Nothing here asks the database but what writes. Each format is a module whose first page says what
of it is taken over, and what becomes of fields that we require and it does not have:

- `reading` tells formats apart, limits them, and looks at what is wrong in any of them
- `entries` makes our records of one thing that a file of another format describes
- `values` says what other formats' texts, days and licences become
- `citation`, `codemeta`, `fixtures`, `landscape`, `publiccode`, `tables` read one format each
- `columns` has the columns of our tables, which `tables` reads and `writing` writes
- `writing` writes any choice of rows as YAML, and projects and people as tables
- `actions` offers that in the admin
"""

from .reading import Reading, read

__all__ = ["Reading", "read"]
