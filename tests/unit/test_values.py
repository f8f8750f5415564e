"""The values of a few projects are counted as if every value had been asked."""

from random import Random

import pytest
from pyroaring import BitMap

from projects.snapshot import state
from projects.snapshot.state import Snapshot
from projects.snapshot.values import ValuesOfProjects


def counted(postings, among):
    numbers = {value: having.intersection_cardinality(among) for value, having in postings.items()}
    return {value: number for value, number in numbers.items() if number}


def some(random, projects, most):
    return BitMap(random.sample(projects, random.randint(0, most)))


@pytest.fixture
def random():
    return Random(1)  # noqa: S311 (nothing secret is made of it)


@pytest.fixture
def postings(random):
    return {f"value-{place}": some(random, range(1, 60), 20) for place in range(80)}


def test_values_are_counted_the_other_way_round(random, postings):
    values = ValuesOfProjects.of(postings)
    for _ in range(50):
        among = some(random, range(70), 60)
        assert values.counts(among) == counted(postings, among)


def test_newer_values_know_what_was_written_and_older_ones_do_not(random, postings):
    values = ValuesOfProjects.of(postings)
    for _ in range(30):
        before, known = dict(postings), values
        gone = some(random, range(1, 60), 5)
        pairs = [(project, f"value-{random.randint(0, 90)}") for project in gone for _ in range(2)]
        postings = {value: having - gone for value, having in postings.items()}
        for project, value in pairs:
            postings[value] = postings.get(value, BitMap()) | BitMap([project])
        values = values.renewed(gone, [*pairs, *pairs])
        among = some(random, range(70), 60)
        assert values.counts(among) == counted(postings, among)
        assert known.counts(among) == counted(before, among)


def test_no_value_at_all_is_no_value_of_any_project():
    assert ValuesOfProjects.of({}).counts(BitMap([1])) == {}


def test_foremost_values_are_those_of_the_few_projects_of_a_list(random, postings):
    snapshot = Snapshot(postings=dict.fromkeys(state.FACETS, postings))
    among = BitMap([3, 4, 5])
    assert dict(snapshot.foremost("tag", among, 10)) == counted(postings, among)
