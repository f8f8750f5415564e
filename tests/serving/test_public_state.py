"""Every write that changes what visitors see begins another public state, and nothing else does."""

from datetime import timedelta
from threading import Thread

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

import pytest

from people.changes import rehearsal, told_together
from people.models import Person
from projects import public_state, public_writes
from projects.models import (
    ChangelogEntry,
    Generation,
    Kind,
    Language,
    Link,
    Product,
    Project,
    Upstream,
)
from showcase.models import Enquiry, LinkCheck, MissedSearch, Page, Redirect
from tests.catalogue import relate
from tests.factories import (
    A_DAY,
    make_draft,
    make_kind,
    make_language,
    make_person,
    make_project,
    make_tag,
    make_upstream,
)

pytestmark = pytest.mark.django_db(transaction=True)

ON_PAGES = [*public_writes.WAYS, Page, Redirect]
# Kept about the catalogue or worked out from it; no page for visitors shows anything of these.
NOT_ON_PAGES = {
    *("Distinct", "Merger", "ImportedRow", "ImportConflict", "ImportUpload", "LinkCheck"),
    *("Enquiry", "MissedSearch", "Generation", "SearchDocument", "SearchWord", "WorkingCopy"),
    "Sending",
}


NEW = {
    Kind: make_kind,
    Language: make_language,
    Person: make_person,
    Project: make_project,
    Upstream: make_upstream,
}


@pytest.fixture
def renewals(catalogue):
    """Tells whether the state was renewed since it was last asked."""
    known = [public_state.current()]

    def is_renewed():
        known.append(public_state.current())
        return known[-1] != known[-2]

    return is_renewed


def test_each_kind_of_row_either_counts_or_is_known_to_be_on_no_page():
    ours = [apps.get_app_config(name) for name in ("people", "projects", "showcase")]
    kinds = {model.__name__ for app in ours for model in app.get_models()}
    assert kinds == {model.__name__ for model in ON_PAGES} | NOT_ON_PAGES


def test_saving_a_row_counts(renewals, subtests):
    for model in ON_PAGES:
        with subtests.test(model.__name__):
            model.objects.first().save()
            assert renewals()


def test_updating_rows_at_once_counts(renewals, subtests):
    for model in ON_PAGES:
        with subtests.test(model.__name__):
            field = next(f for f in model._meta.concrete_fields if not f.primary_key)
            row = model.objects.first()
            same = {field.attname: getattr(row, field.attname)}
            model.objects.filter(pk=row.pk).update(**same)
            assert renewals()


def test_deleting_rows_counts(renewals, subtests):
    for model in ON_PAGES:
        with subtests.test(model.__name__):
            # Others need the rows that are there.
            row = NEW[model]("Quokka") if model in NEW else model.objects.last()
            renewals()
            model.objects.filter(pk=row.pk).delete()
            assert renewals()


def test_rows_that_are_written_at_once_count(renewals):
    Link.objects.bulk_create([Link(product=Product.objects.first(), url="https://a.example/")])
    assert renewals()


@pytest.mark.parametrize("change", ["add", "remove", "set", "clear"])
def test_links_between_rows_count(change, renewals):
    entry, project = ChangelogEntry.objects.first(), Project.objects.get(slug="virter")
    entry.projects.set([] if change == "add" else [project])
    renewals()
    {
        "add": lambda: entry.projects.add(project),
        "remove": lambda: entry.projects.remove(project),
        "set": lambda: entry.projects.set([]),
        "clear": entry.projects.clear,
    }[change]()
    assert renewals()


def test_the_languages_of_a_product_count(renewals):
    Product.objects.first().languages.add(make_language("Zig"))
    assert renewals()


def test_loading_fixtures_counts(renewals, tmp_path):
    (tmp_path / "tags.yaml").write_text(
        "- model: projects.tag\n  fields: {name: Quokka, slug: quokka}\n"
    )
    call_command("loaddata", tmp_path / "tags.yaml", verbosity=0)
    assert renewals()


def test_what_is_told_of_together_counts(renewals):
    with transaction.atomic(), told_together():
        make_tag("Quokka")
    assert renewals()


