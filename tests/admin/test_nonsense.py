"""Whatever an address or a tampered form puts into a field, the form comes back in order."""

import pytest

from projects.models import ChangelogEntry, Credit, Product, Project
from tests.factories import make_person, make_project

from .test_pages import OURS, address
from .test_saving import ENTRY

pytestmark = pytest.mark.django_db

NONSENSE = ["abc", "a,b", "\0", "1" * 30, "-1", "1.5", "🦀", ""]


@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_form_opens_without_the_nonsense_in_its_address(model, text, admin_client):
    query = {field.name: text for field in model._meta.get_fields()}
    assert admin_client.get(address(model, "add"), query).status_code in {200, 403}


def test_a_form_opens_with_what_its_address_gives(admin_form):
    person, project = make_person(), make_project()
    values = admin_form(Credit, f"?person={person.pk}&project={project.pk}&role=creator").values
    assert (values["person"], values["project"]) == (str(person.pk), str(project.pk))
    assert values["role"] == "creator"
    values = admin_form(Project, "?name=vmshed&published_at=2024-01-01 09:00").values
    assert values["name"] == "vmshed"
    assert (values["published_at_0"], values["published_at_1"]) == ("01/01/2024", "09:00:00")
    other = make_project("vmshed")
    values = admin_form(ChangelogEntry, f"?projects={project.pk},{other.pk}").values
    assert sorted(values["projects"]) == sorted([str(project.pk), str(other.pk)])


@pytest.mark.parametrize("text", [text for text in NONSENSE if text])
class TestARelationToNothing:
    def test_is_refused(self, text, admin_form):
        form = admin_form(Project).fill(**ENTRY, successor=text)
        assert is_refused(form, "successor")

    def test_is_refused_in_a_row(self, text, admin_form):
        form = admin_form(Project).fill(**ENTRY).add_row("credits", person=text)
        assert is_refused(form, "credits-0-person")

    @pytest.mark.parametrize("model", [ChangelogEntry, Product])
    def test_is_refused_among_several(self, text, model, admin_form):
        name = "projects" if model is ChangelogEntry else "languages"
        assert is_refused(admin_form(model).fill(**{name: [text]}), name)


def is_refused(form, name):
    """Tell whether the form comes back with an error beside the field."""
    return f'id="id_{name}_error"' in form.refusal()
