"""Keeps the whole site in one file, and brings it back: `manage.py backup` and `restore`.

`making` and `restoring` say what happens when; `archive` is the file, `manifest` what it says of
itself; `sqlite` and `postgresql` copy a database as its own engine does it, `portable` row by row
for any engine; `tables` asks a database what is in it.

Everything is in the database: there are no uploaded files beside it. What an import is given lies
in a table until it is decided.
"""
