"""Shows how PostgreSQL goes about what public pages ask, and fails where it reads a large table.

The snapshot that each process reads after a start or a write is no page: it is made of every row
that is public, and reading tables from end to end is the quickest way to it.
"""
