"""Rules that sit in a field or a model reach the editor at the field that is to blame."""

from datetime import timedelta

from django.utils import timezone

import pytest

from projects.models import Project, Relation, Release

from ..factories import make_draft, make_kind, make_product

pytestmark = pytest.mark.django_db


class TestSuccessors:
    """Old was followed by Middle, and Middle by New."""

    @pytest.fixture
    def line(self):
        new = make_draft("New")
        middle = make_draft("Middle", successor=new)
        return make_draft("Old", successor=middle), middle, new

    def test_a_circle_is_refused(self, line, admin_form):
        old, middle, new = line
        sentence = "takes the place of Old, so Old cannot take the place of"
        assert f"New already {sentence} New." in admin_form(new).fill(successor=old.pk).refusal()
        form = admin_form(middle).fill(successor=old.pk)
        assert f"Middle already {sentence} Middle." in form.refusal()

    def test_a_step_may_be_left_out(self, line, admin_form):
        old, _, new = line
        assert admin_form(old).fill(successor=new.pk).send().status_code == 302

    def test_an_entry_that_follows_itself_hears_so_once(self, line, admin_form):
        *_, new = line
        refusal = admin_form(new).fill(successor=new.pk).refusal()
        assert "An entry cannot be its own successor." in refusal
        assert "already takes the place" not in refusal

    def test_a_circle_that_is_there_already_does_not_hang_the_form(self, line, admin_form):
        old, _, new = line
        Project.objects.filter(pk=new.pk).update(successor=old)
        other = make_draft("Other")
        assert admin_form(other).fill(successor=old.pk).send().status_code == 302


@pytest.mark.parametrize(
    ("field", "year", "sentence"),
    [
        ("status_as_of", 2999, "2999-01-01 is still to come."),
        ("first_released_on", 202, "0202-01-01 is before 1950."),
        ("reviewed_on", 2999, "2999-01-01 is still to come."),
    ],
)
def test_a_day_that_cannot_be_is_refused(field, year, sentence, admin_form):
    form = admin_form(make_draft()).fill(**{field: f"{year:04}-01-01"})
    assert sentence in form.refusal()


def test_an_entry_may_be_published_later(admin_form):
    day = timezone.localdate() + timedelta(days=30)
    form = admin_form(make_draft()).fill(state="published", published_at_0=day)
    form.add_row("kind_items", kind=make_kind().pk)
    assert form.fill(published_at_1="09:00").send().status_code == 302


def test_releases_and_relations_are_put_in_order_on_the_form(admin_form):
    project = make_draft()
    form = admin_form(project)
    form.add_row("releases", version="v1", date="2024-01-01", order="7")
    form.add_row("relations_from", verb="uses", object_product=make_product().pk, order="8")
    assert form.send().status_code == 302
    assert (Release.objects.get().order, Relation.objects.get().order) == (7, 8)


def test_an_order_that_only_some_databases_could_keep_is_refused(admin_form):
    form = admin_form(make_draft())
    form.add_row("releases", version="v1", date="2024-01-01", order="40000")
    assert "less than or equal to 9999" in form.refusal()
