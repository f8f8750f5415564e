"""A catalogue in which there is something of everything, and can be more of it."""

from datetime import timedelta
from types import SimpleNamespace

from axes.models import AccessAttempt, AccessLog
from reversion.models import Revision

from people.changes import told_together
from people.documents.document import document_of
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
    WorkingCopy,
)
from showcase.models import (
    Distinct,
    Enquiry,
    ImportedRow,
    LinkCheck,
    Merger,
    MissedSearch,
    Redirect,
)
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

PROSE = {
    "need": "Tests need *machines*.",
    "description": "It asks libvirt.",
    "capabilities": "Starts machines\nStops machines",
    "use_when": "You test kernels.",
    "avoid_when": "You need a cloud.",
    "requirements": "libvirt",
    "how_to_get": "```console\n$ apt install virter\n```",
    "licence": "Apache-2.0",
    "credits_note": "Others helped.",
    "status_note": "New releases appear.",
    "first_released_on": A_DAY,
    "reviewed_on": A_DAY,
}

# Every kind of page, by an address that `make_catalogue` fills.
PAGES = {
    "home": "/",
    "project_list": "/projects/",
    "project_list_narrowed": "/projects/?q=machines&tag=storage",
    "facet": "/projects/narrow/tag/?q=machines",
    "project": "/projects/virter/",
    "compare": "/compare/?project=virter&project=other-1&alternative=Vagrant+1",
    "product_list": "/products/",
    "product": "/products/linstor/",
    "upstream_list": "/upstream/",
    "upstream": "/upstream/libbpf-rs/",
    "tag_list": "/tags/",
    "tag": "/tags/storage/",
    "collection_list": "/collections/",
    "collection": "/collections/virtual-machines/",
    "release_list": "/releases/",
    "changelog": "/changelog/",
    "changelog_year": "/changelog/2024/",
    "person_list": "/people/",
    "person": "/people/roland-kammerer/",
    "about": "/about/",
    "page": "/about/giving-back/",
    "feeds": "/feeds/",
    "contact": "/contact/",
    "contact_thanks": "/contact/thanks/",
}
# The kinds of pages that show entries on cards; each has one of the entry Other 1.
CARDS = ["home", "project_list", "product", "tag", "collection", "person"]
# What is fetched by programs.
FILES = {
    "suggest": "/suggest/?q=vir",
    "project_feed": "/projects.atom",
    "project_releases": "/projects/virter/feed.atom",
    "tag_feed": "/tags/storage/feed.atom",
    "release_feed": "/releases.atom",
    "changelog_feed": "/changelog.atom",
    "robots": "/robots.txt",
    "opensearch": "/opensearch.xml",
    "llms": "/llms.txt",
    "sitemap": "/sitemap.xml",
    "sitemap_section": "/sitemap-projects.xml",
    "manifest": "/site.webmanifest",
    "favicon": "/favicon.ico",
}
PICTURES = {
    "card": "/card.png",
    "project_card": "/projects/virter/card.png",
    "product_card": "/products/linstor/card.png",
    "person_card": "/people/roland-kammerer/card.png",
}
PROBES = {"healthz": "/healthz", "readyz": "/readyz"}


@told_together()
def make_catalogue():
    """Make one of everything, all of it about the entry Virter; return the things with pages."""
    successor = make_project("Successor", licence="MIT")
    _tell_of(successor, 1)
    project = make_project(is_featured=True, successor=successor, **PROSE)
    catalogue = SimpleNamespace(
        project=project,
        product=make_product(licence="GPL-2.0-or-later", description="Storage.", origin="Vienna."),
        upstream=make_upstream(description="Calls *libbpf*.", home_url="https://example.org/bpf"),
        person=make_person(headline="Developer", bio="Writes *Go*.", organisation="LINBIT"),
        tag=make_tag(description="Disks and *blocks*.", aliases="disks"),
        collection=Collection.objects.create(
            name="Virtual machines",
            slug="virtual-machines",
            tagline="To test on.",
            introduction="*So.*",
        ),
    )
    for title in ("Home", "About", "Giving back"):
        make_page(title, body="## Money\n\nHelps.")
    add_more(catalogue, 1)
    return catalogue


@told_together()
def add_more(catalogue, number):
    """Hang one more of everything, the first to the fourth, on each thing of the catalogue."""
    other = make_project(f"Other {number}", is_featured=True, licence="MIT", need="Tests.")
    person = make_person(f"Christoph Böhmwalder {number}")
    for project in (catalogue.project, other):
        _find_by_words(catalogue, project, f"{project} {number}")
        _credit(project, catalogue.person, person, number)
        _contribute(catalogue, project, number)
        _tell_of(project, number)
    _describe_person(catalogue.person, number)
    _put_into_groups(catalogue, other, number)
    _relate(catalogue, other, number)
    make_page(f"Page {number}")
    Redirect.objects.create(old_path=f"/old-{number}/", new_path=f"/new-{number}/")
    Enquiry.objects.create(project=other, message="Does it run?", consented_at=A_MOMENT)
    LinkCheck.objects.create(url=f"https://example.org/{number}", state="ok", checked_at=A_MOMENT)
    MissedSearch.objects.create(words=f"quokka {number}", first_on=A_DAY, last_on=A_DAY)
    AccessLog.objects.create(username="editor", ip_address="192.0.2.1")
    AccessAttempt.objects.create(username=f"nobody {number}", failures_since_start=1)
    _propose(other)
    _govern(other, person)
    _import(other)


