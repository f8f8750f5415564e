"""What visitors may not see yet, or not any more, leaves no trace anywhere on the site."""

from datetime import timedelta
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone

import pytest

from people.changes import rehearsal
from people.documents.document import Document, document_of
from people.documents.restoring import restore
from people.documents.revisions import keep, revision
from people.fields import LineField, LinesField, MarkdownField
from projects.facets import FACETS
from projects.models import (
    Alternative,
    ChangelogEntry,
    Collection,
    CollectionItem,
    Contribution,
    Credit,
    Link,
    Milestone,
    Project,
    ProjectKind,
    ProjectLanguage,
    Release,
    Source,
    TaggedProject,
    WorkingCopy,
)
from projects.preview import preview_link
from showcase.enquiries import forms
from showcase.sitemaps import SITEMAPS
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_draft,
    make_kind,
    make_language,
    make_tag,
    make_upstream,
)

from ..catalogue import CARDS, FILES, PAGES, relate
from .patterns import public_names

pytestmark = pytest.mark.django_db

MARK = "zanzibar"
TOMORROW = timezone.now() + timedelta(days=1)
HIDDEN = {
    "draft": {"state": "draft", "published_at": None},
    "in-review": {"state": "in-review", "published_at": None},
    "withdrawn": {"state": "withdrawn", "published_at": A_MOMENT},
    "scheduled": {"state": "published", "published_at": TOMORROW},
}


def make_hidden(catalogue):
    """Make an entry that is tied to everything public, and to things that only it has."""
    hidden = make_draft(
        MARK.title(),
        is_featured=True,
        aliases=MARK,
        need=MARK,
        licence="0BSD",
        successor=catalogue.project,
    )
    Project.objects.filter(slug="successor").update(successor=hidden)
    _describe(hidden, catalogue)
    _group(hidden, catalogue)
    _relate(hidden, catalogue)
    return hidden


def _describe(hidden, catalogue):
    ProjectKind.objects.create(project=hidden, kind=make_kind(MARK))
    ProjectLanguage.objects.create(project=hidden, language=make_language(MARK))
    for tag in (make_tag(MARK), catalogue.tag):
        TaggedProject.objects.create(content_object=hidden, tag=tag)
    Credit.objects.create(project=hidden, person=catalogue.person, note=MARK)
    Link.objects.create(project=hidden, role="source", label=MARK, url="https://example.org/z")
    Release.objects.create(project=hidden, version=MARK, date=TOMORROW.date(), notes=MARK)
    Milestone.objects.create(project=hidden, text=MARK, date=A_DAY)
    Source.objects.create(project=hidden, supports=MARK, title=MARK, confidence="disputed")


def _group(hidden, catalogue):
    secret = Collection.objects.create(name=MARK, slug=MARK, tagline=MARK)
    for collection in (secret, catalogue.collection):
        CollectionItem.objects.create(collection=collection, project=hidden, note=MARK)
    for entry in ChangelogEntry.objects.all():
        entry.projects.add(hidden)


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch):
    """Let every form begin alike, so that pages can be compared."""
    monkeypatch.setattr(forms, "began_now", lambda: "now")


def _relate(hidden, catalogue):
    for upstream in (make_upstream(MARK), catalogue.upstream):
        Contribution.objects.create(
            project=hidden, upstream=upstream, title=MARK, state="proposed", state_as_of=A_DAY
        )
        relate(hidden, "uses", upstream)
        relate(upstream, "works-with", hidden)
    for public in (catalogue.project, catalogue.product):
        relate(hidden, "part-of", public)
        relate(public, "uses", hidden)
    for project, other in ((catalogue.project, hidden), (hidden, catalogue.project)):
        Alternative.objects.create(project=project, other=other, name=MARK, difference=MARK)


