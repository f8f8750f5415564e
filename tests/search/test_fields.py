"""Tags, languages and people can be typed among the words."""

import pytest

from people.models import Alias, Handle, Person
from projects.models import Tag
from projects.search.fields import value_of
from tests.factories import make_draft, make_language, make_person, make_project, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(db):
    virter, agentx, gui = (make_project(name) for name in ("Virter", "agentx", "LINSTOR GUI"))
    virter.tags.add(make_tag("Kubernetes", aliases="k8s\nkube"), make_tag("Block storage"))
    agentx.tags.add(make_tag("Storage"), make_tag("C++"))
    virter.languages.add(make_language("Go"))
    agentx.languages.add(make_language("C++"))
    gui.languages.add(make_language("C"))
    moritz = make_person("Moritz Wanzenböck", slug="moritz-wanzenboeck")
    Alias.objects.create(person=moritz, name="WanzenBug")
    Handle.objects.create(person=moritz, name="mwb")
    virter.credits.create(person=moritz)


@pytest.fixture
def shown(client, entries):
    def shown(text):
        context = client.get("/projects/", {"q": text}).context
        return sorted(project.name for project in context["projects"])

    return shown


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tag:kubernetes", ["Virter"]),
        ("TAG:Kubernetes", ["Virter"]),
        ("tag:k8s", ["Virter"]),
        ("tag:K8S", ["Virter"]),
        ("-tag:k8s", ["LINSTOR GUI", "agentx"]),
        ("tag:storage", ["agentx"]),
        ('tag:"block storage"', ["Virter"]),
        ('tag:"Block  Storage"', ["Virter"]),
        ("tag:block-storage", ["Virter"]),
        ("tag:blockstorage", ["Virter"]),
        ("tag:c++", ["agentx"]),
        ("tag:c-plus-plus", ["agentx"]),
        ("language:c++", ["agentx"]),
        ("language:C", ["LINSTOR GUI"]),
        ('language:"C"', ["LINSTOR GUI"]),
        ("-language:c++ -language:c", ["Virter"]),
        ('person:"Moritz Wanzenböck"', ["Virter"]),
        ('person:"moritz wanzenbock"', ["Virter"]),
        ("person:moritz-wanzenboeck", ["Virter"]),
        ("person:wanzenbug", ["Virter"]),
        ("person:mwb", ["Virter"]),
        ("-person:mwb", ["LINSTOR GUI", "agentx"]),
        ("tag:k8s language:go", ["Virter"]),
        ("tag:k8s virter", ["Virter"]),
        ("virter tag:k8s -windows", ["Virter"]),
        ("tag:k8s tag:storage", []),
        ("tag:k8s agentx", []),
    ],
)
def test_a_field_narrows_as_its_facet_does(shown, text, names):
    assert shown(text) == names


def test_a_field_becomes_a_choice_and_leaves_the_words(client, entries):
    context = client.get("/projects/", {"q": 'machines -tag:k8s person:"WanzenBug"'}).context
    assert context["filters"].query_string() == (
        "?q=machines&person=moritz-wanzenboeck&-tag=kubernetes"
    )


@pytest.mark.parametrize(
    "text", ["tag:wombat", "tag:日本", "tag:🦀", "tag:%", "person:nobody", 'language:"x y"']
)
def test_an_unknown_value_is_named_and_finds_nothing(client, entries, text):
    response = client.get("/projects/", {"q": text})
    assert list(response.context["projects"]) == []
    assert f"{text.split(':')[1].strip('"').replace(' ', '-')}”." in response.text


@pytest.mark.parametrize("text", ["tag:", 'tag:""', "tag: k8s", "tagged:k8s", "std::map"])
def test_what_is_no_field_is_text(client, entries, text):
    assert client.get("/projects/", {"q": text}).context["filters"].included == ()


def test_the_alias_of_a_tag_that_only_drafts_have_is_unknown(entries):
    make_draft().tags.add(make_tag("Marsupials", aliases="wombat"))
    assert value_of("tag", "wombat") == "wombat"
    assert Tag.objects.filter(slug="marsupials").exists()


def test_the_alias_of_a_person_without_a_page_is_unknown(entries):
    Person.objects.update(is_listed=False)
    assert value_of("person", "wanzenbug") == "wanzenbug"