def _propose(project):
    document = document_of(project).records()
    WorkingCopy.objects.create(project=project, base=document, content=document)


def _govern(project, person):
    Distinct.objects.create(model="projects.project", first=project.slug, second="virter")
    revision = Revision.objects.create(date_created=A_MOMENT)
    names = [(0, f"{person} twice")]
    Merger.objects.create(
        revision=revision, kind="people.person", kept=person.pk, kept_name=str(person), gone=names
    )


def _import(project):
    row = ImportedRow.objects.create(
        model="projects.project",
        key=f'["{project.slug}"]',
        row_id=project.pk,
        fields={},
        origin="CSV projects.csv",
        imported_at=A_MOMENT,
        gone_at=A_MOMENT,
    )
    row.conflicts.create(field="tagline", stored="Old.", new="New.", found_at=A_MOMENT)


def _find_by_words(catalogue, project, name):
    ProjectKind.objects.create(project=project, kind=make_kind(f"kind {name}"))
    ProjectLanguage.objects.create(project=project, language=make_language(f"Lang {name}"))
    TaggedProject.objects.create(content_object=project, tag=make_tag(f"Tag {name}"))
    TaggedProject.objects.get_or_create(content_object=project, tag=catalogue.tag)


def _credit(project, known, person, number):
    role = list(Credit.Role)[number]
    Credit.objects.create(person=known, project=project, role=role, started_on=A_DAY)
    Credit.objects.create(person=person, project=project, basis="history", note="Wrote it")


def _contribute(catalogue, project, number):
    unknown = make_upstream(f"ReactOS {project} {number}")
    for upstream in (catalogue.upstream, unknown):
        contribution = Contribution.objects.create(
            project=project,
            upstream=upstream,
            title=f"Fix {number}",
            description="*Why* it was needed.",
            state="merged",
            state_as_of=A_DAY,
            evidence_url="https://example.org/pull/1",
        )
        for text in ("Opened.", "Merged."):
            ContributionStep.objects.create(contribution=contribution, date=A_DAY, text=text)
    _tell_of(unknown, number)


def _tell_of(subject, number):
    """Hang on a project, a product or an upstream what can hang on any of them."""
    about = {subject._meta.model_name: subject}
    day = A_DAY + timedelta(days=number)
    url = f"https://example.org/{subject.slug}/{number}"
    for role in Link.Role:
        Link.objects.create(role=role, label=f"{role.label} {number}", url=f"{url}/{role}", **about)
    Release.objects.create(version=f"v{number}", date=day, notes="*Faster.*", url=url, **about)
    Milestone.objects.create(text=f"Commit {number}.", date=day, evidence_url=url, **about)
    Source.objects.create(
        supports=f"Licence {number}", title="Its file", url=url, confidence="unverified", **about
    )


def _describe_person(person, number):
    Alias.objects.create(person=person, name=f"rck {number}", is_shown=True)
    Handle.objects.create(person=person, service=list(Handle.Service)[number - 1], name="rck")
    PersonLink.objects.create(person=person, label="Talk", url=f"https://example.org/{number}")


def _put_into_groups(catalogue, other, number):
    group = Collection.objects.create(name=f"Group {number}", slug=f"group-{number}", tagline="So.")
    entry = ChangelogEntry.objects.create(
        title=f"Change {number}", date=A_DAY, kind="added", text="*More.*"
    )
    for order, project in enumerate((catalogue.project, other)):
        entry.projects.add(project)
        for collection in (catalogue.collection, group):
            CollectionItem.objects.get_or_create(
                collection=collection,
                project=project,
                defaults={"note": "Fits.", "order": number + order},
            )


def _relate(catalogue, other, number):
    product = make_product(f"DRBD {number}", licence="GPL-2.0-only", licence_certainty="unclear")
    product.languages.add(make_language(f"C {number}"))
    catalogue.product.languages.add(make_language(f"Java {number}"))
    Credit.objects.create(person=catalogue.person, product=product)
    Credit.objects.create(person=make_person(f"Lars Ellenberg {number}"), product=catalogue.product)
    for subject in (catalogue.product, catalogue.upstream):
        _tell_of(subject, number)
    for project in (catalogue.project, other):
        relate(project, "spun-out-of", product)
        Alternative.objects.create(project=project, name=f"Vagrant {number}", difference="Small.")
    Alternative.objects.create(
        project=catalogue.project, other=other, name=other.name, difference="Smaller."
    )
    relate(other, "spun-out-of", catalogue.product)
    for thing in (catalogue.project, catalogue.product, catalogue.upstream):
        relate(thing, "works-with", other)
        relate(other, "uses", thing)


def relate(subject, verb, target, **fields):
    """Relate any two things."""
    ends = {
        f"subject_{subject._meta.model_name}": subject,
        f"object_{target._meta.model_name}": target,
    }
    return Relation.objects.create(verb=verb, story="*So* it went.", **ends | fields)
