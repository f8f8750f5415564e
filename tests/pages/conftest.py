import pytest

from projects.models import Contribution, Credit, ProjectKind, ProjectLanguage, TaggedProject
from tests.factories import (
    A_DAY,
    make_kind,
    make_language,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)

from ..catalogue import make_catalogue, relate
from .comparisons import make_pair, name_other_tools
from .document import Document


@pytest.fixture
def visit(client):
    """Open an address as a visitor does and return the page."""

    def visit(address, status=200):
        response = client.get(address)
        assert response.status_code == status, address
        return Document(response.text)

    return visit


@pytest.fixture
def catalogue(db):
    """A catalogue in which there is something of everything."""
    return make_catalogue()


@pytest.fixture
def projects(db):
    """Four projects that differ in everything by which they can be found."""
    virter = make_project(licence="Apache-2.0", need="Tests ask libvirt.")
    agentx = make_project("agentx", licence="MIT OR Apache-2.0", status="finished")
    gui = make_project("LINSTOR GUI", licence="GPL-3.0-only", licence_certainty="disputed")
    make_project("WinDRBD", licence="", status="dormant", tagline="Copies disks.")
    storage, testing = make_tag("Storage"), make_tag("Testing")
    for project, tag in ((virter, storage), (virter, testing), (gui, storage), (agentx, testing)):
        TaggedProject.objects.create(content_object=project, tag=tag)
    go, rust = make_language("Go"), make_language("Rust")
    for project, language in ((virter, go), (agentx, rust), (gui, go), (gui, rust)):
        ProjectLanguage.objects.create(project=project, language=language)
    ProjectKind.objects.create(project=virter, kind=make_kind("command-line tool"))
    ProjectKind.objects.create(project=agentx, kind=make_kind("library"))
    relate(virter, "made-for", make_product("LINSTOR"))
    relate(gui, "part-of", make_product("DRBD Reactor"))
    relate(agentx, "uses", make_product("WinDRBD driver"))
    Credit.objects.create(person=make_person("Roland Kammerer"), project=virter)
    Credit.objects.create(person=make_person("Rui Xu", is_listed=False), project=gui)
    Contribution.objects.create(
        project=agentx,
        upstream=make_upstream("libbpf-rs"),
        title="A fix",
        state="merged",
        state_as_of=A_DAY,
    )


@pytest.fixture
def shown(visit):
    """List the projects that a query shows."""
    return lambda query: sorted(visit(f"/projects/?{query}").cards)


@pytest.fixture
def pair():
    return make_pair()


@pytest.fixture
def tools(pair):
    name_other_tools(*pair)


@pytest.fixture
def compare(visit):
    """Compare what a query asks for."""

    def compare(query=""):
        page = visit(f"/compare/?{query}" if query else "/compare/")
        assert page.problems == []
        return page

    return compare
