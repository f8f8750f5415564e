"""How complete an entry is: what counts how much, in the list and on the form."""

import re
from datetime import timedelta
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from projects.models import Project
from projects.quality import CRITERIA, TOTAL, score, scored
from tests.factories import make_project

from ..admin.test_lists import names
from ..admin.test_pages import address
from ..catalogue import add_more, make_catalogue
from .entries import MENDED, make_complete

pytestmark = pytest.mark.django_db


def score_of(project):
    return score(scored(Project.objects.all()).get(pk=project.pk))


def missing(project):
    return {criterion.key for criterion in score_of(project).missing}


def test_there_are_a_hundred_points():
    assert TOTAL == 100
    assert {criterion.key for criterion in CRITERIA} == set(MENDED)


def test_an_entry_with_nothing_has_no_point():
    found = score_of(make_project())
    assert (found.points, found.missing) == (0, CRITERIA)


def test_a_complete_entry_has_all_points():
    found = score_of(make_complete())
    assert (found.points, found.missing) == (100, [])
    assert found.arithmetic == "100 of 100"


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.key)
def test_each_thing_counts_its_points(criterion):
    project = make_project()
    MENDED[criterion.key](project)
    assert score_of(project).points == criterion.points
    assert missing(project) == set(MENDED) - {criterion.key}


def test_what_is_shown_adds_up_to_the_score():
    project = make_project(licence="MIT", use_when="You test kernels.")
    found = score_of(project)
    whole, *steps, result = map(int, re.findall(r"\d+", found.arithmetic))
    assert whole - sum(steps) == result == found.points == 22
    assert len(steps) == len(CRITERIA) - 2


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"licence": "MIT", "licence_certainty": "disputed"}, "licence"),
        ({"reviewed_on": timezone.localdate() - timedelta(days=370)}, "review"),
    ],
)
def test_what_is_doubtful_or_long_ago_does_not_count(fields, key):
    assert key in missing(make_project(**fields))


def test_a_source_without_a_day_and_a_link_to_elsewhere_do_not_count():
    project = make_project()
    project.sources.create(supports="Licence", title="LICENSE", confidence="verified")
    project.links.create(role="talk", label="Talk", url="https://example.org/talk")
    assert score_of(project).points == 0


# In the admin


def changelist(client, **query):
    return client.get(address(Project, "changelist"), query)


def column(response):
    cells = re.findall(r'<td class="field-completeness">(.*?)</td>', response.text)
    return [unescape(cell) for cell in cells]


def test_the_list_says_how_complete_an_entry_is(admin_client):
    make_complete("Complete")
    make_complete("Nearly")
    Project.objects.filter(name="Nearly").update(need="")
    make_project("Poor", licence="MIT")
    assert column(changelist(admin_client, o="1")) == [
        "100 of 100",
        "88 of 100",
        "12 of 100",
    ]


def test_the_list_is_sorted_by_completeness(admin_client):
    make_project("Poor", licence="MIT")
    make_complete("Complete")
    make_project("Empty")
    # The first column has the boxes.
    number = changelist(admin_client).context["cl"].list_display.index("completeness")
    assert names(changelist(admin_client, o=number)) == ["Empty", "Poor", "Complete"]
    assert names(changelist(admin_client, o=f"-{number}")) == ["Complete", "Poor", "Empty"]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.key)
def test_the_list_is_filtered_by_what_is_missing(criterion, admin_client):
    make_complete("Complete")
    make_project("Empty")
    MENDED[criterion.key](make_project("Has this alone"))
    assert names(changelist(admin_client, missing=criterion.key)) == ["Empty"]


def test_the_list_is_filtered_by_completeness(admin_client):
    make_complete("Complete")
    make_project("Empty")
    assert names(changelist(admin_client, missing="nothing")) == ["Complete"]
    assert names(changelist(admin_client, missing="nonsense")) == ["Complete", "Empty"]


def test_the_form_says_what_to_do_and_leads_there(admin_client):
    project = make_complete()
    Project.objects.update(need="")
    project.tag_items.all().delete()
    page = admin_client.get(address(Project, "change", project.pk)).text
    to_do = re.search(r'<ul class="to-do">(.*?)</ul>', page, re.DOTALL)[1]
    assert re.findall(r'href="#(.*?)"', to_do) == ["id_need", "tag_items-group"]
    assert "100 \N{MINUS SIGN} 12 (need) \N{MINUS SIGN} 4 (tag) = 84" in page


def test_every_place_that_is_led_to_is_on_the_form(admin_client):
    page = admin_client.get(address(Project, "change", make_project().pk)).text
    assert all(f'id="{criterion.anchor}"' in page for criterion in CRITERIA)


def test_a_complete_entry_has_nothing_to_do(admin_client):
    page = admin_client.get(address(Project, "change", make_complete().pk)).text
    assert "Nothing is missing." in page


def test_a_new_entry_is_not_judged(admin_client):
    assert "Completeness" not in admin_client.get(address(Project, "add")).text


def test_scores_of_a_list_take_one_query():
    catalogue = make_catalogue()
    add_more(catalogue, 2)
    with CaptureQueriesContext(connection) as captured:
        assert len([score(project).points for project in scored(Project.objects.all())]) > 2
    assert len(captured) == 1
