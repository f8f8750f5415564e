"""One row of every model, all of them hung on one entry."""

from people.models import Alias, Handle, PersonLink
from projects.models import (
    Alternative,
    ChangelogEntry,
    Collection,
    CollectionItem,
    Contribution,
    ContributionStep,
    Credit,
    Link,
    Milestone,
    ProjectKind,
    ProjectLanguage,
    Relation,
    Release,
    Source,
    TaggedProject,
)
from showcase.models import Enquiry, Redirect
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_kind,
    make_language,
    make_page,
    make_person,
    make_product,
    make_project,
    make_tag,
    make_upstream,
)


def make_everything(number=1):
    """Return an entry that has at least one row of everything, from one set of many."""
    project = make_project(f"Virter {number}", licence="Apache-2.0", need="Tests need machines.")
    person = make_person(f"Moritz Wanzenböck {number}")
    product = make_product(f"LINSTOR {number}")
    upstream = make_upstream(f"libbpf-rs {number}")
    describe_person(person)
    find_by_words(project, number)
    tell_story(project, person, product, upstream)
    surround(project, number)
    return project


def describe_person(person):
    Alias.objects.create(person=person, name="Moritz “WanzenBug”")
    Handle.objects.create(person=person, name="wanzenbug")
    PersonLink.objects.create(person=person, label="Talk", url="https://example.org/talk")


def find_by_words(project, number):
    ProjectKind.objects.create(project=project, kind=make_kind(f"library {number}"))
    ProjectLanguage.objects.create(project=project, language=make_language(f"Go {number}"))
    TaggedProject.objects.create(content_object=project, tag=make_tag(f"Storage {number}"))


def tell_story(project, person, product, upstream):
    Credit.objects.create(person=person, project=project)
    Relation.objects.create(subject_project=project, verb="made-for", object_product=product)
    Relation.objects.create(subject_upstream=upstream, verb="uses", object_project=project)
    contribution = Contribution.objects.create(
        project=project, upstream=upstream, title="A fix", state="merged", state_as_of=A_DAY
    )
    ContributionStep.objects.create(contribution=contribution, date=A_DAY, text="Opened.")
    Link.objects.create(project=project, role="source", label="Code", url="https://example.org/")
    Release.objects.create(project=project, version="v1", date=A_DAY)
    Milestone.objects.create(project=project, text="First commit.", date=A_DAY)
    Source.objects.create(project=project, supports="Licence", title="x", confidence="verified")


def surround(project, number):
    Alternative.objects.create(project=project, name="Vagrant", difference="Virter is smaller.")
    collection = Collection.objects.create(name=f"Virtual {number}", slug=f"virtual-{number}")
    CollectionItem.objects.create(collection=collection, project=project)
    entry = ChangelogEntry.objects.create(title=f"Entry {number}", date=A_DAY, kind="added")
    entry.projects.add(project)
    make_page(f"Page {number}")
    Redirect.objects.create(old_path=f"/old-{number}/", new_path=f"/new-{number}/")
    Enquiry.objects.create(project=project, message="Does it run?", consented_at=A_MOMENT)
