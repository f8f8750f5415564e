"""Facets count what the list behind them shows, whatever else is chosen."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from projects.facets import FACETS, Option
from projects.filters import ProjectFilters
from projects.licences import Group
from projects.listing import Listing
from projects.models import (
    Contribution,
    Credit,
    ProjectKind,
    ProjectLanguage,
    Relation,
    TaggedProject,
)
from projects.narrowing import Narrowing
from tests.factories import (
    A_DAY,
    make_draft,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

pytestmark = pytest.mark.django_db

LICENCES = ["MIT", "MIT OR Apache-2.0", "MIT-0", "", "(MIT OR GPL-3.0-only) AND BSD-2-Clause"]


@pytest.fixture
def projects():
    """Twelve projects and a draft over which every facet has two or three values."""
    values = [
        (
            make_kind(f"kind {n}"),
            make_language(f"lang {n}"),
            make_tag(f"tag {n}"),
            make_person(f"Person {n}"),
            make_product(f"Product {n}"),
            make_upstream(f"Upstream {n}"),
        )
        for n in range(3)
    ]
    made = [make_project(f"Project {n}") for n in range(12)] + [make_draft()]
    for n, project in enumerate(made):
        describe(project, n)
        for value in {n % 3, n * n % 3} if n % 4 else ():
            connect(project, *values[value])


def describe(project, number):
    project.licence = LICENCES[number % len(LICENCES)]
    project.licence_certainty = "disputed" if number == 2 else "stated"
    project.status = ["active", "dormant"][number % 2]
    project.first_released_on = date(2020 + number % 3, 5, 1)
    project.save()


def connect(project, kind, language, tag, person, product, upstream):
    ProjectKind.objects.create(project=project, kind=kind)
    ProjectLanguage.objects.create(project=project, language=language)
    TaggedProject.objects.create(content_object=project, tag=tag)
    for role in ("author", "maintainer"):
        Credit.objects.create(project=project, person=person, role=role)
    for verb in ("made-for", "spun-out-of", "uses"):
        Relation.objects.create(subject_project=project, verb=verb, object_product=product)
    for title in ("One", "Two"):
        Contribution.objects.create(
            project=project, upstream=upstream, title=title, state="merged", state_as_of=A_DAY
        )


def options(name, filters=None):
    listing = Listing(filters or ProjectFilters())
    return Narrowing(listing).options(FACETS[name], listing.filters)


def found(filters):
    return [project.name for project in Listing(replace(filters, sort="name"))]


def number_behind(filters):
    return len(Listing(filters))


@pytest.mark.parametrize("name", FACETS)
def test_each_count_is_that_of_the_list_behind_it(projects, name):
    counted = options(name)
    assert len(counted) >= 2
    for option in counted:
        assert option.count == number_behind(ProjectFilters().adding(name, option.value))
        excluded = ProjectFilters(excluded=((name, option.value),))
        assert 12 - option.count == number_behind(excluded)


@pytest.mark.parametrize(("one", "other"), list(combinations(FACETS, 2)))
def test_counts_of_one_facet_heed_what_is_chosen_in_another(projects, one, other):
    chosen = ProjectFilters().adding(one, options(one)[0].value)
    for option in options(other, chosen):
        assert option.count == number_behind(chosen.adding(other, option.value))


@pytest.mark.parametrize("name", FACETS)
def test_every_choice_finds_what_it_counts_with_what_is_chosen_already(projects, name):
    chosen = ProjectFilters().adding(name, options(name)[0].value).adding("status", "active")
    choices = Narrowing(Listing(chosen)).choices(FACETS[name])
    assert sum(choice.is_chosen for choice in choices) == 1
    for option, choice in zip(options(name, chosen), choices, strict=True):
        change = chosen.removing if choice.is_chosen else chosen.adding
        assert choice.count == number_behind(change(name, option.value))
        assert choice.exclude_count == number_behind(chosen.excluding(name, option.value))


def test_values_come_most_frequent_first_and_then_by_name():
    for name, tags in (("A", ["storage", "Kernel"]), ("B", ["storage", "arm"])):
        project = make_project(name)
        for tag in tags:
            slug = tag.lower()
            known = TaggedProject.tag_model().objects.filter(slug=slug).first() or make_tag(tag)
            TaggedProject.objects.create(content_object=project, tag=known)
    assert [option.label for option in options("tag")] == ["storage", "arm", "Kernel"]


def test_value_of_a_hidden_entry_alone_is_not_on_offer():
    ProjectKind.objects.create(project=make_draft(), kind=make_kind("secret"))
    assert options("kind") == []


def test_each_licence_of_an_expression_is_a_value_of_its_own():
    make_project("A", licence="MIT OR Apache-2.0")
    make_project("B", licence="(MIT OR GPL-3.0-only) AND MIT")
    assert options("licence") == [
        Option("permissive", "permissive", 2),
        Option("mit", "MIT", 2, is_within=True),
        Option("apache-2.0", "Apache-2.0", 1, is_within=True),
        Option("strong-copyleft", "strong copyleft", 1),
        Option("gpl-3.0-only", "GPL-3.0-only", 1, is_within=True),
    ]


def test_licence_is_found_as_a_whole_word_only():
    make_project("A", licence="MIT-0")
    make_project("B", licence="(MIT OR GPL-3.0-only)")
    assert found(ProjectFilters().adding("licence", "mit")) == ["B"]
    assert found(ProjectFilters().adding("licence", "mit-0")) == ["A"]
    assert found(ProjectFilters().adding("licence", "gpl-3.0")) == []


@pytest.mark.parametrize(
    ("fields", "is_unclear"),
    [
        ({"licence": "MIT"}, False),
        ({"licence": ""}, True),
        ({"licence": "MIT", "licence_certainty": "disputed"}, True),
        ({"licence": "MIT", "licence_certainty": "unclear"}, True),
        ({"licence": "MIT", "licence_certainty": "unverified"}, True),
    ],
)
def test_licence_that_is_not_certain_is_called_unclear(fields, is_unclear):
    make_project(**fields)
    assert number_behind(ProjectFilters().adding("licence", Group.UNCLEAR)) == is_unclear


def test_statuses_come_in_the_order_of_a_projects_life():
    for status in ("merged", "dormant", "active"):
        make_project(status, status=status)
    assert [option.value for option in options("status")] == ["active", "dormant", "merged"]


@pytest.mark.parametrize("name", FACETS)
def test_unknown_value_finds_nothing_and_its_exclusion_everything(projects, name):
    assert number_behind(ProjectFilters().adding(name, "unknown")) == 0
    assert number_behind(ProjectFilters(excluded=((name, "unknown"),))) == 12
