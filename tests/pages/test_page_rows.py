"""What hangs on an entry, a product or an upstream is read at once, and shows nothing hidden."""

from datetime import date, timedelta

from django.db import connection
from django.db.models import query
from django.db.models.fetch_modes import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects.known import published_in_bulk
from projects.models import (
    Alternative,
    Contribution,
    ContributionStep,
    Link,
    Product,
    Project,
    Relation,
    Release,
    TaggedProject,
)
from projects.page_rows import PARTS, with_rows
from tests.factories import make_draft, make_product, make_project, make_tag, make_upstream

from ..catalogue import add_more, relate

pytestmark = pytest.mark.django_db

QUERIES_MAX = 12


def queries(client, address):
    # Whoever comes first after a write brings the search up to it.
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# In earnest what was written is committed, and is not read again for each visitor.
@pytest.mark.django_db(transaction=True)
def test_bare_entry_and_one_with_everything_stay_within_the_queries_of_a_page(client, catalogue):
    bare = make_project("Bare")
    add_more(catalogue, 2)
    for thing in (bare, catalogue.project):
        assert queries(client, thing.get_absolute_url()) <= QUERIES_MAX


@pytest.mark.parametrize("model", PARTS)
def test_rows_are_those_that_django_reads_in_its_order(catalogue, model):
    add_more(catalogue, 2)
    thing = model.objects.get(pk=getattr(catalogue, model._meta.model_name).pk)
    read = with_rows(model.objects.get(pk=thing.pk))
    for part in PARTS[model]:
        expected = list(part.model.objects.filter(**{part.way: thing}))
        assert expected, part.name
        if part.name == "steps":
            found = [step for work in read.contributions.all() for step in work.steps.all()]
            assert {step.pk for step in found} == {step.pk for step in expected}
            continue
        found = getattr(read, part.name)
        found = found if isinstance(found, list) else found.all()
        assert [row.pk for row in found] == [row.pk for row in expected]
        for row, other in zip(found, expected, strict=True):
            assert_same_values(row, other)


def assert_same_values(row, other):
    for field in row._meta.concrete_fields:
        value, expected = (getattr(each, field.attname) for each in (row, other))
        assert (value, type(value)) == (expected, type(expected)), field.name


def test_rows_are_of_the_thing_and_of_nothing_else_that_has_its_number():
    for kind, make in {"project": make_project, "product": make_product}.items():
        thing = make(pk=777)
        Link.objects.create(**{kind: thing}, role="home", label=kind, url="https://example.org/")
    thing = make_upstream(pk=777)
    assert list(with_rows(thing).links.all()) == []
    for model in (Project, Product):
        (link,) = with_rows(model.objects.get()).links.all()
        assert link.label == model._meta.model_name


def test_texts_come_through_as_they_are_written():
    odd = 'a "quoted" \\ backslash\nnew line\u2028 ä 🦀 %s {x} \x7f'
    project = make_project("Virter")
    Release.objects.create(project=project, version="1", date=date(24, 3, 9), notes=odd)
    (release,) = with_rows(Project.objects.get()).releases.all()
    assert (release.notes, release.date) == (odd, date(24, 3, 9))


def test_pages_of_different_entries_do_not_mix(client):
    for name in ("Virter", "vmshed", "Other"):
        project = make_project(name)
        TaggedProject.objects.create(content_object=project, tag=make_tag(f"Tag of {name}"))
    for name in ("Virter", "vmshed", "Other"):
        html = client.get(f"/projects/{name.lower()}/").text
        assert [other for other in ("Virter", "vmshed", "Other") if f"Tag of {other}" in html] == [
            name
        ]


# What is hidden

HIDDEN = [
    {},
    {"state": "in-review"},
    {"state": "withdrawn", "published_at": timezone.now() - timedelta(days=1)},
    {"state": "published", "published_at": timezone.now() + timedelta(days=1)},
]


@pytest.mark.parametrize("fields", HIDDEN)
def test_nothing_points_to_a_hidden_entry(fields):
    secret = make_draft("Zanzibar", **fields)
    project = make_project("Virter", successor=secret, status="discontinued")
    Alternative.objects.create(project=project, other=secret, name="Zanzibar", difference=".")
    for thing in (project, make_upstream(), make_product()):
        relate(thing, "uses", secret)
        relate(secret, "works-with", thing)
        read = with_rows(type(thing).objects.get(pk=thing.pk))
        assert read.told == read.told_of == []
        if thing == project:
            assert read.successor is None
            assert read.alternatives.all() == []


def test_entry_whose_moment_comes_is_told_at_once(visit):
    other = make_draft("Soon", state="published", published_at=timezone.now() + timedelta(days=1))
    virter = make_project("Virter")
    relate(virter, "uses", other)
    assert "How it fits together" not in visit("/projects/virter/").headings
    Project.objects.filter(pk=other.pk).update(published_at=timezone.now())
    assert "Soon" in visit("/projects/virter/").section("How it fits together").text


def test_entry_that_is_withdrawn_is_told_no_longer(visit):
    virter, vmshed = make_project("Virter"), make_project("vmshed")
    relate(virter, "uses", vmshed)
    assert "vmshed" in visit("/projects/virter/").html
    Project.objects.filter(pk=vmshed.pk).update(state="withdrawn")
    assert "vmshed" not in visit("/projects/virter/").html


def test_change_of_any_row_shows_on_the_next_page(visit, catalogue):
    visit("/projects/virter/")
    project = catalogue.project
    Link.objects.filter(project=project).update(label="New link")
    Relation.objects.filter(subject_project=project).update(story="New story")
    Contribution.objects.filter(project=project).update(title="New contribution")
    step = ContributionStep.objects.filter(contribution__project=project)[:1]
    ContributionStep.objects.filter(pk__in=step.values("pk")).update(text="New step")
    page = visit("/projects/virter/").html
    for word in ("link", "story", "step", "contribution"):
        assert f"New {word}" in page


def test_no_template_fetches_what_was_not_read(client, catalogue, monkeypatch):
    monkeypatch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
    add_more(catalogue, 2)
    for thing in (catalogue.project, catalogue.product, catalogue.upstream):
        assert client.get(thing.get_absolute_url()).status_code == 200


def test_a_few_projects_are_public_by_the_same_rule_as_all():
    now = timezone.now()
    moments = (now - timedelta(days=1), now - timedelta(seconds=5), now + timedelta(days=1))
    for state in Project.State.values:
        for place, moment in enumerate(moments):
            make_project(f"{state} {place}", state=state, published_at=moment)
    make_draft("Without a moment", published_at=None)
    few = published_in_bulk([*Project.objects.values_list("pk", flat=True)], "name")
    assert set(few) == set(Project.objects.published().values_list("pk", flat=True))
    assert len(few) == 2


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5])
def test_as_many_projects_are_read_as_keys_are_given(number, django_assert_num_queries):
    for place in range(6):
        make_project(f"Tool {place}")
    keys = [*Project.objects.values_list("pk", flat=True)[:number]]
    with django_assert_num_queries(min(number, 1)):
        assert sorted(published_in_bulk(keys, "name")) == sorted(keys)
