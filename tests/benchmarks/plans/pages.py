"""An address of each kind of public page, and of those that list most."""

from collections.abc import Iterator

from django.db.models import Count, Model

from people.models import Person
from projects.models import Collection, Product, Tag, Upstream
from projects.snapshot import present
from showcase.sitemaps import SITEMAPS

# The pages of lists, of which there is one each.
LISTS = ("products", "people", "tags", "collections", "upstream", "releases", "changelog", "feeds")
FILES = (
    *("/projects.atom", "/releases.atom", "/changelog.atom", "/llms.txt", "/robots.txt"),
    *("/opensearch.xml", "/sitemap.xml"),
)
QUESTIONS = {
    "list": "",
    "list by name": "?sort=name",
    "list by newest": "?sort=newest",
    "list by release": "?sort=released",
    "list, page 400": "?page=400",
    "search": "?q=storage",
    "search in vain": "?q=storrage",
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each kind of page, in the order of the site."""
    tag = _most("tag")
    yield "home", "/"
    yield from ((name, f"/projects/{query}") for name, query in QUESTIONS.items())
    yield "narrowed list", f"/projects/?tag={tag}"
    yield "narrowed search", f"/projects/?q=storage&tag={tag}"
    yield "facet", "/projects/narrow/person/"
    yield "suggestions", "/suggest/?q=sto"
    yield from _entries()
    yield from ((name, f"/{name}/") for name in LISTS)
    yield from ((f"{name}, page 20", f"/{name}/?page=20") for name in ("people", "releases"))
    yield from _things(tag)
    yield from ((path.strip("/"), path) for path in FILES)
    yield "feed of a tag", f"/tags/{tag}/feed.atom"
    yield from ((f"sitemap of {name}", f"/sitemap-{name}.xml") for name in SITEMAPS)
    yield "sitemap of projects, last page", f"/sitemap-projects.xml?p={_last('projects')}"
    yield "sitemap of people, last page", f"/sitemap-people.xml?p={_last('people')}"
    yield "no such page", "/projects/no-such-entry/"


def _entries() -> Iterator[tuple[str, str]]:
    snapshot = present()
    first, second = (snapshot.facts[key].slug for key in snapshot.first(2, snapshot.public, ""))
    yield "entry", f"/projects/{first}/"
    yield "comparison", f"/compare/?project={first}&project={second}"
    yield "releases of an entry", f"/projects/{first}/feed.atom"


def _things(tag: str) -> Iterator[tuple[str, str]]:
    """Yield the pages of those things that most projects have, and of some that few have."""
    yield "tag", f"/tags/{tag}/"
    yield "product", f"/products/{_most('product')}/"
    yield "upstream project", f"/upstream/{_most('upstream')}/"
    yield "person", f"/people/{_most('person')}/"
    largest = Collection.objects.annotate(size=Count("items")).order_by("-size", "pk")[0]
    yield "collection", f"/collections/{largest.slug}/"
    rare: dict[str, type[Model]] = {"product": Product, "tag": Tag, "upstream": Upstream}
    for name in rare:
        section = "upstream" if name == "upstream" else f"{name}s"
        yield f"{name} of few", f"/{section}/{_least(name)}/"
    person = Person.objects.listed().order_by("-pk")[0]
    yield "person of few", f"/people/{person.slug}/"


def _most(facet: str) -> str:
    """Return the value of a facet that most projects have."""
    return next(iter(present().postings[facet]))


def _least(facet: str) -> str:
    return list(present().postings[facet])[-1]


def _last(section: str) -> int:
    pages: int = SITEMAPS[section].paginator.num_pages
    return pages