def test_making_the_search_index_anew_counts(renewals):
    call_command("rebuild_search", verbosity=0)
    assert renewals()


def test_a_draft_that_stays_one_does_not_count(renewals):
    draft = make_draft("Wombat")
    draft.tagline = "Another"
    draft.save()
    Project.objects.filter(pk=draft.pk).update(state="in-review")
    Link.objects.create(project=draft, url="https://a.example/")
    relate(draft, "works-with", Project.objects.get(slug="virter"))
    draft.delete()
    assert not renewals()


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_a_draft_that_comes_out_counts(state, renewals):
    draft = make_draft("Wombat")
    renewals()
    draft.state, draft.published_at = state, timezone.now()
    draft.save()
    assert renewals()


def test_an_entry_that_becomes_a_draft_again_counts(renewals):
    Project.objects.filter(slug="virter").update(state="draft")
    assert renewals()


def test_what_is_on_no_page_does_not_count(renewals, client):
    user = User.objects.create_user("ada", password="a-long-password")
    client.force_login(user)
    Enquiry.objects.create(message="Hello", consented_at=timezone.now())
    MissedSearch.objects.create(words="quokka", first_on=A_DAY, last_on=A_DAY)
    LinkCheck.objects.all().delete()
    assert not renewals()


def test_a_rehearsal_does_not_count(renewals):
    with rehearsal():
        Project.objects.filter(slug="virter").update(tagline="Rehearsed")
    assert not renewals()


def test_a_write_that_is_taken_back_does_not_count(renewals):
    with transaction.atomic():
        Project.objects.filter(slug="virter").update(tagline="Taken back")
        transaction.set_rollback(True)
    assert not renewals()


def test_what_is_written_after_a_part_was_taken_back_counts(renewals):
    with transaction.atomic():
        try:
            with transaction.atomic():
                Project.objects.filter(slug="virter").update(tagline="Taken back")
                raise LookupError
        except LookupError:
            Project.objects.filter(slug="virter").update(tagline="Kept")
    assert renewals()


def test_each_state_has_a_second_of_its_own(renewals):
    seconds = []
    for number in range(3):
        Project.objects.filter(slug="virter").update(tagline=f"{number}")
        seconds.append(public_state.current().since)
    assert sorted({*seconds}) == seconds


def test_one_transaction_begins_one_state(django_assert_num_queries, renewals):
    with transaction.atomic():
        Page.objects.update(title="One")
        token = Generation.objects.get().public_token
        Page.objects.update(title="Two")
        assert Generation.objects.get().public_token == token


def test_a_moment_that_comes_counts_without_a_write(renewals):
    clock = public_state.Clock()
    soon = timezone.now() + timedelta(milliseconds=300)
    make_project("Due", published_at=soon)
    before = clock.current()
    assert clock.current() == before
    while timezone.now() < soon:
        pass
    after = clock.current()
    assert after != before
    # Whoever looks first after the moment knows the same state.
    assert public_state.Clock().current() == after


def test_the_state_costs_one_query_at_most(renewals):
    public_state.current()
    statements = []

    def note(execute, sql, *rest):
        statements.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        public_state.current()
    # The one that there is goes past Django's cursors.
    assert not statements


def test_an_emptied_table_gets_its_row_again(renewals):
    Generation.objects.all().delete()
    assert public_state.as_written() == ("", 0)
    make_tag("Quokka")
    assert public_state.as_written().token


def test_a_connection_that_died_is_replaced(renewals):
    before = public_state.as_written()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            number = cursor.fetchone()[0]

        def end():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [number])
            connection.close()

        thread = Thread(target=end)
        thread.start()
        thread.join()
    else:
        connection.close()
    assert public_state.as_written() == before


def test_what_the_database_refuses_is_an_error_of_its_own(renewals, monkeypatch):
    monkeypatch.setattr(public_state, "_SQL", "SELECT token FROM nowhere")
    with pytest.raises(DatabaseError, match="nowhere"), transaction.atomic():
        public_state.as_written("default")
    monkeypatch.undo()
    assert public_state.as_written().token
