"""What a page shows of an entry is rendered once, and never shows what was there before."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import IntegrityError, models, transaction

import pytest

from projects import articles, public_writes
from projects.models import Project

from ..catalogue import make_catalogue
from ..factories import A_DAY
from ..search.writes import APPEARING, GOING, without_everything


@pytest.fixture
def catalogue(db, monkeypatch):
    monkeypatch.setattr(articles, "articles", articles.Parts(articles.SIZE))
    return make_catalogue()


@pytest.fixture
def read(client, catalogue):
    def read():
        answer = client.get("/projects/virter/")
        return answer.status_code, answer.text

    return read


@pytest.fixture
def read_anew(read, monkeypatch):
    def read_anew():
        with monkeypatch.context() as patch:
            patch.setattr(articles, "articles", articles.Parts(0))
            return read()

    return read_anew


def other(column, row):
    """Return another value that a column of a row may have."""
    value = getattr(row, column.name)
    if column.choices:
        return next(choice for choice, _ in column.flatchoices if choice != value)
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case date() | datetime():
            return value - timedelta(days=1)
        case None if isinstance(column, models.DateField):
            return A_DAY
        case str() if isinstance(column, models.URLField):
            return f"https://example.org/{row.pk}/quokka"
    return f"quokka {row.pk}"


@pytest.mark.parametrize("model", public_writes.WAYS, ids=lambda model: model.__name__)
def test_whatever_changes_in_a_row_the_page_is_the_one_that_nobody_kept(
    model, read, read_anew, monkeypatch
):
    # To find what is similar takes long, and is asked for in the next test.
    monkeypatch.setattr("projects.views.similar_to", lambda project: [])
    columns = [
        column
        for column in model._meta.concrete_fields
        if not (column.primary_key or column.remote_field or column.name in ("slug", "state"))
    ]
    for column in columns:
        read()
        for row in model._default_manager.all()[:3]:
            changed = {column.name: other(column, row)}
            # Some columns do not go with others.
            with suppress(IntegrityError), transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**changed)
        assert read() == read_anew()


# No transaction empties whole tables, on PostgreSQL; and there is no page left to look at.
PARTLY_GOING = [write for write in GOING if write is not without_everything]


@pytest.mark.parametrize("write", PARTLY_GOING, ids=lambda write: write.__name__)
def test_when_anything_goes_the_page_is_the_one_that_nobody_kept(write, read, read_anew):
    read()
    write()
    assert read() == read_anew()


def test_whatever_comes_the_page_is_the_one_that_nobody_kept(read, read_anew):
    for write in APPEARING:
        with transaction.atomic():
            write()
            assert read() == read_anew(), write.__name__
            transaction.set_rollback(True)


def test_a_page_is_rendered_anew_only_for_what_is_in_it(read):
    read()
    known = len(articles.articles)
    Project.objects.filter(slug="other-1").update(need="quokka")
    read()
    assert len(articles.articles) == known
    Project.objects.filter(slug="virter").update(need="quokka")
    assert "quokka" in read()[1]
    assert len(articles.articles) > known


def test_each_language_has_a_page_of_its_own(read, client):
    assert "Whom to ask" in read()[1]
    assert "Whom to ask" not in client.get("/de/projects/virter/").text
    assert "Whom to ask" in read()[1]
