"""Merges things that are the same: one stays, and what belongs to the others becomes part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

import reversion

from people.changes import rehearsal
from people.documents.differences import RowChange, differences
from people.documents.document import document_of
from people.documents.restoring import blame
from people.documents.revisions import keep, keep_found, key_of, revision
from people.documents.together import wait_for_turn

from ..models import Redirect
from ..redirects import move
from .models import Merger
from .rules import RULES, Part

# The history keeps the whole of each, and somebody waits for it.
TOUCHED_MAX = 500


@dataclass(frozen=True)
class Outcome:
    """What a merge does."""

    changes: list[RowChange]
    # Entries and products that speak of one that goes.
    touched: list[Any]
    # Rows that have no place beside those of the one that stays.
    dropped: list[str]
    # Former and present addresses.
    moved: list[tuple[str, str]]
    # Names that visitors know nothing of until they are those of the one that stays.
    hidden: list[str]


def preview(kept: Any, gone: Sequence[Any]) -> Outcome:
    """Return what merging would do, without doing it. Raises ValidationError."""
    with rehearsal():
        kept, *gone = fresh([kept, *gone])
        before = document_of(kept)
        touched, known = touched_by(gone), known_to_visitors(gone)
        hidden = [str(thing) for thing in gone if thing not in known]
        moved = [(path_of(thing), path_of(kept)) for thing in known]
        dropped = unite(kept, gone)
        return Outcome(differences(before, document_of(kept)), touched, dropped, moved, hidden)


@transaction.atomic
def merge(kept: Any, gone: Sequence[Any], user: Any) -> Merger:
    """Make some things part of another one, in one revision. Raises ValidationError."""
    wait_for_turn(kept)
    kept, *gone = fresh([kept, *gone])
    touched = touched_by(gone)
    former = [path_of(thing) for thing in known_to_visitors(gone)]
    led_on = redirects_about(former)
    keep_found(kept, *gone, *touched, *led_on)
    names = [(thing.pk, str(thing)) for thing in gone]
    facts = {
        "kind": kept._meta.label_lower,
        "kept": kept.pk,
        "kept_name": str(kept),
        "gone": names,
    }
    with revision(user, f"Merged {Merger(**facts)}."):
        unite(kept, gone)
        for path in former:
            move(path, path_of(kept))
        moved = Q(old_path__in=former) | Q(pk__in=[redirect.pk for redirect in led_on])
        keep(kept, *touched, *Redirect.objects.filter(moved))
        reversion.add_meta(Merger, **facts)
    return Merger.objects.latest("pk")


def fresh(things: Sequence[Any]) -> list[Any]:
    """Return things as they are now. Raises DoesNotExist."""
    return [type(thing)._base_manager.get(pk=thing.pk) for thing in things]


def touched_by(gone: Sequence[Any]) -> list[Any]:
    """Return the things that speak of some that are to go. Raises ValidationError."""
    touched = [
        thing
        for model, way in RULES[type(gone[0])].mentions.items()
        for thing in model._default_manager.filter(**{f"{way}__in": gone}).distinct()
    ]
    if len(touched) > TOUCHED_MAX:
        names = ", ".join(f"“{thing}”" for thing in gone)
        raise ValidationError(
            f"{len(touched):,} entries speak of {names}, and a merge changes at most "
            f"{TOUCHED_MAX}: change some of them first."
        )
    return touched


def known_to_visitors(things: Sequence[Any]) -> list[Any]:
    """Return those that have a page: the address of any other leads nowhere, now and later."""
    model = type(things[0])
    public = getattr(model.objects, RULES[model].public)()
    numbers = set(public.values_list("pk", flat=True).filter(pk__in=[row.pk for row in things]))
    return [thing for thing in things if thing.pk in numbers]


def path_of(thing: Any) -> str:
    # Redirects are kept once for all languages.
    with override(settings.LANGUAGE_CODE):
        return str(thing.get_absolute_url())


def redirects_about(paths: Sequence[str]) -> list[Redirect]:
    return list(Redirect.objects.filter(Q(old_path__in=paths) | Q(new_path__in=paths)))


def unite(kept: Any, gone: Sequence[Any]) -> list[str]:
    """Make some things part of one, and return which of their rows found no place."""
    rules = RULES[type(kept)]
    dropped = []
    for thing in gone:
        if obstacle := rules.obstacle(thing):
            raise ValidationError(obstacle)
        rules.take_names(kept, thing)
        for name in rules.texts:
            setattr(kept, name, getattr(kept, name) or getattr(thing, name))
        for part in rules.parts:
            dropped += move_rows(part, kept, thing)
        thing.delete()
    with blame(key_of(kept), {"name": kept.name}):
        kept.full_clean()
    kept.save()
    return dropped


def move_rows(part: Part, kept: Any, gone: Any) -> list[str]:
    """Move rows from one thing to another; what is there already is joined and goes."""
    here = getattr(kept, part.accessor)
    taken = {part.identity(row): row for row in here.all()}
    moving, doubles = [], []
    for row in getattr(gone, part.accessor).all():
        twin = taken.get(part.identity(row))
        if twin is None:
            moving.append(row.pk)
            continue
        if part.join:
            part.join(twin, row)
        doubles.append(row)
    names = [str(row) for row in doubles]
    rows = here.model._base_manager
    rows.filter(pk__in=[row.pk for row in doubles]).delete()
    rows.filter(pk__in=moving).update(**{here.field.name: kept})
    return names
