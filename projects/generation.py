"""The catalogue's generation: raised by every write, asked by whoever keeps something in memory.

The row stays locked until the write is over, so that generations become visible in the order of
their numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Right

from .models.generation import Generation
from .prepared import Prepared

THE_ROW = 1
# From so many earlier states the changes can be followed; others have to look at everything.
FOLLOWED = 200
TOKEN_LENGTH = 32


class State(NamedTuple):
    """A state of the catalogue; equal only if nothing was written in between."""

    number: int
    token: str


NEVER = State(0, "")
# Every page that is made asks for it.
ROW = Prepared(
    Generation, lambda key: Generation.objects.filter(pk=key).values_list(*State._fields)
)


@dataclass(frozen=True)
class Begun:
    """The generation that a transaction has begun, and what is to be done when it is over.

    The one is remembered with the other: Django forgets what was to be done after a commit, too,
    when it rolls back to a savepoint.
    """

    number: int
    afterwards: Callable[[], object]

    def __call__(self) -> None:
        self.afterwards()


def current() -> State:
    """Return the present state, in one query."""
    rows = ROW.rows(THE_ROW)
    state = State(*rows[0]) if rows else NEVER
    # More may be written before the transaction is over, or nothing may have been in the end.
    return state._replace(token=uuid4().hex) if begun() else state


def can_follow(state: State) -> bool:
    """Tell whether what has changed since a state is known, rather than that it has changed."""
    return Generation.objects.filter(pk=THE_ROW, earlier__contains=state.token).exists()


def of_this_write(afterwards: Callable[[], object]) -> int:
    """Return the number of the generation that this transaction begins, however much it writes."""
    if found := begun():
        return found.number
    number = advance()
    # The write is done by then: what fails afterwards is logged, and done by who looks next.
    transaction.on_commit(Begun(number, afterwards), robust=True)
    return number


def begun() -> Begun | None:
    """Return the generation that was begun by the transaction under way, if it has written."""
    return pending(Begun)


def pending[Pending](kind: type[Pending]) -> Pending | None:
    """Return what the transaction under way is to do at its end, of one kind."""
    functions = (function for _, function, _ in transaction.get_connection().run_on_commit)
    return next((function for function in functions if isinstance(function, kind)), None)


def advance(*, is_followed: bool = True) -> int:
    """Begin the next generation and return its number.

    Where rows go for good, nothing can tell who knew them: then no earlier state is followed.
    """
    with transaction.atomic():
        if not _advance(is_followed=is_followed):
            # Emptied tables have no row. Of several writers the others wait for the first.
            create()
            _advance(is_followed=is_followed)
        return Generation.objects.values_list("number", flat=True).get(pk=THE_ROW)


def _advance(*, is_followed: bool) -> int:
    history = Right(Concat("earlier", "token"), FOLLOWED * TOKEN_LENGTH)
    return Generation.objects.filter(pk=THE_ROW).update(
        number=F("number") + 1,
        token=uuid4().hex,
        earlier=history if is_followed else Value(""),
    )


def create() -> None:
    """Write the row, unless it is there."""
    row = Generation(pk=THE_ROW, number=0, public_since=0)
    Generation.objects.bulk_create([row], ignore_conflicts=True)


def hold(*, waits: bool = True) -> None:
    """Wait until nobody writes the catalogue, and let nobody until the transaction is over."""
    list(Generation.objects.select_for_update(nowait=not waits).filter(pk=THE_ROW))
