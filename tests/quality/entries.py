"""An entry with nothing in it that counts, and what makes up for each thing it misses."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_kind, make_language, make_person, make_project, make_tag


def set_field(name, value):
    def mend(project):
        setattr(project, name, value)
        project.save()

    return mend


def add_link(role):
    return lambda project: project.links.create(
        role=role, label=role, url=f"https://example.org/{role}"
    )


def add_source(project):
    project.sources.create(
        supports="Licence",
        title="LICENSE",
        confidence="verified",
        as_of=timezone.localdate() - timedelta(days=1),
    )


# By the key of the criterion.
MENDED = {
    "licence": set_field("licence", "MIT"),
    "need": set_field("need", "Tests need machines."),
    "description": set_field("description", "It asks libvirt."),
    "use_when": set_field("use_when", "You test kernels."),
    "avoid_when": set_field("avoid_when", "You need a cloud."),
    "how_to_get": set_field("how_to_get", "Install it."),
    "source_link": add_link("source"),
    "documentation_link": add_link("documentation"),
    "credit": lambda project: project.credits.create(person=make_person(f"Maker of {project}")),
    "kind": lambda project: project.kind_items.create(kind=make_kind(f"kind of {project}")),
    "language": lambda project: project.language_items.create(
        language=make_language(f"language of {project}")
    ),
    "tag": lambda project: project.tags.add(make_tag(f"tag of {project}")),
    "dated_source": add_source,
    "review": set_field("reviewed_on", timezone.localdate() - timedelta(days=1)),
}


def make_complete(name="Virter", **fields):
    """Make an entry of which nothing is to be fixed."""
    project = make_project(name, status_as_of=timezone.localdate(), **fields)
    for mend in MENDED.values():
        mend(project)
    return project
