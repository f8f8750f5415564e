"""Finding by words.

`words` turns text into words, `query` and `fields` understand what a visitor typed, `documents`
says what is searched, `index` keeps it, `freshness` notices every write, `checks` what is wrong
all the same, `matching` asks the database, `hits` goes with the lists, `things` are what else
can be found, `elsewhere` groups them, `corrections` forgives with the words of `vocabulary`,
`excerpts` shows where it matched.
"""

from django.db.models import QuerySet
from django.dispatch import Signal

# Sent with `words` when a visitor was shown that plain words find nothing, here or elsewhere.
missed = Signal()


def found(rows: QuerySet, text: str) -> QuerySet:
    """Return the rows in which every word of a text occurs, with their `relevance`."""
    # Imported late: the models use this package for their rules, and it uses the models.
    from . import index, matching, query  # noqa: PLC0415

    if not (asked := query.parse(text)):
        return rows
    index.catch_up()
    return matching.found(rows, asked)
