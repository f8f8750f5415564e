"""Files that come in again and again, without overwriting what editors wrote in between.

Each field is merged three ways: what was imported last, what is stored, and what the file says.

- `models` remembers what was imported, what is to be decided, and what waits to be confirmed
- `statements` tells what a row says, as plain values that can be compared and kept
- `stored` finds the rows that records speak of, renamed ones too
- `merging` brings records in; `removals` proposes what the files no longer have
- `noting` writes down what was imported
- `report` says what happened, and a dry run what would happen
- `decisions` settles what editors decide
- `running` does it all, or all but the writing, in one transaction
- `uploads` keeps files until they are confirmed; `admin` offers it all to editors
"""