def every_address(catalogue):
    """Return each kind of public address, with slugs that are there and some that are not."""
    slugs = {thing.slug for thing in vars(catalogue).values()}
    slugs |= {"other-1", "successor", "group-1", "giving-back", MARK, f"{MARK}s"}
    addresses = []
    for name, parameters in public_names():
        match parameters:
            case ["slug"]:
                addresses += [reverse(name, args=[slug]) for slug in sorted(slugs)]
            case ["facet"]:
                addresses += [reverse(name, args=[facet]) for facet in FACETS]
            case ["section"]:
                addresses += [reverse(name, args=[section]) for section in SITEMAPS]
            case ["year"]:
                addresses += [reverse(name, args=[year]) for year in (2024, TOMORROW.year)]
            case ["token"]:
                addresses.append(reverse(name, args=[MARK]))
            case _:
                addresses.append(reverse(name))
    for name in FACETS:
        addresses += [f"/projects/?{sign}{name}={MARK}" for sign in ("", "-")]
        addresses.append(f"/projects.atom?-{name}={MARK}")
    addresses += [f"/projects/?q={word}" for word in (MARK, MARK[:4], "0BSD")]
    addresses += [f"/projects/?tag={MARK}s", "/projects/?licence=0BSD", "/projects/?sort=released"]
    for other in ("", "&project=virter", "&alternative=Vagrant+1", f"&alternative={MARK}"):
        addresses += [f"/compare/?project={slug}{other}" for slug in (MARK, f"{MARK}s", "other-1")]
    addresses += [f"/compare/?project=virter&add={MARK}", f"/contact/?project={MARK}"]
    addresses += [f"{PAGES[name]}?compare={MARK}" for name in CARDS]
    return [*addresses, f"/{MARK}/", f"/projects/{MARK}", f"/projects/{quote(MARK.title())}/"]


def test_hidden_entry_changes_no_answer_of_the_site(catalogue, client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    addresses = every_address(catalogue)
    before = {address: client.get(address) for address in addresses}
    hidden = make_hidden(catalogue)
    for state, fields in HIDDEN.items():
        Project.objects.filter(pk=hidden.pk).update(**fields)
        # What was public once is gone, and its own addresses alone say so: see test_gone.
        own = hidden.get_absolute_url() if state == "withdrawn" else "nothing"
        for address in addresses:
            if address.startswith(own):
                assert client.get(address).status_code == 410
                continue
            answer = client.get(address)
            assert answer.status_code == before[address].status_code, (state, address)
            assert answer.content == before[address].content, (state, address)
            assert lasting(answer) == lasting(before[address]), (state, address)


def lasting(answer):
    """Return the headers of an answer without the one that says what time it is."""
    return {name: value for name, value in answer.headers.items() if name != "Expires"}


def rewritten(document):
    """Return a document with the mark in every text that is no choice and no address."""
    rows = {}
    for key, fields in document.rows.items():
        rows[key] = dict(fields)
        for name, value in fields.items():
            field = key.model_class._meta.get_field(name)
            is_text = isinstance(field, LineField | MarkdownField | LinesField)
            if value and is_text and name != "shipped_in":
                rows[key][name] = MARK
    return Document(rows)


def propose(thing):
    document = document_of(thing)
    return WorkingCopy.objects.create(
        **{thing._meta.model_name: thing},
        base=document.records(),
        content=rewritten(document).records(),
    )


def test_working_copies_and_their_previews_change_no_answer_of_the_site(catalogue, client):
    addresses = every_address(catalogue)
    before = {address: client.get(address) for address in addresses}
    for thing in (catalogue.project, catalogue.person):
        preview = client.get(preview_link(propose(thing)).path)
        assert MARK in preview.text
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == before[address].status_code, address
        assert answer.content == before[address].content, address


def test_former_texts_in_the_history_change_no_answer_of_the_site(catalogue, client):
    addresses = every_address(catalogue)
    before = {address: client.get(address) for address in addresses}
    documents = {thing: document_of(thing) for thing in (catalogue.project, catalogue.person)}
    with rehearsal():
        for document in documents.values():
            with revision(None, MARK):
                keep(restore(rewritten(document), left_out=[]))
    for thing in documents:
        with revision(None, MARK, thing):
            keep(thing)
    for address in addresses:
        assert client.get(address).content == before[address].content, address


def test_published_entry_is_seen_from_its_moment_on(catalogue, client):
    # The walk above proves something only when it comes by wherever an entry can be seen.
    hidden = make_hidden(catalogue)
    Project.objects.filter(pk=hidden.pk).update(state="published", published_at=timezone.now())
    addresses = PAGES | FILES
    unseen = {name for name in addresses if MARK not in client.get(addresses[name]).text.lower()}
    names_no_entry = {"about", "page", "product_list", "robots", "opensearch", "changelog_feed"}
    names_no_entry |= {"favicon", "manifest", "sitemap", "contact", "contact_thanks"}
    assert unseen == names_no_entry | {"project_releases"}
